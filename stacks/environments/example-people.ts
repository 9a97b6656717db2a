import type { SettingsInput } from "../schema.ts";

/**
 * Placeholders that every example shares: documentation addresses (RFC 5737, RFC 2606), an Organization that can't exist,
 * and public SSH keys whose private halves were never kept. `preflight` refuses them on a real account.
 */
export const EXAMPLE_ORGANIZATION = "00000000-0000-4000-8000-000000000000";

export const EXAMPLE_ADMIN = {
  sources: ["192.0.2.0/27", "198.51.100.16/28"],
  sshKeys: [
    {
      owner: "operator-one",
      publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF2x1RNmZ2GolI9Gyb2naZrfRHB1ANCpfu66MhgEUrf5",
    },
    {
      owner: "operator-two",
      publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIO8KN79yt+zP3rUfMvua35s4Aff+xrA7qJvIa7Z5b7Ul",
    },
  ],
  packageMirror: "mirror.bastide.example",
  alertContacts: ["on-call@bastide.example"],
} satisfies SettingsInput["admin"];

/** Address space of the examples: each environment takes the `index`-th /14 of 10.0.0.0/8, so that none overlaps another. */
export const exampleAddresses = (index: 0 | 1 | 2 | 3): SettingsInput["addresses"] => ({
  ipv4: `10.${16 + 4 * index}.0.0/14`,
  pods: `100.${64 + 8 * index}.0.0/13`,
  services: `10.${96 + index}.0.0/16`,
  ipv6: `fd5b:1e0c:7a0${index}::/48`,
});

/** Where the examples' gate runs: the operator's own forge, to be replaced like the rest. */
export const EXAMPLE_PIPELINE = {
  runner: { host: "forge.bastide.example", country: "FR", operator: "the operator itself" },
  logs: { host: "logs.bastide.example", country: "FR", operator: "the operator itself" },
} satisfies SettingsInput["pipeline"];
