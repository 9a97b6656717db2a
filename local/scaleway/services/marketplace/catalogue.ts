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
  readonly rootName: string;
  /** Bytes of the root volume unless asked for more. */
  readonly rootSize: number;
  readonly built: string;
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

/** When the images above were last built. */
const BUILT = "2026-05-12T15:00:00.000000+00:00";

/** A version of 2020 that is no longer offered but still there, and that clients name by its id (provider's tests). */
const RETIRED: MarketplaceImage = {
  id: "cf44b8f5-77e2-42ed-8f1e-09ed5bb028fc",
  label: "",
  name: "Ubuntu 20.04 Focal Fossa",
  zone: "fr-par-1",
  arch: "x86_64",
  type: "instance_local",
  rootSnapshotId: "6e66445c-e52e-4cfa-bf4c-f36e291e2c30",
  rootName: "ubuntu_20.04_focal_fossa:volume-0",
  rootSize: 10 * GB,
  commercialTypes: [],
  built: "2020-07-09T10:38:16.265025+00:00",
};

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
            rootName: name,
            built: BUILT,
          },
        ];
      }),
    ),
  );
}

const byZone = new Map<string, readonly MarketplaceImage[]>();

/** What the marketplace offers in a zone. */
export function marketplaceImages(zone: string): readonly MarketplaceImage[] {
  const known = byZone.get(zone) ?? imagesOf(zone);
  byZone.set(zone, known);
  return known;
}

/** An image of the marketplace by its id, offered or retired. */
export const marketplaceImage = (id: string, zone: string): MarketplaceImage | undefined =>
  [...marketplaceImages(zone), RETIRED].find((i) => i.id === id && i.zone === zone);
