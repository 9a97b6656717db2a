import { z } from "zod";
import type { Guard } from "../core/api.ts";
import { denied } from "../core/problem.ts";
import { PROJECT } from "./account.ts";

const named = z.object({ project_id: z.string().nullish(), project: z.string().nullish() });

const ofOrganization = z.object({ organization_id: z.string().nullish(), organization: z.string().nullish() });

/** There is one organization here: who makes something in another has no rights in it. */
export const inOwnOrganization: Guard = ({ platform, input }) => {
  const parsed = ofOrganization.safeParse(input);
  const told = parsed.success ? [parsed.data.organization_id, parsed.data.organization] : [];
  for (const id of told)
    if (typeof id === "string" && id !== "" && id !== platform.organizationId) throw denied("organization", "read");
};

/** Refuses to make anything in a project that is not there: nobody has rights in it. */
export const inKnownProject: Guard = (call, method) => {
  if (method !== "POST") return;
  const parsed = named.safeParse(call.input);
  const project = parsed.success ? (parsed.data.project_id ?? parsed.data.project) : undefined;
  if (typeof project === "string" && project !== "" && call.platform.collection(PROJECT).find(project) === undefined)
    throw denied("project", "write");
};
