import { SDK, type SdkRow } from "./sdk.data.ts";

/** The first-party plug-in's types; a test compares them with the plug-in's own classes. */
const FIRST_PARTY: Readonly<Record<string, SdkRow>> = {
  "bastide:keymanager:Key": {
    aliases: [],
    required: ["algorithm", "name", "projectId", "protectionLevel", "region", "usage"],
    located: ["region"],
    tags: "list",
    secrets: [],
  },
  "bastide:audittrail:ExportJob": {
    aliases: [],
    required: ["name", "organizationId", "region", "s3"],
    located: ["region"],
    tags: "list",
    secrets: [],
  },
};

/** What the SDKs say of a canonical type: required inputs, location inputs, form of tags, secrets. */
export const surfaceOf = (type: string): SdkRow | undefined => own(SDK, type) ?? own(FIRST_PARTY, type);

/** Types come from files: one called `constructor` is not a row that the prototype has. */
const own = <T>(table: Readonly<Record<string, T>>, type: string): T | undefined =>
  Object.hasOwn(table, type) ? table[type] : undefined;
