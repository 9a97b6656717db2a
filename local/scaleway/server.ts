import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ClustersBehind, OpenClusters } from "./clusters-behind.ts";
import { controlDoor } from "./control-door.ts";
import { type Controls, openControls } from "./controls.ts";
import { jsonApi } from "./core/api.ts";
import { openAuthority } from "./core/ca.ts";
import { type Clock, openClock } from "./core/clock.ts";
import { LOOPBACK } from "./core/exchange.ts";
import type { Faults } from "./core/faults.ts";
import { openIds } from "./core/ids.ts";
import { type Ledger, openLedger } from "./core/ledger.ts";
import { type LocalRegion, makePlatform, type Platform, PUBLIC_REGIONS } from "./core/platform.ts";
import { startProxy } from "./core/proxy.ts";
import { openStore } from "./core/store.ts";
import { lockDataDir } from "./data-dir-lock.ts";
import { type Operations, operationsOf } from "./faults/operation.ts";
import type { FaultPlan } from "./faults/plan.ts";
import { withAuthority } from "./kubeconfig-authority.ts";
import { objectStorage } from "./object-storage-wiring.ts";
import { imageRegistry } from "./registry/endpoint.ts";
import { LOCAL_ORGANIZATION, openSeed, plantSeed } from "./seed.ts";
import { accountRoutes } from "./services/account.ts";
import { ROUTES, SETTLERS } from "./services/all.ts";
import { allow } from "./services/allow.ts";
import { auditObserver } from "./services/audit-trail/events.ts";
import { authenticate } from "./services/iam/keys.ts";
import { type GrantedQuotas, grantQuotas } from "./services/quota.ts";
import { openTlsDoor } from "./tls-door.ts";

/** A running local Scaleway. */
export interface LocalScaleway {
  /** Changes with every reset: what was described before describes nothing any more. */
  readonly instanceId: string;
  /** Address of the forward proxy. */
  readonly url: string;
  /** Variables that point any client at it. */
  readonly env: Readonly<Record<string, string>>;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly platform: Platform;
  /** Its time, losses and faults, and what faults came down. */
  readonly controls: Controls;
  /** The Kubernetes behind its clusters; absent where it was started without the programs for it. */
  readonly clusters: ClustersBehind | undefined;
  stop(): Promise<void>;
}

const ALL_ROUTES = [...accountRoutes, ...ROUTES];

/** Operations that faults can name. */
export const OPERATIONS: Operations = operationsOf(ALL_ROUTES);

export interface LocalScalewayOptions {
  /** Folder of the store, the certificate authority and the keys; one process at a time. */
  readonly dataDir: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Regions beside the public ones. */
  readonly extraRegions?: readonly LocalRegion[];
  /** Default: the organization of the shipped examples. */
  readonly organizationId?: string;
  /** Limits in place of those that a validated organization has by default, e.g. `{ buckets: 500 }`. */
  readonly quotas?: GrantedQuotas;
  /** Seed of the ids; default: random. */
  readonly seed?: string;
  /** Least time on the clock, in milliseconds, that a transient state lasts. Default: it is over at the next call. */
  readonly transitionMs?: number;
  /**
   * Public address that all calls are taken to come from: conditions of IAM and of bucket policies are asked about it.
   * Default: loopback, which is in nobody's range.
   */
  readonly clientAddress?: string;
  /** Faults on demand. Default: none. */
  readonly faults?: FaultPlan;
  /** distribution's registry program, which holds the images of registry namespaces. Default: pushing and pulling answer 501. */
  readonly registryProgram?: string;
  /** Opens what stands behind Kapsule clusters. Default: nothing; clusters then have states and answers alone. */
  readonly clusters?: OpenClusters;
}

export async function startLocalScaleway(options: LocalScalewayOptions): Promise<LocalScaleway> {
  const { dataDir } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockDataDir(dataDir);
  try {
    const store = openStore(dataDir);
    const clock = openClock(store);
    const ids = openIds(store, options.seed);
    const seed = store.transaction(() => openSeed(store, ids, options.organizationId ?? LOCAL_ORGANIZATION));
    const platform = makePlatform({
      store,
      clock,
      ids,
      regions: [...PUBLIC_REGIONS, ...(options.extraRegions ?? [])],
      organizationId: seed.organizationId,
      defaultProjectId: seed.defaultProjectId,
      transitionMs: options.transitionMs ?? 0,
    });
    store.transaction(() => plantSeed(platform, seed, clock));
    grantQuotas(platform, options.quotas ?? {});
    const authority = await openAuthority(dataDir);
    const ledger = openLedger(store);
    const clusters = options.clusters?.({ platform, dataDir, clientAddress: options.clientAddress ?? LOOPBACK });
    const controls = openControls({
      store,
      clock,
      regions: platform.regions,
      operations: OPERATIONS,
      dataDir,
      ...(options.faults === undefined ? {} : { plan: options.faults }),
      onRestored: (folder) => clusters?.restore(folder),
    });
    const registry = imageRegistry(platform, join(dataDir, "registry"), options.registryProgram);
    const settlers = clusters?.settlers(SETTLERS) ?? SETTLERS;
    const api = jsonApi(platform, ALL_ROUTES, authenticate, settlers, allow, auditObserver);
    // A connection that an ACL does not let through gets no answer at all.
    const faults: Faults = (request) =>
      clusters?.admits(request) === false ? { kind: "reset", after: false } : controls.faults(request);
    const way = {
      authority,
      ledger,
      ...(options.clientAddress === undefined ? {} : { clientAddress: options.clientAddress }),
    };
    const services = [
      withAuthority(api, authority.file),
      ...(clusters === undefined ? [] : [clusters.service]),
      objectStorage(platform),
      registry,
    ];
    const control = controlDoor(controls, seed.secretKey);
    const proxy = await startProxy({ ...way, port: options.port ?? 0, faults, services, control });
    const bastions = await clusters?.openBastions(openTlsDoor({ authority, ledger, services, faults }));
    const url = `http://127.0.0.1:${proxy.port}`;
    return {
      instanceId: seed.instanceId,
      url,
      ledger,
      clock,
      platform,
      controls,
      clusters,
      env: {
        HTTPS_PROXY: url,
        SSL_CERT_FILE: authority.file,
        NODE_EXTRA_CA_CERTS: authority.file,
        NODE_USE_ENV_PROXY: "1",
        SCW_ACCESS_KEY: seed.accessKey,
        SCW_SECRET_KEY: seed.secretKey,
        SCW_DEFAULT_ORGANIZATION_ID: seed.organizationId,
        SCW_DEFAULT_PROJECT_ID: seed.defaultProjectId,
        // A file that is not there: nobody's profile joins in.
        SCW_CONFIG_PATH: join(dataDir, "no-profile.yaml"),
        // The way to the bastions, for `bastide tunnel`; absent without clusters behind.
        ...(bastions && { BASTIDE_SSH_KEY: bastions.keyFile, BASTIDE_SSH_PROXY: bastions.url }),
      },
      stop: async () => {
        await proxy.close();
        await bastions?.close();
        await registry.stop();
        await clusters?.stop();
        store.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
