import type { Estate } from "../../../../judge/facts/estate.ts";
import type { RawStep } from "../../../../judge/facts/raw.ts";
import { canonicalType } from "../../../../judge/facts/type-name.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { fail, pass, type Result } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";

/** What is lost with a resource, by the service that holds it: data, keys, records, or the wall itself. */
const HOLDS: readonly (readonly [prefix: string, what: string])[] = [
  ["bastide:keymanager:", "a key, and all that it encrypts"],
  ["bastide:audittrail:", "the audit record"],
  ["scaleway:keymanager/", "a key, and all that it encrypts"],
  ["scaleway:secrets/", "a secret"],
  ["scaleway:object/", "stored objects, or what protects them"],
  ["scaleway:databases/", "a database"],
  ["scaleway:mongodb/", "a database"],
  ["scaleway:redis/", "a database"],
  ["scaleway:opensearch/", "a database"],
  ["scaleway:kafka/", "messages"],
  ["scaleway:datawarehouse/", "a database"],
  ["scaleway:block/", "a volume"],
  ["scaleway:index/fileFilesystem:", "a file system"],
  ["scaleway:instance/volume:", "a volume"],
  ["scaleway:instance/snapshot:", "a volume's copy"],
  ["scaleway:instance/image:", "a server's copy"],
  ["scaleway:instance/securityGroup", "a filter"],
  ["scaleway:elasticmetal/", "what is on the disks of a server"],
  ["scaleway:datalab/", "notebooks and their files"],
  ["scaleway:mnq/sqsQueue", "messages"],
  ["scaleway:observability/", "logs, or who is told of them"],
  ["scaleway:network/", "a network, or what filters it"],
  ["scaleway:kubernetes/", "a cluster, its volumes, or its wall"],
  ["scaleway:registry/", "images"],
  ["kubernetes:core/v1:PersistentVolume", "a volume"],
  ["kubernetes:networking.k8s.io/", "a network policy"],
];

/** What the loss of a type takes with it; `undefined` for what can be made again without a trace. */
const lossOf = (type: string): string | undefined =>
  HOLDS.find(([prefix]) => canonicalType(type).startsWith(prefix))?.[1];

const isLoss = ({ op }: RawStep): boolean => op === "delete" || op === "replace";

function judgeStep(step: RawStep, law: Law, now: string): readonly Result[] {
  const what = lossOf(step.type);
  if (!isLoss(step) || what === undefined) return [];
  const about = {
    subject: step.urn,
    property: "plan",
    want: "a consent that names this URN",
    path: step.replaceReasons,
  };
  const consent = law.consents.find((c) => c.destroy.includes(step.urn) && Date.parse(c.expires) > Date.parse(now));
  return consent === undefined
    ? [fail(about, `${step.op}: ${what}`)]
    : [pass({ ...about, proof: "declared" }, `${step.op}, agreed to by ${consent.owner} until ${consent.expires}`)];
}

const judgeSteps = ({ steps }: Estate, law: Law, now: string): readonly Result[] =>
  (steps ?? []).flatMap((step) => judgeStep(step, law, now));

export const lossesAreAgreedTo = rule({
  id: "EVD-05",
  title: "nothing that holds data, keys, records or a wall is deleted or replaced without a consent that names it",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:12.2.a", "SNC:14.2.a", "IR:6.4.2", "ISO:A.8.32", "GDPR:32.1.b"],
  rationale:
    "A changed name or place turns an update into a replacement, and the replacement of a key or a bucket is the loss of what it " +
    "holds. It stands in the plan, one line among hundreds, and policy packs do not see it.",
  remedy:
    "Undo what forces the replacement (the path names the properties), or have the owner of the data write a consent that names the " +
    "URN, and pass it by `--consent FILE`.",
  needs: ["deletes"],
  judge: judgeSteps,
});
