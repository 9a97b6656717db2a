import * as pulumi from "@pulumi/pulumi";

/** What `kubernetes.core.v1.Service` registers. */
class Service extends pulumi.CustomResource {
  constructor(name: string, spec: pulumi.Inputs, annotations: Record<string, string>) {
    super("kubernetes:core/v1:Service", name, { metadata: { name, annotations }, spec });
  }
}

new Service(
  "trino",
  { type: "LoadBalancer", ports: [{ port: 443 }] },
  { "service.beta.kubernetes.io/scw-loadbalancer-private": "true" },
);
