import { HELD_KEYS, heldKeysText } from "../../stacks/held-keys.ts";
import type { ObjectSpec, PartSpec } from "../model/platform.ts";
import { applicationKey, PRINCIPAL_NAMES, type PrincipalName } from "../principals.ts";
import { type PlatformContext, registryHost } from "./context.ts";
import { apiServer, PROXY_URL, proxyEnvironment } from "./egress-proxy.ts";
import { configMap, cronJob, grant } from "./kinds.ts";
import { workspaceNamespace } from "./names.ts";
import { namespaceObjects } from "./namespace.ts";
import { USES_PROXY } from "./network-policy.ts";
import { type PartScope, PULL_SECRET } from "./object.ts";
import {
  accessKey,
  apiKeySecret,
  credentialsOf,
  fetchSecrets,
  LOGIN,
  readSecret,
  secretFile,
  secretMounts,
  secretVolumes,
} from "./secrets.ts";
import { TOKEN_PATH } from "./workload.ts";

const NAMESPACE = "secret-sync";
const ACCOUNT = "secret-sync";

/**
 * Keeps the API keys of applications in the namespaces that use them, from Secret Manager, every quarter of an hour: a rotated
 * key arrives by itself. Everything else is fetched by the pods themselves (`secrets.ts`).
 *
 * It starts from one secret that somebody must put there once, `secret-sync/credentials-secrets-reader`: Scaleway has no
 * identity for workloads (docs/decisions).
 */
export function planSecretSync(context: PlatformContext): PartSpec {
  const scope = context.scope("secret-sync", NAMESPACE, { tier: "compute" });
  return context.part(
    "SecretSync",
    "secret-sync",
    [
      ...namespaceObjects(context, scope, { cpu: 1, memoryGb: 2, storageGb: 1, pods: 5 }),
      configMap(scope, "kubeconfig", { config: JSON.stringify(KUBECONFIG) }),
      ...cronJob(scope, "*/15 * * * *", {
        name: "secret-sync",
        deadline: 600,
        annotations: heldHere(context, [credentialsOf("secrets-reader"), PULL_SECRET]),
        pod: {
          token: true,
          labels: USES_PROXY,
          initContainers: [
            {
              ...fetchSecrets(context, [], proxyEnvironment),
              args: [
                [
                  LOGIN,
                  ...DELIVERIES.map((delivery) => manifestLine(context, delivery)),
                  ...pullSecretLines(context),
                ].join("\n"),
              ],
              env: {
                ...proxyEnvironment,
                ...Object.fromEntries(
                  DELIVERIES.map(({ principal }) => [variableOf(principal), accessKey(context, principal)]),
                ),
              },
            },
          ],
          containers: [
            {
              name: "apply",
              image: context.image("kubectl"),
              args: [
                "apply",
                "--kubeconfig=/etc/bastide/config",
                "--server=$(API_SERVER)",
                "--server-side",
                "--field-manager=secret-sync",
                "-f",
                secretFile(""),
              ],
              cpu: "50m",
              memory: "128Mi",
              env: { API_SERVER: apiServer(context) },
              mounts: { ...secretMounts, kubeconfig: "/etc/bastide" },
            },
          ],
          volumes: [...secretVolumes("secrets-reader"), { name: "kubeconfig", configMap: { name: "kubeconfig" } }],
        },
      }),
    ],
    ["egress-proxy"],
  );
}

/** The control plane by its public name and the egress proxy, with the pod's own token: pods have no other way out. */
const KUBECONFIG = {
  apiVersion: "v1",
  kind: "Config",
  "current-context": "own",
  clusters: [
    {
      name: "own",
      cluster: {
        server: "https://control-plane.invalid:6443",
        "certificate-authority": `${TOKEN_PATH}/ca.crt`,
        "proxy-url": PROXY_URL,
      },
    },
  ],
  users: [{ name: "own", user: { tokenFile: `${TOKEN_PATH}/token` } }],
  contexts: [{ name: "own", context: { cluster: "own", user: "own" } }],
};

