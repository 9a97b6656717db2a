import { createRequire } from "node:module";
import type * as logModule from "@pulumi/pulumi/log/index.js";
import type * as resourceProto from "@pulumi/pulumi/proto/resource_pb.js";
import type * as resourceModule from "@pulumi/pulumi/resource.js";
import type * as configModule from "@pulumi/pulumi/runtime/config.js";
import type * as mocksModule from "@pulumi/pulumi/runtime/mocks.js";
import type * as settingsModule from "@pulumi/pulumi/runtime/settings.js";
import type * as stackModule from "@pulumi/pulumi/runtime/stack.js";
import type * as jspbModule from "google-protobuf";
import type * as structProto from "google-protobuf/google/protobuf/struct_pb.js";

/** Switches of the runtime that say what the engine at the other end can do. */
export interface Store {
  supportsSecrets: boolean;
  supportsResourceReferences: boolean;
  supportsDeletedWith: boolean;
  supportsReplaceWith: boolean;
  supportsAliasSpecs: boolean;
  supportsParameterization: boolean;
  supportsInvokeDependsOn: boolean;
}

/** The parts of the program's own Pulumi SDK that the gate works with. */
export interface Sdk {
  readonly settings: typeof settingsModule & { readonly waitForRPCs: () => Promise<void> };
  readonly mocks: typeof mocksModule;
  readonly stack: typeof stackModule;
  readonly config: typeof configModule;
  readonly log: typeof logModule;
  readonly resource: typeof resourceModule;
  readonly store: Store;
  readonly proto: typeof resourceProto;
  readonly struct: typeof structProto;
  /** What messages are made of. */
  readonly jspb: typeof jspbModule;
}

/**
 * The SDK that the program will import: one process, one copy, so that the monitor set here is the one that it registers
 * with. Throws Node's own "cannot find module" where the program has none.
 */
export function loadSdk(entry: string): Sdk {
  const load = createRequire(entry);
  const fromSdk = createRequire(load.resolve("@pulumi/pulumi/runtime/settings.js"));
  return {
    settings: load("@pulumi/pulumi/runtime/settings.js"),
    mocks: load("@pulumi/pulumi/runtime/mocks.js"),
    stack: load("@pulumi/pulumi/runtime/stack.js"),
    config: load("@pulumi/pulumi/runtime/config.js"),
    log: load("@pulumi/pulumi/log/index.js"),
    resource: load("@pulumi/pulumi/resource.js"),
    store: load("@pulumi/pulumi/runtime/state.js").getStore(),
    proto: load("@pulumi/pulumi/proto/resource_pb.js"),
    jspb: fromSdk("google-protobuf"),
    struct: fromSdk("google-protobuf/google/protobuf/struct_pb.js"),
  };
}
