import { KUBERNETES_TYPES } from "./types-kubernetes.data.ts";

/**
 * What is done with each resource type of the governed providers that no decoder reads: harmless with a reason, or not
 * judged with the reason, which is a red finding. A type of a governed provider that stands neither here nor among the
 * decoders is unknown, and red as well. A test compares this table with the installed packages.
 */
export type Handling =
  | { readonly judged: "harmless"; readonly reason: string }
  | { readonly judged: "no"; readonly reason: string };

const harmless = (reason: string): Handling => ({ judged: "harmless", reason });
const notJudged = (reason: string): Handling => ({ judged: "no", reason });

const EDGE = harmless("part of an edge pipeline, whose entrance (NET-07) and class (ISO-03) are judged");
const QUEUE = notJudged("a messaging service with public endpoints and credentials of its own; ISO-03's");
const MAIL = notJudged("mail leaves the perimeter by it; LOC-04's and ISO-03's");
const IOT = notJudged("devices outside reach it from the internet; ISO-03's");
const FILTERS = harmless("filters the routes of a join that is judged (NET-09)");
const FEDERATES = harmless("belongs to a federation that is judged (G7)");
const CREDENTIAL = harmless("a credential; what it opens is judged where the rights are granted");
const INSIDE_DATABASE = harmless("inside a database whose endpoints are judged (NET-02)");
const NAME_ONLY = harmless("publishes a name for an address that is judged itself");
const LABEL = harmless("a label: opens, places and decrypts nothing");
const MONEY = harmless("amounts of money only");
const DEAD = harmless("without effect since the gateway's second API");
const SERVERLESS_PART = harmless("part of a container or function whose openness is judged (IAM-06)");

