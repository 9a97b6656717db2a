import { isHealthClass } from "../vocabulary.ts";
import { check, expired, repeatedNames } from "./check.ts";

/** Data domains and research spaces. */

/** The planner makes the shared buckets of the research spaces under this name. */
const RESERVED_DOMAINS = ["workspaces"];

export const domainChecks = [
  check(["domains"], ({ domains }) =>
    repeatedNames(
      "domains",
      domains.map((domain) => domain.name),
    ),
  ),

  check(["domains", "profile", "env"], ({ domains, profile, env }) =>
    domains.flatMap((domain, index) => [
      RESERVED_DOMAINS.includes(domain.name)
        ? {
            code: "settings.name-reserved",
            path: `domains.${index}.name`,
            got: domain.name,
            want: `no name of ${RESERVED_DOMAINS.join(", ")}`,
            fix: "rename the domain",
          }
        : undefined,
      profile === "eu" && isHealthClass(domain.dataClass)
        ? {
            code: "settings.class-not-allowed",
            path: `domains.${index}.dataClass`,
            got: `${domain.dataClass} in the profile eu`,
            want: "technical or public",
            fix: "hold health data in an environment of the profile fr-health",
          }
        : undefined,
      env !== "prod" && isHealthClass(domain.dataClass)
        ? {
            code: "settings.class-not-allowed",
            path: `domains.${index}.dataClass`,
            got: `${domain.dataClass} with env ${env}`,
            want: "health classes with env prod only",
            fix: "use synthetic data of class technical, or env prod with `synthetic: true`",
          }
        : undefined,
    ]),
  ),

  check(["domains", "regions"], ({ domains, regions }) =>
    domains.map((domain, index) =>
      domain.home === undefined || regions.includes(domain.home)
        ? undefined
        : {
            code: "settings.region-outside",
            path: `domains.${index}.home`,
            got: domain.home,
            want: `one of ${regions.join(", ")}`,
            fix: "choose a region of this environment",
          },
    ),
  ),
];

export const workspaceChecks = [
  check(["workspaces"], ({ workspaces }, { today }) => [
    ...repeatedNames(
      "workspaces",
      workspaces.map((workspace) => workspace.name),
    ),
    ...repeatedNames(
      "workspaces",
      workspaces.map((workspace) => workspace.permit),
      "permit",
    ),
    ...workspaces.map((workspace, index) => expired(`workspaces.${index}`, workspace.until, today)),
  ]),

  check(["workspaces", "domains"], ({ workspaces, domains }) =>
    workspaces.flatMap((workspace, index) =>
      workspace.domains.map((name, at) => {
        const domain = domains.find((candidate) => candidate.name === name);
        const path = `workspaces.${index}.domains.${at}`;
        if (domain === undefined) {
          return {
            code: "settings.domain-unknown",
            path,
            got: name,
            want: `one of ${domains.map((candidate) => candidate.name).join(", ")}`,
            fix: "correct the name, or add the domain",
          };
        }
        return domain.dataClass === "health-raw"
          ? {
              code: "settings.workspace-raw",
              path,
              got: `${name} (health-raw)`,
              want: "pseudonymised or derived data only",
              fix: "remove the domain: directly identifying data reach no research space",
            }
          : undefined;
      }),
    ),
  ),
];
