import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { environmentNames } from "../../stacks/load.ts";
import { planOf, planOfSettings } from "../harness/plans.ts";
import { changed } from "../harness/settings-cases.ts";

interface CloudConfig {
  readonly users: readonly {
    readonly name: string;
    readonly ssh_authorized_keys: readonly string[];
    readonly sudo?: unknown;
  }[];
  readonly write_files: readonly { readonly path: string; readonly permissions: string; readonly content: string }[];
  readonly disable_root: boolean;
  readonly apt?: { readonly primary: readonly { readonly uri: string }[] };
}

const HEADER = "#cloud-config\n";

/** The configuration as cloud-init reads it: JSON is YAML, and what follows it are comments. */
function configOf(text: string): CloudConfig {
  expect(text.startsWith(HEADER)).toBe(true);
  const body = text
    .slice(HEADER.length)
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n");
  return JSON.parse(body);
}

const file = (config: CloudConfig, path: string): string => {
  const found = config.write_files.find((it) => it.path === path);
  if (found === undefined) throw new Error(`no ${path} among ${config.write_files.map((it) => it.path).join(", ")}`);
  return found.content;
};

const servers = (name: string): readonly string[] => {
  const { regions, links } = planOf(name).foundation;
  return [
    ...regions.map((it) => it.bastion.adminHost.cloudInit),
    ...links.flatMap((it) => it.ends.map((end) => end.router.cloudInit)),
  ];
};

const firstHost = (): CloudConfig =>
  configOf(planOf("rehearsal").foundation.regions[0]?.bastion.adminHost.cloudInit ?? "");
const routers = (blueprint = planOf("rehearsal")) =>
  blueprint.foundation.links.flatMap((it) => it.ends.map((end) => ({ end, config: configOf(end.router.cloudInit) })));

describe.each(environmentNames)("the servers of %s", (name) => {
  it("have scripts that a shell can parse", () => {
    for (const text of servers(name)) {
      const scripts = configOf(text).write_files.filter((it) => it.content.startsWith("#!/bin/sh"));
      expect(scripts.length).toBeGreaterThan(1);
      for (const script of scripts) {
        const checked = spawnSync("sh", ["-n"], { input: script.content, encoding: "utf8" });
        expect(`${script.path}: ${checked.status} ${checked.stderr}`).toBe(`${script.path}: 0 `);
      }
    }
  });

  it("let in administrators by their own key, never root, and hold no secret", () => {
    for (const text of servers(name)) {
      const config = configOf(text);
      expect(config.disable_root).toBe(true);
      expect(config.users.map((user) => user.name)).toEqual(["operator-one", "operator-two"]);
      for (const user of config.users) {
        expect(user.ssh_authorized_keys).toHaveLength(1);
        expect(user.sudo).toBeUndefined();
      }
      expect(text).not.toMatch(/PRIVATE KEY|SECRET_ACCESS_KEY=\S|SCW[A-Z0-9]{17}|plain_text_passwd|hashed_passwd/);
    }
  });

  it("take packages from the mirror of the settings, which the proxy lets through", () => {
    const { regions } = planOf(name).foundation;
    for (const region of regions) {
      const config = configOf(region.bastion.adminHost.cloudInit);
      expect(config.apt?.primary[0]?.uri).toBe("https://mirror.bastide.example/debian");
      expect(region.egress.allowedHosts.map((it) => it.host)).toContain("mirror.bastide.example");
    }
  });
});

describe("the admin host", () => {
  it("forces every session through the recorder, and allows nothing that is not recorded", () => {
    const sshd = file(firstHost(), "/etc/ssh/sshd_config.d/10-bastide.conf").split("\n");
    expect(sshd).toContain("ForceCommand /usr/bin/tlog-rec-session");
    for (const closed of [
      "AllowTcpForwarding",
      "AllowAgentForwarding",
      "AllowStreamLocalForwarding",
      "PermitTunnel",
      "PermitRootLogin",
      "PermitUserRC",
    ]) {
      expect(sshd).toContain(`${closed} no`);
    }
  });

  it("records what is typed and shown, into the journal that it ships from", () => {
    const config = firstHost();
    expect(JSON.parse(file(config, "/etc/tlog/tlog-rec-session.conf"))).toMatchObject({
      writer: "journal",
      log: { input: true, output: true },
    });
    expect(file(config, "/usr/local/sbin/bastide-ship")).toContain("_COMM=tlog-rec-session");
  });

  it("ships to its region's sessions bucket, through the booked address of the egress proxy", () => {
    for (const region of planOf("rehearsal").foundation.regions) {
      const config = configOf(region.bastion.adminHost.cloudInit);
      const proxy = region.network.addresses.find((it) => it.key.endsWith("egress-proxy"))?.address;
      expect(file(config, "/etc/systemd/system/bastide-ship.service")).toContain(`HTTPS_PROXY=http://${proxy}:3128`);
      expect(file(config, "/usr/local/sbin/bastide-ship")).toContain(`sessions:${region.observability.sessions.name}/`);
      expect(region.bastion.adminHost.recordingsBucket).toBe(region.observability.sessions.name);
    }
  });
});

describe("the routers", () => {
  it("exist only for a flow between regions, and only in the regions that it joins", () => {
    expect(planOfSettings(changed({ flows: [] })).foundation.links).toEqual([]);
    expect(planOf("paris").foundation.links).toEqual([]);
    expect(routers().map(({ end }) => end.region)).toEqual(["fr-par", "fr-second"]);
  });

  it("make their key at first boot, and keep it", () => {
    for (const { config } of routers()) {
      const setup = file(config, "/usr/local/sbin/bastide-setup");
      expect(setup).toContain("[ -s /etc/wireguard/private.key ] || wg genkey > /etc/wireguard/private.key");
    }
  });

  it("forward the declared flow alone, and route the networks of its ends alone", () => {
    for (const { end, config } of routers()) {
      const rules = file(config, "/etc/nftables.conf");
      expect(rules).toContain("policy drop");
      const forwarded = rules.split("\n").filter((line) => line.includes("daddr"));
      expect(forwarded).toEqual(["    ip saddr 10.17.32.0/20 ip daddr 10.16.32.0/20 tcp dport 5432 accept"]);
      expect(end.routes.map((it) => it.destination)).toEqual([
        end.region === "fr-par" ? "10.17.32.0/20" : "10.16.32.0/20",
      ]);
    }
  });

  it("know their peer from the settings, by a line that changes no file on their disk", () => {
    const key = `${"A".repeat(43)}=`;
    const told = planOfSettings(
      changed({ link: { routers: { "fr-second": { publicKey: key, address: "192.0.2.9" } } } }),
    );
    const [home, other] = routers(told);
    const [before] = routers();
    expect(home?.end.router.cloudInit).toContain(`\n# bastide-peer ${key} 192.0.2.9:51820\n`);
    expect(home?.end.peer).toEqual({ publicKey: key, address: "192.0.2.9" });
    expect(home?.config).toEqual(before?.config);
    expect(other?.end.peer).toBeUndefined();
  });
});