interface Delivery {
  readonly namespace: string;
  readonly principal: PrincipalName;
}

const variableOf = (principal: string): string => `ACCESS_KEY_${principal.toUpperCase().replaceAll("-", "_")}`;

/** Shell that writes one Secret as a manifest into memory: both halves of the API key, base64 as Kubernetes wants them. */
function manifestLine(context: PlatformContext, { namespace, principal }: Delivery): string {
  const ref = apiKeySecret(context, principal);
  const manifest = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: credentialsOf(principal), namespace },
    data: { "access-key": "%s", "secret-key": "%s" },
  };
  const encoded = "base64 | tr -d '\\n'";
  return [
    `printf '${JSON.stringify(manifest)}'`,
    `"$(printf %s "$${variableOf(principal)}" | ${encoded})"`,
    `"$(${readSecret(ref)} | ${encoded})"`,
    `> ${secretFile(`${namespace}-${principal}.json`)}`,
  ].join(" ");
}

/** The registry's credentials, for every namespace that runs something. */
function pullSecretLines(context: PlatformContext): readonly string[] {
  const spaces = context.role === "active" ? context.plan.settings.workspaces : [];
  const namespaces = [...SHARED_NAMESPACES, ...spaces.map(({ name }) => workspaceNamespace(name))];
  const host = registryHost(context.region.name);
  const config = JSON.stringify({ auths: { [host]: { username: "nologin", password: "%s" } } });
  const manifest = JSON.stringify({
    apiVersion: "v1",
    kind: "Secret",
    type: "kubernetes.io/dockerconfigjson",
    metadata: { name: PULL_SECRET, namespace: "%s" },
    data: { ".dockerconfigjson": "%s" },
  });
  return [
    `config=$(printf '${config}' "$(${readSecret(apiKeySecret(context, "image-puller"))})" | base64 | tr -d '\\n')`,
    `for it in ${namespaces.join(" ")}; do printf '${manifest}' "$it" "$config" > ${secretFile("$it-registry.json")}; done`,
  ];
}

const SHARED_NAMESPACES = [
  "airlock",
  "copy",
  "database",
  "egress",
  "mlflow",
  "observability",
  "probe",
  "storage-gateway",
  "trino",
];

const DELIVERIES: readonly Delivery[] = [
  { namespace: "storage-gateway", principal: "broker" },
  { namespace: "trino", principal: "broker" },
  { namespace: "mlflow", principal: "broker" },
  { namespace: "database", principal: "broker" },
  { namespace: "database", principal: "copier" },
  { namespace: "copy", principal: "copier" },
  { namespace: "airlock", principal: "airlock" },
];

/** Whose API key lies in a Secret of this name. */
const OWNERS: ReadonlyMap<string, PrincipalName> = new Map([
  ...PRINCIPAL_NAMES.map((principal) => [credentialsOf(principal), principal] as const),
  [PULL_SECRET, "image-puller"],
]);

/** What Secrets of these names hold, as a judge reads it: no plan shows what is delivered later. */
const heldHere = (context: PlatformContext, names: readonly string[]): Readonly<Record<string, string>> => {
  const held = names.map((name) => {
    const owner = OWNERS.get(name);
    return [name, owner === undefined ? undefined : context.plan.name(applicationKey(owner))] as const;
  });
  return { [HELD_KEYS]: heldKeysText(Object.fromEntries(held)) };
};

/** What `secret-sync` may do in a namespace that it delivers to: write these names, read no other. */
export const deliveredHere = (
  context: PlatformContext,
  scope: PartScope,
  names: readonly string[],
): readonly ObjectSpec[] =>
  grant(
    scope,
    "secret-sync",
    { serviceAccount: ACCOUNT, namespace: NAMESPACE },
    [
      // A name can't narrow `create`; what is created under another name is read by nobody here.
      { apiGroups: [""], resources: ["secrets"], verbs: ["create"] },
      { apiGroups: [""], resources: ["secrets"], verbs: ["get", "patch"], resourceNames: [...names] },
    ],
    heldHere(context, names),
  );
