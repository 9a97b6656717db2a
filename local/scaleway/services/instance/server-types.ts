import { Answer } from "../../core/answer.ts";
import { type Call, page, type Route } from "../../core/routes.ts";
import { SERVER_TYPE_ROWS } from "./server-types.data.ts";

/** Instance API v1: what servers are sold. */
export interface ServerType {
  readonly name: string;
  readonly arch: "x86_64" | "arm64";
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  readonly gpus: number;
  /** Bytes of local volumes that a server may have; 0: block storage only. */
  readonly local: number;
  readonly scratch: number;
  /** Bits a second. */
  readonly internal: number;
  readonly internet: number;
  /** Bytes a second. */
  readonly block: number;
  readonly fileSystems: number;
  /** Euros. */
  readonly hourly: number;
}

const GB = 1_000_000_000;
const GIB = 1_073_741_824;
const MIB = 1_048_576;
const MBIT = 1_000_000;
const HOURS_A_MONTH = 730;
/** Size limits of one local volume, where a type has any (recordings). */
const LOCAL_MIN = GB;
const LOCAL_MAX = 800 * GB;
const PRIVATE_NETWORKS = 8;

export const SERVER_TYPES: ReadonlyMap<string, ServerType> = new Map(
  SERVER_TYPE_ROWS.map(
    ([name, arch, cpus, memory, gpus, local, scratch, internal, internet, block, fileSystems, hourly]) => [
      name,
      {
        name,
        arch,
        cpus,
        memory: memory * GIB,
        gpus,
        local: local * GB,
        scratch: scratch * GB,
        internal: internal * MBIT,
        internet: internet * MBIT,
        block: block * MIB,
        fileSystems,
        hourly,
      },
    ],
  ),
);

const typeView = (type: ServerType): unknown => ({
  alt_names: [],
  arch: type.arch,
  ncpus: type.cpus,
  ram: type.memory,
  gpu: type.gpus,
  gpu_info: null,
  mig_profile: null,
  volumes_constraint: { min_size: 0, max_size: type.local },
  per_volume_constraint: {
    l_ssd: { min_size: type.local === 0 ? 0 : LOCAL_MIN, max_size: type.local === 0 ? 0 : LOCAL_MAX },
  },
  scratch_storage_max_size: type.scratch,
  scratch_storage_max_volumes_count: type.scratch === 0 ? 0 : 1,
  monthly_price: type.hourly * HOURS_A_MONTH,
  hourly_price: type.hourly,
  capabilities: {
    boot_types: ["local", "rescue"],
    placement_groups: true,
    block_storage: true,
    hot_snapshots_local_volume: true,
    private_network: PRIVATE_NETWORKS,
    max_file_systems: type.fileSystems,
  },
  network: {
    ipv6_support: true,
    sum_internal_bandwidth: type.internal,
    sum_internet_bandwidth: type.internet,
    interfaces: [{ internal_bandwidth: type.internal, internet_bandwidth: type.internet }],
  },
  block_bandwidth: type.block,
  end_of_service: false,
});

/** A page of a map by name, as the API answers for products. */
function mapPage(call: Call, view: (type: ServerType) => unknown): Answer {
  const number = Number(call.query.get("page") ?? "1");
  const size = Number(call.query.get("per_page") ?? "50");
  const shown = [...SERVER_TYPES.values()].slice((number - 1) * size, number * size);
  const total = { "x-total-count": String(SERVER_TYPES.size) };
  return new Answer(200, { servers: Object.fromEntries(shown.map((t) => [t.name, view(t)])) }, total);
}

const price = (euros: number): unknown => ({
  currency_code: "EUR",
  units: Math.floor(euros),
  nanos: Math.round((euros % 1) * GB),
});

/** Product Catalog v2alpha1, as far as servers go. */
const catalogView = (type: ServerType, zone: string): unknown => ({
  sku: `/compute/${type.name.toLowerCase()}/run_${zone}`,
  service_category: "Compute",
  product_category: "Instance",
  product: type.name,
  variant: type.name,
  description: `${type.name} - ${zone}`,
  locality: { zone },
  price: { retail_price: price(type.hourly) },
  properties: {
    hardware: {
      cpu: {
        description: `${type.cpus} vCPU`,
        arch: type.arch === "x86_64" ? "x64" : "arm64",
        type: "shared",
        virtual: { count: type.cpus },
        threads: type.cpus,
      },
      ram: { description: "", size: type.memory, type: "" },
      ...(type.gpus === 0 ? {} : { gpu: { description: "", count: type.gpus, type: "" } }),
      storage: { description: "Block", total: 0 },
      network: {
        description: "",
        internal_bandwidth: type.internal,
        public_bandwidth: type.internet,
        max_public_bandwidth: type.internet,
      },
    },
    instance: { range: "", offer_id: type.name, recommended_replacement_offer_ids: [] },
  },
  // Nobody measures this one: no power, no water.
  environmental_impact_estimation: { kg_co2_equivalent: 0, m3_water_usage: 0 },
  unit_of_measure: { unit: "hour", size: 1 },
  status: "general_availability",
});

export const serverTypeRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/instance/v1/zones/:zone/products/servers",
    handle: (call) => mapPage(call, typeView),
  },
  {
    method: "GET",
    path: "/instance/v1/zones/:zone/products/servers/availability",
    handle: (call) => mapPage(call, () => ({ availability: "available" })),
  },
  {
    method: "GET",
    path: "/product-catalog/v2alpha1/public-catalog/products",
    handle: (call) => {
      const zone = call.query.get("zone") ?? "fr-par-1";
      const wanted = call.query.getAll("api_ids");
      const types = [...SERVER_TYPES.values()].filter((t) => wanted.length === 0 || wanted.includes(t.name));
      return page(
        call,
        "products",
        types.map((t) => catalogView(t, zone)),
      );
    },
  },
];
