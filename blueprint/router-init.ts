import { cloudInit, lines } from "./cloud-init.ts";

/**
 * First boot of an inter-region router. It makes its WireGuard key itself and shows the public half on its console; the
 * private half never leaves it. What it must know of the other end stands in its user data, which it reads again every
 * minute: telling it a peer changes no disk and makes no new key.
 *
 * It forwards the declared flows and nothing else, whatever the VPC's ACLs say.
 */
export interface RouterWish {
  /** Address inside the tunnel, and that of the other end. */
  readonly tunnel: { readonly own: string; readonly peer: string };
  /** UDP port that the gateway maps to it. */
  readonly port: number;
  readonly peer?: { readonly publicKey: string; readonly address: string };
  /** Ranges behind the other end that the tunnel carries. */
  readonly remote: readonly string[];
  readonly flows: readonly RouterFlow[];
  readonly administrators: readonly { readonly owner: string; readonly publicKey: string }[];
  /** Range of the network that administrators come from. */
  readonly adminRange: string;
  readonly mirror?: string | undefined;
}

export interface RouterFlow {
  readonly protocol: "TCP" | "UDP";
  readonly source: string;
  readonly destination: string;
  readonly ports: readonly [number, number];
}

const METADATA = "http://169.254.42.42/user_data/cloud-init";
const PEER_MARK = "bastide-peer";

export function routerInit(wish: RouterWish): string {
  const text = cloudInit({
    users: wish.administrators.map(({ owner, publicKey }) => ({ name: owner, publicKey, groups: ["bastide-admins"] })),
    mirror: wish.mirror,
    packages: ["wireguard-tools", "nftables", "curl"],
    files: [
      { path: "/etc/sysctl.d/90-bastide.conf", mode: "0644", content: lines("net.ipv4.ip_forward = 1") },
      { path: "/etc/nftables.conf", mode: "0755", content: firewall(wish) },
      { path: "/usr/local/sbin/bastide-peer", mode: "0755", content: peerScript(wish) },
      {
        path: "/etc/systemd/system/bastide-peer.service",
        mode: "0644",
        content: lines(
          "[Unit]",
          "Description=Brings up the tunnel with the peer that the user data name",
          "",
          "[Service]",
          "Type=oneshot",
          "ExecStart=/usr/local/sbin/bastide-peer",
        ),
      },
      {
        path: "/etc/systemd/system/bastide-peer.timer",
        mode: "0644",
        content: lines(
          "[Unit]",
          "Description=Looks for a changed peer every minute",
          "",
          "[Timer]",
          "OnBootSec=1min",
          "OnUnitInactiveSec=1min",
          "",
          "[Install]",
          "WantedBy=timers.target",
        ),
      },
    ],
    afterInstall: [
      "install -d -m 0700 /etc/wireguard",
      "umask 077",
      "[ -s /etc/wireguard/private.key ] || wg genkey > /etc/wireguard/private.key",
      "wg pubkey < /etc/wireguard/private.key > /etc/wireguard/public.key",
      'echo "WireGuard public key of this router: $(cat /etc/wireguard/public.key)" > /dev/console',
      "sysctl --system",
      "systemctl enable --now nftables.service",
      "systemctl daemon-reload",
      "systemctl enable --now bastide-peer.timer",
    ],
  });
  const { peer } = wish;
  return peer === undefined ? text : `${text}# ${PEER_MARK} ${peer.publicKey} ${peer.address}:${wish.port}\n`;
}

const peerScript = (wish: RouterWish): string =>
  lines(
    "#!/bin/sh",
    "# The metadata service answers user data to privileged source ports only.",
    "set -eu",
    `line="$(curl -sf --local-port 1-1023 ${METADATA} | grep '^# ${PEER_MARK} ' || true)"`,
    '[ -n "$line" ] || exit 0',
    'key="$(echo "$line" | cut -d\' \' -f3)"',
    'endpoint="$(echo "$line" | cut -d\' \' -f4)"',
    "ip link show wg0 >/dev/null 2>&1 || {",
    "  ip link add wg0 type wireguard",
    `  ip address add ${wish.tunnel.own} peer ${wish.tunnel.peer} dev wg0`,
    "  ip link set wg0 mtu 1380 up",
    "}",
    // A changed peer replaces the old one: an end has one other end.
    'for old in $(wg show wg0 peers); do [ "$old" = "$key" ] || wg set wg0 peer "$old" remove; done',
    `wg set wg0 listen-port ${wish.port} private-key /etc/wireguard/private.key peer "$key" endpoint "$endpoint" \\`,
    `  persistent-keepalive 25 allowed-ips ${[wish.tunnel.peer, ...wish.remote].join(",")}`,
    ...wish.remote.map((range) => `ip route replace ${range} dev wg0`),
  );

const portText = ([low, high]: RouterFlow["ports"]): string => (low === high ? String(low) : `${low}-${high}`);

const firewall = (wish: RouterWish): string =>
  lines(
    "#!/usr/sbin/nft -f",
    "flush ruleset",
    "table inet bastide {",
    "  chain input {",
    "    type filter hook input priority filter; policy drop;",
    '    iif "lo" accept',
    "    ct state established,related accept",
    `    udp dport ${wish.port} accept`,
    `    ip saddr ${wish.adminRange} tcp dport 22 accept`,
    "    udp sport 67 udp dport 68 accept",
    "    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept",
    "  }",
    "  chain forward {",
    "    type filter hook forward priority filter; policy drop;",
    "    ct state established,related accept",
    ...wish.flows.map(
      (flow) =>
        `    ip saddr ${flow.source} ip daddr ${flow.destination} ${flow.protocol.toLowerCase()} dport ${portText(flow.ports)} accept`,
    ),
    "  }",
    "}",
  );
