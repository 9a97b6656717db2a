/**
 * What is lost with a resource of a type: the content that nothing else holds. A type of Scaleway that stands in neither list
 * does not exist (a test compares them with the SDK); a type of somebody else's that stands in none may hold anything.
 */
export const HOLDS_DATA: Readonly<Record<string, string>> = {
  "scaleway:block/snapshot:Snapshot": "a copy of a volume",
  "scaleway:block/volume:Volume": "what is on the volume",
  "scaleway:databases/database:Database": "every table of the database",
  "scaleway:databases/databaseBackup:DatabaseBackup": "a backup of a database",
  "scaleway:databases/instance:Instance": "every database of the instance",
  "scaleway:databases/serverlessDatabase:ServerlessDatabase": "every table of the database",
  "scaleway:databases/snapshot:Snapshot": "a copy of a database",
  "scaleway:datalab/datalab:Datalab": "notebooks and their files",
  "scaleway:datawarehouse/database:Database": "every table of the database",
  "scaleway:datawarehouse/deployment:Deployment": "every database of the warehouse",
  "scaleway:elasticmetal/server:Server": "what is on its disks",
  "scaleway:applesilicon/server:Server": "what is on its disks",
  "scaleway:index/fileFilesystem:FileFilesystem": "every file in it",
  "scaleway:instance/image:Image": "a copy of a server",
  "scaleway:instance/server:Server": "what is on its local disks",
  "scaleway:instance/snapshot:Snapshot": "a copy of a volume",
  "scaleway:instance/volume:Volume": "what is on the volume",
  "scaleway:kafka/cluster:Cluster": "messages that nobody has read yet",
  "scaleway:keymanager/key:Key": "everything that it encrypts, for good",
  "scaleway:keymanager/keyMaterial:KeyMaterial": "everything that it encrypts, for good",
  "scaleway:mongodb/instance:Instance": "every database of the instance",
  "scaleway:mongodb/snapshot:Snapshot": "a copy of a database",
  "scaleway:mnq/sqsQueue:SqsQueue": "messages that nobody has read yet",
  "scaleway:object/bucket:Bucket": "every object in it",
  "scaleway:object/item:Item": "the object",
  "scaleway:observability/source:Source": "the logs or metrics that it keeps",
  "scaleway:opensearch/deployment:Deployment": "every index in it",
  "scaleway:redis/cluster:Cluster": "what is in memory",
  "scaleway:registry/namespace:Namespace": "every image in it",
  "scaleway:secrets/secret:Secret": "every version of the secret, and what only it opens",
  "bastide:keymanager:Key": "everything that it encrypts, for good",
  "kubernetes:core/v1:Namespace": "everything in the namespace",
  "kubernetes:core/v1:PersistentVolume": "what is on the volume",
  "kubernetes:core/v1:PersistentVolumeClaim": "what is on the volume",
  "kubernetes:core/v1:Secret": "the secret",
};

/** Modules of Scaleway's types of which the ones above are all that hold data. */
export const MODULES_TOLD: readonly string[] = [
  ...[
    "account",
    "annotations",
    "applesilicon",
    "autoscaling",
    "billing",
    "block",
    "containers",
    "databases",
    "datalab",
  ],
  ...["datawarehouse", "domain", "edgeservices", "elasticmetal", "functions", "hosting", "iam", "index", "inference"],
  ...["instance", "interlink", "iot", "ipam", "job", "kafka", "keymanager", "kubernetes", "loadbalancers", "mnq"],
  ...["mongodb", "network", "object", "observability", "opensearch", "redis", "registry", "s2svpn", "secrets", "tem"],
];

/**
 * Packages beside Scaleway's of which the types above are all that hold data. `random` makes values that are kept elsewhere:
 * what they open is lost with the secret or key that holds them.
 */
export const PACKAGES_TOLD: readonly string[] = ["bastide", "kubernetes", "pulumi", "random"];
