import { notFound } from "../../core/problem.ts";
import { byTag, type Call, filtered, ordered, page, param, type Route } from "../../core/routes.ts";
import { folder, isLeaving, SECRET, SECRETS_PATH, type Secret } from "./secrets.ts";
import { access } from "./versions.ts";

/** Secret Manager v1beta1: secrets by folder and by path, and what tags and types are in use. */
const REGION_PATH = SECRETS_PATH.replace(/\/secrets$/, "");

const present = ({ platform, locality }: Call): readonly Secret[] =>
  platform
    .collection(SECRET)
    .in(locality)
    .filter((s) => !isLeaving(s));

const inProject = (call: Call): readonly Secret[] =>
  filtered(call, present(call), { project_id: (s, v) => s.project_id === v });

interface Item {
  readonly name: string;
  readonly created_at: string | null;
  readonly updated_at: string | null;
  readonly secret?: unknown;
  readonly folder?: object;
}

const asItem = (secret: Secret): Item => ({
  name: secret.name,
  created_at: secret.created_at,
  updated_at: secret.updated_at,
  secret: {
    id: secret.id,
    tags: secret.tags,
    version_count: secret.versions.filter((v) => v.status !== "deleted").length,
    protected: secret.protected,
    type: secret.type,
    ephemeral_policy: secret.ephemeral_policy,
  },
});

/** A folder is as old as the first secret in it, and changed when the last of them did. */
function asFolder(name: string, within: readonly Secret[]): Item {
  const created = within.map((s) => s.created_at).sort();
  const updated = within.map((s) => s.updated_at).sort();
  return { name, created_at: created[0] ?? null, updated_at: updated.at(-1) ?? null, folder: {} };
}

function browse(call: Call): unknown {
  const current = folder(call.query.get("prefix") || "/");
  const below = current === "/" ? "/" : `${current}/`;
  const kept = filtered(call, inProject(call), { tags: byTag, type: (s, v) => v === "unknown_type" || s.type === v });
  const names = new Set(
    kept
      .filter((s) => s.path !== current && s.path.startsWith(below))
      .map((s) => s.path.slice(below.length).split("/")[0] ?? ""),
  );
  const folders = [...names].map((name) =>
    asFolder(
      name,
      kept.filter((s) => `${s.path}/`.startsWith(`${below}${name}/`)),
    ),
  );
  const items = [...folders, ...kept.filter((s) => s.path === current).map(asItem)];
  const shown = ordered(call, items, { unasked: "name_asc", keys: { created_at: (i) => i.created_at ?? "" } });
  return { ...page(call, "items", shown), current_path: current };
}

const distinct = (items: readonly string[]): readonly string[] => [...new Set(items)].sort();

/** Before `secrets/:id`, which would take `browse` for an id. */
export const secretBrowseRoutes: readonly Route[] = [
  { method: "GET", path: `${SECRETS_PATH}/browse`, handle: browse },
  {
    method: "GET",
    path: `${REGION_PATH}/secrets-by-path/versions/:revision/access`,
    handle: (call) => {
      const project = call.query.get("project_id") ?? call.platform.defaultProjectId;
      const path = folder(call.query.get("secret_path") || "/");
      const name = call.query.get("secret_name") ?? "";
      const secret = present(call).find((s) => s.project_id === project && s.path === path && s.name === name);
      if (secret === undefined) throw notFound("secret", `${path === "/" ? "" : path}/${name}`);
      return access(call, secret, param(call, "revision"));
    },
  },
  {
    method: "GET",
    path: `${REGION_PATH}/tags`,
    handle: (call) => page(call, "tags", distinct(inProject(call).flatMap((s) => s.tags))),
  },
  {
    method: "GET",
    path: `${REGION_PATH}/secret-types`,
    handle: (call) => page(call, "types", distinct(inProject(call).map((s) => s.type))),
  },
];
