import type { SshKeyArgs as AccountSshKeyArgs } from "@pulumiverse/scaleway/account/index.js";
import type { ApiKeyArgs, SshKeyArgs } from "@pulumiverse/scaleway/iam/index.js";
import type { SshKeyFact } from "../fact-keys.ts";
import type { Reader } from "../reader.ts";
import { type Decoder, decoder } from "./decoder.ts";

const sshKey = (read: Reader<SshKeyArgs>, urn: string): SshKeyFact => ({
  kind: "ssh-key",
  urn,
  publicKey: { property: "publicKey", value: read.text("publicKey") },
  project: read.ref("projectId"),
});

export const credentialDecoders: readonly Decoder[] = [
  decoder<SshKeyArgs>("scaleway:iam/sshKey:SshKey", (read, { urn }) => [sshKey(read, urn)]),
  decoder<AccountSshKeyArgs>("scaleway:account/sshKey:SshKey", (read, { urn }) => [sshKey(read, urn)]),
  decoder<ApiKeyArgs>("scaleway:iam/apiKey:ApiKey", (read, { urn }) => [
    {
      kind: "api-key",
      urn,
      application: read.ref("applicationId"),
      user: read.ref("userId"),
      expiresAt: { property: "expiresAt", value: read.text("expiresAt") },
    },
  ]),
];
