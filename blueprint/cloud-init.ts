/**
 * First-boot configuration of a server, as text. JSON is YAML, so nothing is quoted by hand. Packages come from the image's
 * mirrors, or the settings' own, by way of a set-up service that is tried again until it succeeds: at first boot the way out may not stand yet.
 */
export interface CloudInit {
  readonly users?: readonly UserInit[];
  readonly files: readonly FileInit[];
  /** Host of the Debian mirror. Absent: those of the image. */
  readonly mirror?: string | undefined;
  /** Packages that the set-up service installs. */
  readonly packages: readonly string[];
  /** Shell lines that the set-up service runs once the packages are there; each must be repeatable. */
  readonly afterInstall: readonly string[];
}

export interface UserInit {
  readonly name: string;
  readonly publicKey: string;
  readonly groups: readonly string[];
}

export interface FileInit {
  readonly path: string;
  readonly mode: "0644" | "0600" | "0755";
  readonly content: string;
}

const SETUP = "/usr/local/sbin/bastide-setup";

export function cloudInit(wish: CloudInit): string {
  const config = {
    ssh_pwauth: false,
    disable_root: true,
    preserve_hostname: false,
    ...(wish.users === undefined
      ? {}
      : {
          groups: [...new Set(wish.users.flatMap((user) => user.groups))],
          users: wish.users.map((user) => ({
            name: user.name,
            groups: user.groups.join(","),
            shell: "/bin/bash",
            lock_passwd: true,
            ssh_authorized_keys: [user.publicKey],
          })),
        }),
    ...(wish.mirror === undefined ? {} : { apt: mirrors(wish.mirror) }),
    write_files: [...wish.files, setupScript(wish), setupUnit()].map((file) => ({
      path: file.path,
      permissions: file.mode,
      owner: "root:root",
      content: file.content,
    })),
    runcmd: [
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "--no-block", "bastide-setup.service"],
    ],
  };
  return `#cloud-config\n${JSON.stringify(config, null, 2)}\n`;
}

const mirrors = (host: string) => ({
  primary: [{ arches: ["default"], uri: `https://${host}/debian` }],
  security: [{ arches: ["default"], uri: `https://${host}/debian-security` }],
});

/** Text of a file from lines, with the newline that ends the last one. */
export const lines = (...text: readonly string[]): string => `${text.join("\n")}\n`;

const setupScript = (wish: CloudInit): FileInit => ({
  path: SETUP,
  mode: "0755",
  content: lines(
    "#!/bin/sh",
    "# Installs what this host needs, then switches it on. Run again until it succeeds.",
    "set -eu",
    "export DEBIAN_FRONTEND=noninteractive",
    "apt-get update -q",
    // Files that this configuration wrote win over those of the packages.
    `apt-get install -q -y --no-install-recommends -o Dpkg::Options::=--force-confold ${["unattended-upgrades", ...wish.packages].join(" ")}`,
    ...wish.afterInstall,
  ),
});

const setupUnit = (): FileInit => ({
  path: "/etc/systemd/system/bastide-setup.service",
  mode: "0644",
  content: lines(
    "[Unit]",
    "Description=Set-up of this host, tried again until it succeeds",
    "Wants=network-online.target",
    "After=network-online.target",
    "StartLimitIntervalSec=0",
    "",
    "[Service]",
    "Type=oneshot",
    "RemainAfterExit=yes",
    `ExecStart=${SETUP}`,
    "Restart=on-failure",
    "RestartSec=60",
    "",
    "[Install]",
    "WantedBy=multi-user.target",
  ),
});
