/** The APIs of Scaleway's Go SDK that the local Scaleway answers, as folders of the SDK, with what the README calls them. */
export const REFERENCE_APIS: Readonly<Record<string, string>> = {
  "account/v3": "Account",
  "iam/v1alpha1": "IAM",
  "vpc/v2": "VPC",
  "vpcgw/v2": "Public Gateways",
  "ipam/v1": "IPAM",
  "key_manager/v1alpha1": "Key Manager",
  "secret/v1beta1": "Secret Manager",
  "k8s/v1": "Kubernetes (Kapsule)",
  "registry/v1": "Container Registry",
  "instance/v1": "Instances",
  "marketplace/v2": "Marketplace",
  "block/v1": "Block Storage",
  "file/v1alpha1": "File Storage",
  "cockpit/v1": "Cockpit",
  "audit_trail/v1alpha1": "Audit Trail",
};
