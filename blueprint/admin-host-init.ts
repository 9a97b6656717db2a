import { PROXY_PORT } from "../stacks/flows.ts";
import { cloudInit, type FileInit, lines } from "./cloud-init.ts";

/**
 * First boot of the admin host. Every SSH session is forced through tlog's recorder, which writes to the system journal; a
 * timer ships the journal's session records to the locked bucket of the log project through the egress proxy.
 *
 * - No recorder, no session: SSH runs the recorder as a forced command, so before it is installed nobody gets in.
 * - No forwarding, no file transfer, no root, no sudo: what is not recorded is not possible. Changes come by replacement.
 * - The key of the bucket is in no user data: an administrator drops it once into an inbox that can't be read back, from
 *   where root takes it. Until then records wait in the journal, which survives reboots.
 */
export interface AdminHostWish {
  readonly administrators: readonly { readonly owner: string; readonly publicKey: string }[];
  /** Address of the egress proxy. */
  readonly proxy: string;
  readonly region: string;
  readonly bucket: string;
  readonly mirror?: string | undefined;
}

const GROUP = "bastide-admins";
const INBOX = "/var/lib/bastide/inbox";
const SPOOL = "/var/lib/bastide/spool";
const CREDENTIALS = "/etc/bastide/sessions.env";

export function adminHostInit(wish: AdminHostWish): string {
  const proxyUrl = `http://${wish.proxy}:${PROXY_PORT}`;
  return cloudInit({
    users: wish.administrators.map(({ owner, publicKey }) => ({ name: owner, publicKey, groups: [GROUP] })),
    mirror: wish.mirror,
    packages: ["tlog", "rclone", "curl", "openssh-client", "postgresql-client"],
    files: [aptProxy(proxyUrl), sshd(), recorder(), journal(), ...credentials(), ...shipping(wish, proxyUrl)],
    afterInstall: [
      `install -d -m 0700 ${SPOOL}`,
      `install -d -m 1730 -g ${GROUP} ${INBOX}`,
      "install -d -m 0700 /etc/bastide",
      "systemctl restart systemd-journald ssh",
      "systemctl daemon-reload",
      "systemctl enable --now bastide-credentials.path bastide-ship.timer",
    ],
  });
}

const aptProxy = (proxyUrl: string): FileInit => ({
  path: "/etc/apt/apt.conf.d/90-bastide-proxy",
  mode: "0644",
  content: lines(`Acquire::http::Proxy "${proxyUrl}";`, `Acquire::https::Proxy "${proxyUrl}";`),
});

const sshd = (): FileInit => ({
  path: "/etc/ssh/sshd_config.d/10-bastide.conf",
  mode: "0644",
  content: lines(
    "PermitRootLogin no",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "AuthenticationMethods publickey",
    `AllowGroups ${GROUP}`,
    "AllowTcpForwarding no",
    "AllowAgentForwarding no",
    "AllowStreamLocalForwarding no",
    "X11Forwarding no",
    "PermitTunnel no",
    "PermitUserRC no",
    "ClientAliveInterval 300",
    "ClientAliveCountMax 2",
    "ForceCommand /usr/bin/tlog-rec-session",
  ),
});

const recorder = (): FileInit => ({
  path: "/etc/tlog/tlog-rec-session.conf",
  mode: "0644",
  content: `${JSON.stringify(
    {
      shell: "/bin/bash",
      notice: "\nThis session is recorded.\n\n",
      latency: 10,
      log: { input: true, output: true, window: true },
      writer: "journal",
    },
    null,
    2,
  )}\n`,
});

const journal = (): FileInit => ({
  path: "/etc/systemd/journald.conf.d/10-bastide.conf",
  mode: "0644",
  content: lines("[Journal]", "Storage=persistent", "SystemMaxUse=8G", "RateLimitIntervalSec=0"),
});

const credentials = (): readonly FileInit[] => [
  {
    path: "/etc/systemd/system/bastide-credentials.path",
    mode: "0644",
    content: lines(
      "[Unit]",
      "Description=Waits for the key of the sessions bucket",
      "",
      "[Path]",
      `PathExists=${INBOX}/sessions.env`,
      "",
      "[Install]",
      "WantedBy=multi-user.target",
    ),
  },
  {
    path: "/etc/systemd/system/bastide-credentials.service",
    mode: "0644",
    content: lines(
      "[Unit]",
      "Description=Takes the key of the sessions bucket out of the inbox",
      "",
      "[Service]",
      "Type=oneshot",
      `ExecStart=/usr/bin/install -m 0600 -o root -g root ${INBOX}/sessions.env ${CREDENTIALS}`,
      `ExecStart=/usr/bin/rm -f ${INBOX}/sessions.env`,
    ),
  },
];

const shipping = (wish: AdminHostWish, proxyUrl: string): readonly FileInit[] => [
  {
    path: "/usr/local/sbin/bastide-ship",
    mode: "0755",
    content: lines(
      "#!/bin/sh",
      "# Moves new session records from the journal to the locked bucket. What a run that died had written is kept, and a file",
      "# leaves the spool only once the bucket has it.",
      "set -eu",
      `cd ${SPOOL}`,
      'batch="$(hostname)-$(date -u +%Y%m%dT%H%M%SZ).json"',
      '[ ! -s new.tmp ] || mv new.tmp "kept-$batch"',
      'journalctl --quiet --output=json --cursor-file=cursor _COMM=tlog-rec-session > "new.tmp"',
      'if [ -s new.tmp ]; then mv new.tmp "$batch"; else rm -f new.tmp; fi',
      `exec rclone move --include '*.json' --immutable --s3-no-check-bucket . "sessions:${wish.bucket}/$(date -u +%Y/%m/%d)"`,
    ),
  },
  {
    path: "/etc/systemd/system/bastide-ship.service",
    mode: "0644",
    content: lines(
      "[Unit]",
      "Description=Ships session records to the locked bucket",
      `ConditionPathExists=${CREDENTIALS}`,
      "",
      "[Service]",
      "Type=oneshot",
      `EnvironmentFile=${CREDENTIALS}`,
      `Environment=HTTPS_PROXY=${proxyUrl}`,
      "Environment=RCLONE_CONFIG_SESSIONS_TYPE=s3",
      "Environment=RCLONE_CONFIG_SESSIONS_PROVIDER=Scaleway",
      `Environment=RCLONE_CONFIG_SESSIONS_REGION=${wish.region}`,
      `Environment=RCLONE_CONFIG_SESSIONS_ENDPOINT=s3.${wish.region}.scw.cloud`,
      "ExecStart=/usr/local/sbin/bastide-ship",
      "NoNewPrivileges=yes",
      "ProtectSystem=strict",
      `ReadWritePaths=${SPOOL}`,
    ),
  },
  {
    path: "/etc/systemd/system/bastide-ship.timer",
    mode: "0644",
    content: lines(
      "[Unit]",
      "Description=Ships session records every five minutes",
      "",
      "[Timer]",
      "OnBootSec=5min",
      "OnUnitInactiveSec=5min",
      "",
      "[Install]",
      "WantedBy=timers.target",
    ),
  },
];
