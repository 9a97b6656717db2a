/**
 * What each module of the Scaleway provider is a product of, and what that product does with data: `processes` (stores, computes
 * or sees it in clear), `carries` (networks, encrypted or not) or `guards` (identities, keys, names of projects). A module that
 * stands not here is refused for health data.
 */
export interface Product {
  readonly product: string;
  readonly role: "processes" | "carries" | "guards";
}

const processes = (product: string): Product => ({ product, role: "processes" });
const carries = (product: string): Product => ({ product, role: "carries" });
const guards = (product: string): Product => ({ product, role: "guards" });

export const PRODUCTS: Readonly<Record<string, Product>> = {
  account: guards("projects"),
  annotations: guards("annotations"),
  applesilicon: processes("apple-silicon"),
  audittrail: guards("audit-trail"),
  autoscaling: processes("instances"),
  billing: guards("billing"),
  block: processes("block-storage"),
  containers: processes("serverless-containers"),
  databases: processes("managed-databases"),
  datalab: processes("data-lab"),
  datawarehouse: processes("data-warehouse"),
  domain: processes("domains-and-dns"),
  edgeservices: processes("edge-services"),
  elasticmetal: processes("elastic-metal"),
  functions: processes("serverless-functions"),
  hosting: processes("web-hosting"),
  iam: guards("iam"),
  index: processes("file-storage"),
  inference: processes("inference"),
  instance: processes("instances"),
  interlink: carries("interlink"),
  iot: processes("iot-hub"),
  ipam: carries("ipam"),
  job: processes("serverless-jobs"),
  kafka: processes("kafka"),
  keymanager: guards("key-manager"),
  kubernetes: processes("kubernetes"),
  loadbalancers: processes("load-balancer"),
  mnq: processes("messaging"),
  mongodb: processes("mongodb"),
  network: carries("vpc"),
  object: processes("object-storage"),
  observability: processes("cockpit"),
  opensearch: processes("opensearch"),
  redis: processes("redis"),
  registry: processes("container-registry"),
  s2svpn: carries("site-to-site-vpn"),
  secrets: guards("secret-manager"),
  tem: processes("transactional-email"),
};
