import { TIER_FLOWS } from "../../stacks/flows.ts";
import { TIERS } from "../../stacks/vocabulary.ts";
import { hostAddress } from "../address-plan.ts";
import type { PartSpec } from "../model/platform.ts";
import type { PlatformContext } from "./context.ts";
import { configMap, cronJob } from "./kinds.ts";
import { namespaceObjects } from "./namespace.ts";
import { PULL_SECRET } from "./object.ts";
import { deliveredHere } from "./secret-sync.ts";

/** Position in each network that the probe knocks at: the booked hosts stand there, where there are any. */
const KNOCK = 10;
const PORTS = [22, 53, 80, 443, 3128, 5432, 6443, 10_250];

/**
 * A job that tries every door from where untrusted code runs: each tier's network, the metadata service, the public Internet,
 * other spaces. It has no policy that opens anything, so every knock that is answered is a hole; the outcome goes to its
 * log as one line a try, for `bastide` to compare with the declared flows.
 */
export function planIsolationProbe(context: PlatformContext): PartSpec {
  const scope = context.scope("probe", "probe", { dataClass: context.plan.computeClass });
  const networks = context.plan.addresses.regions.flatMap(({ region, networks }) =>
    TIERS.map((tier) => ({ name: `${region}/${tier}`, address: hostAddress(networks[tier].ipv4, KNOCK) })),
  );
  const targets = [
    ...networks,
    { name: "metadata", address: "169.254.42.42" },
    { name: "internet", address: "198.51.100.1" },
  ];
  return context.part(
    "IsolationProbe",
    "probe",
    [
      ...namespaceObjects(context, scope, { cpu: 1, memoryGb: 1, storageGb: 1, pods: 3 }),
      ...deliveredHere(context, scope, [PULL_SECRET]),
      configMap(scope, "targets", {
        "targets.txt": targets
          .flatMap(({ name, address }) => PORTS.map((port) => `${name} ${address} ${port}`))
          .join("\n"),
        "declared.json": JSON.stringify(TIER_FLOWS.filter(({ from }) => from === "compute")),
      }),
      ...cronJob(scope, "23 * * * *", {
        name: "isolation-probe",
        deadline: 1800,
        retries: 0,
        pod: {
          containers: [
            {
              name: "probe",
              image: context.image("postgresql"),
              command: ["/bin/bash", "-uc"],
              args: [
                'failed=0; while read -r name address port; do if timeout 2 bash -c "exec 3<>/dev/tcp/$address/$port" 2>/dev/null; then echo "open $name $port"; failed=1; else echo "closed $name $port"; fi; done < /etc/bastide/targets.txt; exit $failed',
              ],
              cpu: "50m",
              memory: "64Mi",
              mounts: { targets: "/etc/bastide" },
            },
          ],
          volumes: [{ name: "targets", configMap: { name: "targets" } }],
        },
      }),
    ],
    ["storage"],
  );
}
