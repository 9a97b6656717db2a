/** Why programs of the documentation fail here, by what Terraform says of which. The first that fits counts. */
export const KNOWN: readonly { readonly name?: RegExp; readonly said: RegExp; readonly reason: string }[] = [
  { said: /http error 501 Not Implemented/, reason: "asks for a service that is not built: answers 501" },
  {
    name: /_ip_reverse_dns 1/,
    said: /operation canceled/,
    reason: "asks for a service that is not built: the provider waits for a record of a DNS zone",
  },
  { said: /is no longer supported/, reason: "the provider itself no longer has the resource" },
  { said: /reverse is invalid for unexpected reason/, reason: "needs a public name that resolves" },
  { said: /public_key does not respect constraint/, reason: "has a placeholder where a public SSH key belongs" },
  {
    said: /with ID (11111111-1111-1111-1111-111111111111|SCWABCDEFGHIJKLMNOPQ)? ?is not found|^Error: no [\w ]+ found (with|matching)|bucket\.test\.com/,
    reason: "names something that its reader has",
  },
  { said: /no such file or directory/, reason: "takes a file that its reader has" },
  { said: /resource version with ID 1\.26\.0 is not found/, reason: "asks for a version that is no longer offered" },
  {
    name: /key_manager_verify/,
    said: /digest does not respect constraint/,
    reason: "has a placeholder where a digest belongs",
  },
  { said: /Output refers to sensitive values/, reason: "Terraform itself refuses to print a secret" },
  { name: /ipam_ip 3/, said: /at least one of `ip_net`/, reason: "the provider itself misses an argument" },
  { said: /InvalidBucketName/, reason: "gives a bucket a name with capital letters" },
  {
    name: /object_bucket_policy \d/,
    said: /GetBucketCors.*403/,
    reason: "a bucket's policy shuts out whom it does not name, here whoever applies it",
  },
  { said: /cannot have less than 1 node/, reason: "the provider itself refuses a pool without a node" },
  {
    name: /k8s_pool/,
    said: /1 to add, 0 to change, 1 to destroy/,
    reason: "the provider itself replaces a pool whose name it drew",
  },
  { name: /instance_server 4/, said: /is not found/, reason: "names an image that its author has, by id" },
  {
    name: /instance_image 1/,
    said: /volume_type does not respect constraint/,
    reason: "asks for a kind of volume that Instances no longer make",
  },
  {
    name: /instance_private_nic 2/,
    said: /Plugin did not respond/,
    reason: "the provider itself crashes while it plans it",
  },
  {
    name: /instance_security_group_rules 3/,
    said: /1 to change/,
    reason: "holds the rules of one group in two places, and lacks the argument that allows it",
  },
  {
    name: /ipam_ip_reverse_dns/,
    said: /no ip found/,
    reason: "IPAM shows public IPv6 addresses of servers; here the Instance API alone has them",
  },
];