/** Scaleway types without decoder. */
const SCALEWAY: Readonly<Record<string, Handling>> = {
  "scaleway:annotations/binding:Binding": LABEL,
  "scaleway:annotations/key:Key": LABEL,
  "scaleway:annotations/value:Value": LABEL,
  "scaleway:autoscaling/instanceGroup:InstanceGroup": harmless(
    "copies of a template, which is judged (NET-01, NET-03)",
  ),
  "scaleway:autoscaling/instancePolicy:InstancePolicy": harmless("thresholds of scaling"),
  "scaleway:billing/budget:Budget": MONEY,
  "scaleway:billing/budgetAlert:BudgetAlert": MONEY,
  "scaleway:billing/budgetAlertNotification:BudgetAlertNotification": MONEY,
  "scaleway:containers/cron:Cron": SERVERLESS_PART,
  "scaleway:containers/domain:Domain": SERVERLESS_PART,
  "scaleway:containers/namespace:Namespace": SERVERLESS_PART,
  "scaleway:containers/token:Token": CREDENTIAL,
  "scaleway:containers/trigger:Trigger": QUEUE,
  "scaleway:databases/acl:Acl": INSIDE_DATABASE,
  "scaleway:databases/database:Database": INSIDE_DATABASE,
  "scaleway:databases/privilege:Privilege": INSIDE_DATABASE,
  "scaleway:databases/user:User": INSIDE_DATABASE,
  "scaleway:datalab/datalab:Datalab": notJudged("notebooks with an entrance of their own; ISO-03's"),
  "scaleway:datawarehouse/database:Database": INSIDE_DATABASE,
  "scaleway:datawarehouse/user:User": INSIDE_DATABASE,
  "scaleway:domain/zone:Zone": harmless("a container of names; each record's target is judged (DR-03)"),
  "scaleway:edgeservices/cacheStage:CacheStage": EDGE,
  "scaleway:edgeservices/headStage:HeadStage": EDGE,
  "scaleway:edgeservices/plan:Plan": EDGE,
  "scaleway:edgeservices/routeStage:RouteStage": EDGE,
  "scaleway:edgeservices/tlsStage:TlsStage": EDGE,
  "scaleway:edgeservices/wafStage:WafStage": EDGE,
  "scaleway:elasticmetal/ipMacAddress:IpMacAddress": harmless("belongs to an address that is judged (NET-01)"),
  "scaleway:functions/cron:Cron": SERVERLESS_PART,
  "scaleway:functions/domain:Domain": SERVERLESS_PART,
  "scaleway:functions/namespace:Namespace": SERVERLESS_PART,
  "scaleway:functions/token:Token": CREDENTIAL,
  "scaleway:functions/trigger:Trigger": QUEUE,
  "scaleway:iam/samlCertificate:SamlCertificate": FEDERATES,
  "scaleway:iam/scimToken:ScimToken": FEDERATES,
  "scaleway:instance/ipReverseDns:IpReverseDns": NAME_ONLY,
  "scaleway:instance/placementGroup:PlacementGroup": harmless("spreads servers over hardware"),
  "scaleway:instance/userData:UserData": harmless("configuration of a server; secrets in it are KEY-07's"),
  "scaleway:interlink/routingPolicy:RoutingPolicy": FILTERS,
  "scaleway:iot/device:Device": IOT,
  "scaleway:iot/hub:Hub": IOT,
  "scaleway:iot/network:Network": IOT,
  "scaleway:iot/route:Route": IOT,
  "scaleway:ipam/ipReverseDns:IpReverseDns": NAME_ONLY,
  "scaleway:keymanager/keyMaterial:KeyMaterial": harmless(
    "material of a key that is judged; its content is never read",
  ),
  "scaleway:loadbalancers/acl:Acl": harmless("narrows a frontend"),
  "scaleway:mnq/natsAccount:NatsAccount": QUEUE,
  "scaleway:mnq/natsCredentials:NatsCredentials": QUEUE,
  "scaleway:mnq/sns:Sns": QUEUE,
  "scaleway:mnq/snsCredentials:SnsCredentials": QUEUE,
  "scaleway:mnq/snsTopic:SnsTopic": QUEUE,
  "scaleway:mnq/sqs:Sqs": QUEUE,
  "scaleway:mnq/sqsCredentials:SqsCredentials": QUEUE,
  "scaleway:mnq/sqsQueue:SqsQueue": QUEUE,
  "scaleway:mongodb/user:User": INSIDE_DATABASE,
  "scaleway:network/publicGatewayDhcp:PublicGatewayDhcp": DEAD,
  "scaleway:network/publicGatewayDhcpReservation:PublicGatewayDhcpReservation": DEAD,
  "scaleway:network/publicGatewayIpReverseDns:PublicGatewayIpReverseDns": NAME_ONLY,
  "scaleway:observability/cockpit:Cockpit": harmless("deprecated and without effect: sources are judged (OBS-01)"),
  "scaleway:s2svpn/routingPolicy:RoutingPolicy": FILTERS,
  "scaleway:tem/blockedList:BlockedList": MAIL,
  "scaleway:tem/domain:Domain": MAIL,
  "scaleway:tem/domainValidation:DomainValidation": MAIL,
  "scaleway:tem/webhook:Webhook": MAIL,
};

const RANDOM = harmless("a value kept in state; it opens, places and decrypts nothing by itself");

/** @pulumi/random: every token of its package that makes no secret. */
const RANDOM_TYPES: Readonly<Record<string, Handling>> = Object.fromEntries(
  ["Id", "Integer", "Pet", "Shuffle", "String", "Uuid", "Uuid4", "Uuid7"].map((name) => [
    `random:index/random${name}:Random${name}`,
    RANDOM,
  ]),
);

const OWN: Readonly<Record<string, Handling>> = {
  "pulumi:pulumi:Stack": harmless("the root of a stack"),
};

export const UNDECODED: Readonly<Record<string, Handling>> = {
  ...SCALEWAY,
  ...RANDOM_TYPES,
  ...KUBERNETES_TYPES,
  ...OWN,
};

/** Packages whose every resource type must be decoded, harmless or refused. */
export const GOVERNED_PACKAGES: readonly string[] = ["scaleway", "bastide", "random", "kubernetes", "pulumi"];
