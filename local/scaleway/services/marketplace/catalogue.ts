import { createHash } from "node:crypto";
import { SERVER_TYPES } from "../instance/server-types.ts";

/**
 * Images of the marketplace: data, the same in every store. Identifiers follow from what an image is, so nothing has to be
 * kept and every zone has its own, as on Scaleway.
 */
export interface MarketplaceImage {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly zone: string;
  readonly arch: "x86_64" | "arm64";
  /** `instance_sbs` roots lie on block storage, `instance_local` ones on the server's own disk. */
  readonly type: "instance_sbs" | "instance_local";
  readonly rootSnapshotId: string;
  /** Bytes of the root volume unless asked for more. */
  readonly rootSize: number;
  readonly commercialTypes: readonly string[];
}

const GB = 1_000_000_000;
const RELEASES: readonly (readonly [label: string, name: string, gigabytes: number])[] = [
  ["ubuntu_focal", "Ubuntu 20.04 Focal Fossa", 10],
  ["ubuntu_jammy", "Ubuntu 22.04 Jammy Jellyfish", 10],
  ["ubuntu_noble", "Ubuntu 24.04 Noble Numbat", 10],
  ["ubuntu_jammy_gpu_os_12", "Ubuntu Jammy GPU OS 12 passthrough", 20],
  ["debian_bullseye", "Debian Bullseye", 10],
  ["debian_bookworm", "Debian Bookworm", 10],
  ["debian_trixie", "Debian Trixie", 10],
  ["rockylinux_9", "Rocky Linux 9", 10],
  ["openvpn", "OpenVPN", 10],
  ["docker", "Docker", 10],
  ["windows_server_2022", "Windows Server 2022", 25],
];

/** An identifier that follows from a text. */
export const nameId = (text: string): string =>
  createHash("sha256")
    .update(text)
    .digest("hex")
    .slice(0, 32)
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-a$4-$5");

function imagesOf(zone: string): readonly MarketplaceImage[] {
  return RELEASES.flatMap(([label, name, gigabytes]) =>
    (["instance_sbs", "instance_local"] as const).flatMap((type) =>
      (["x86_64", "arm64"] as const).flatMap((arch): readonly MarketplaceImage[] => {
        const commercialTypes = [...SERVER_TYPES.values()]
          .filter((t) => t.arch === arch && (type === "instance_sbs" || t.local > 0))
          .map((t) => t.name);
        if (commercialTypes.length === 0) return [];
        const key = `${label}/${type}/${arch}/${zone}`;
        return [
          {
            id: nameId(`image/${key}`),
            label,
            name,
            zone,
            arch,
            type,
            commercialTypes,
            rootSize: gigabytes * GB,
            rootSnapshotId: nameId(`snapshot/${key}`),
          },
        ];
      }),
    ),
  );
}

const byZone = new Map<string, readonly MarketplaceImage[]>();

export function marketplaceImages(zone: string): readonly MarketplaceImage[] {
  const known = byZone.get(zone) ?? imagesOf(zone);
  byZone.set(zone, known);
  return known;
}
