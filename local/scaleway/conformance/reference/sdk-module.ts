import { readFileSync } from "node:fs";
import { join } from "node:path";
import { moduleFolder } from "../go-module.ts";
import { type GoApi, readGoApi } from "./go-api.ts";
import { REFERENCE_APIS } from "./services.data.ts";

const PATH = "github.com/scaleway/scaleway-sdk-go";
const GO_MOD = join(import.meta.dirname, "../../../toolchain/go/scaleway/go.mod");

/** The SDK that the provider of the toolchain is built with. @throws when its `go.mod` names none. */
export function pinnedSdk(): { readonly path: string; readonly version: string } {
  const version = new RegExp(`${PATH} (v\\S+)`).exec(readFileSync(GO_MOD, "utf8"))?.[1];
  if (version === undefined) throw new Error(`${GO_MOD} does not name ${PATH}`);
  return { path: PATH, version };
}

/** The reference of every API that the local Scaleway answers, out of Go's module cache; fetched when absent. */
export async function referenceApis(): Promise<ReadonlyMap<string, GoApi>> {
  const folder = await moduleFolder(pinnedSdk());
  return new Map(Object.keys(REFERENCE_APIS).map((api) => [api, readGoApi(join(folder, "api", api))]));
}
