import { createHash } from "node:crypto";
import { sortedUnique } from "../../../../kernel/order.ts";
import { ordered, page, type Route } from "../../core/routes.ts";
import { RIGHTS_ROWS } from "./rights.data.ts";

/** IAM v1alpha1: the permission sets that open something here. Scaleway has more, for products that are not built. */
const scopeOf = (name: string): "organization" | "projects" =>
  RIGHTS_ROWS.some((row) => row.scope === "project" && row.sets.includes(name)) ? "projects" : "organization";

/** The same everywhere and always, as the real ids are. */
const idOf = (name: string): string =>
  createHash("sha256")
    .update(`permission set ${name}`)
    .digest("hex")
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");

const SETS = sortedUnique(RIGHTS_ROWS.flatMap((row) => row.sets)).map((name) => ({
  id: idOf(name),
  name,
  scope_type: scopeOf(name),
  description: "",
  categories: null,
}));

export const permissionSetRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/iam/v1alpha1/permission-sets",
    handle: (call) => page(call, "permission_sets", ordered(call, SETS, { unasked: "name_asc" })),
  },
];
