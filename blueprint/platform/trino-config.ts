import { PROXY_PORT } from "../../stacks/flows.ts";
import type { Settings } from "../../stacks/schema.ts";
import type { PlannedDomain } from "../context.ts";
import type { Json } from "../model/json.ts";
import { domainBucketKey } from "../storage.ts";
import { CATALOG_URL } from "./addresses.ts";
import type { PlatformContext } from "./context.ts";
import { PROXY_HOST } from "./egress-proxy.ts";
import { catalogName, workspaceNamespace } from "./names.ts";

/** Iceberg tables of one domain: its warehouse in the catalogue, its bucket's region, its customer key. */
export function catalogProperties(context: PlatformContext, domain: PlannedDomain): string {
  const region = domain.home.name;
  return [
    "connector.name=iceberg",
    "iceberg.catalog.type=rest",
    `iceberg.rest-catalog.uri=${CATALOG_URL}`,
    `iceberg.rest-catalog.warehouse=${catalogName(domain.name)}`,
    "iceberg.rest-catalog.security=OAUTH2",
    "iceberg.rest-catalog.oauth2.credential=${ENV:CATALOG_CREDENTIAL}",
    "iceberg.rest-catalog.oauth2.scope=PRINCIPAL_ROLE:ALL",
    "iceberg.unique-table-location=true",
    "fs.native-s3.enabled=true",
    `s3.endpoint=https://s3.${region}.scw.cloud`,
    `s3.region=${region}`,
    `s3.http-proxy=${PROXY_HOST}:${PROXY_PORT}`,
    "s3.aws-access-key=${ENV:AWS_ACCESS_KEY_ID}",
    "s3.aws-secret-key=${ENV:AWS_SECRET_ACCESS_KEY}",
    ...(domain.customerEncryption === "sse-c"
      ? ["s3.sse.type=CUSTOMER", `s3.sse.customer-key=\${ENV:CUSTOMER_KEY_${catalogName(domain.name).toUpperCase()}}`]
      : []),
    `# warehouse s3://${context.plan.name(domainBucketKey(domain.name, "tables"))}/`,
    "",
  ].join("\n");
}

/**
 * Trino's file-based access control: a space, signed in under its namespace's name, sees the catalogues of its permit,
 * with the settings' filters and masks, and changes nothing; everybody else sees nothing.
 */
export function accessRules(settings: Settings): Json {
  const { rowFilters, columnMasks } = settings.platform.trino;
  const spaces = settings.workspaces;
  return {
    catalogs: [
      ...spaces.flatMap((space) =>
        space.domains.map((domain) => ({
          user: exactly(workspaceNamespace(space.name)),
          catalog: exactly(catalogName(domain)),
          allow: "read-only",
        })),
      ),
      { allow: "none" },
    ],
    schemas: [{ owner: false }],
    tables: spaces.flatMap((space) =>
      space.domains.flatMap((domain) => [
        ...tablesNamed([...rowFilters, ...columnMasks], domain).map((table) => ({
          ...whose(space.name, domain),
          table: exactly(table),
          privileges: ["SELECT"],
          ...filterOf(rowFilters, domain, table),
          columns: columnMasks
            .filter((mask) => mask.domain === domain && mask.table === table)
            .map(({ column, mask }) => ({ name: column, mask })),
        })),
        { ...whose(space.name, domain), privileges: ["SELECT"] },
      ]),
    ),
    system_information: [{ allow: [] }],
    impersonation: [],
  };
}

const exactly = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const whose = (space: string, domain: string) => ({
  user: exactly(workspaceNamespace(space)),
  catalog: exactly(catalogName(domain)),
});

const tablesNamed = (
  rules: readonly { readonly domain: string; readonly table: string }[],
  domain: string,
): readonly string[] => [...new Set(rules.filter((rule) => rule.domain === domain).map(({ table }) => table))];

const filterOf = (
  filters: Settings["platform"]["trino"]["rowFilters"],
  domain: string,
  table: string,
): { readonly filter?: string } => {
  const own = filters.filter((rule) => rule.domain === domain && rule.table === table);
  return own.length === 0 ? {} : { filter: own.map(({ filter }) => `(${filter})`).join(" AND ") };
};

/** One group a space: its share of memory and of running queries, so that no space starves another. */
export function resourceGroups(settings: Settings): Json {
  const spaces = settings.workspaces.map(({ name }) => workspaceNamespace(name));
  return {
    rootGroups: [
      {
        name: "spaces",
        softMemoryLimit: "90%",
        hardConcurrencyLimit: 200,
        maxQueued: 2000,
        schedulingPolicy: "fair",
        subGroups: [{ name: "${USER}", softMemoryLimit: "30%", hardConcurrencyLimit: 5, maxQueued: 50 }],
      },
    ],
    selectors: spaces.map((user) => ({ user: exactly(user), group: "spaces.${USER}" })),
  };
}
