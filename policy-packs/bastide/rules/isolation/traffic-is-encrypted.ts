import { decide } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

export const trafficIsEncrypted = resourceRule({
  id: "NET-08",
  title: "traffic is encrypted up to the server that answers, by modern suites and verified certificates",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "SNC:10.2.a",
    "SNC:10.2.c",
    "TLS:R3",
    "TLS:R4",
    "IR:9.2.b",
    "ISO:A.8.24",
    "ISO:A.8.21",
    "SRM:K",
    "CNILG:10.1",
  ],
  rationale:
    "A load balancer that ends TLS sends clear text on unless it is told to encrypt again, and then believes any certificate if told " +
    "so. Its default level still takes old suites; Redis speaks clear text until `tlsEnabled`, which can't be changed later.",
  remedy:
    "Set `sslCompatibilityLevel: ssl_compatibility_level_modern`, a certificate and port 443 on frontends, `sslBridging: true` without " +
    "`ignoreSslServerVerify` on backends, `tlsEnabled: true` on Redis, `spec.tls` on an Ingress.",
  judgeOne: (resource) =>
    resource.facts.flatMap((fact) =>
      fact.kind === "transport"
        ? fact.checks.map(({ property, value, got, want }) =>
            decide({ subject: resource.urn, property, want }, value, (encrypted) => encrypted, got),
          )
        : [],
    ),
});
