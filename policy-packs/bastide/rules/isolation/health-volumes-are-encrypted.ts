import { mayHoldHealthData } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type {
  ClaimReading,
  ManifestFact,
  StorageClassFact,
  VolumeMadeFact,
} from "../../../../judge/facts/fact-kubernetes.ts";
import { namespaceLink, placed } from "../../../../judge/facts/kubernetes-scope.ts";
import { type About, fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import type { Known, Origin } from "../../../../kernel/known.ts";

/** Scaleway's driver encrypts with a passphrase or a Key Manager key when asked. Source: scaleway-csi, examples/kubernetes. */
const DRIVER = "csi.scaleway.com";
const isOn = (values: Readonly<Record<string, string>>): boolean => values.encrypted === "true";

/** Whether health data may be in a namespace: its label says otherwise, or nothing does. */
function mayBeHealth(object: ManifestFact, estate: Estate): Known<boolean> {
  const link = namespaceLink(object, estate);
  if (link.kind === "unknown") return { known: false, from: { property: link.property, suppliers: link.suppliers } };
  if (link.kind === "outside") return { known: true, value: true };
  const { labels } = link.fact;
  return labels.value.known
    ? { known: true, value: mayHoldHealthData(labels.value.value["data-class"]) }
    : labels.value;
}

function judgeClass(about: About, found: StorageClassFact): Result {
  const mine = { ...about, path: [found.urn] };
  const { provisioner, parameters } = found;
  if (!provisioner.value.known) return undecided(mine, provisioner.value.from);
  if (!parameters.value.known) return undecided(mine, parameters.value.from);
  const right = provisioner.value.value === DRIVER && isOn(parameters.value.value);
  const got = { provisioner: provisioner.value.value ?? null, encrypted: parameters.value.value.encrypted ?? null };
  return right ? pass(mine, got) : fail(mine, got);
}

function judgeClaim(claim: ClaimReading, object: ManifestFact, estate: Estate): readonly Result[] {
  const { property, value } = claim.storageClass;
  const about: About = { subject: object.urn, property, want: "a StorageClass of this estate with encryption on" };
  const health = mayBeHealth(object, estate);
  if (!health.known) return [undecided(about, health.from)];
  if (!health.value) return [notApplicable(object.urn, property, "a namespace of a class that holds no health data")];
  if (!value.known) return [undecided(about, value.from)];
  if (value.value === undefined) return [fail(about, "the cluster's default class")];
  if (value.value === "") return [judgeBound(claim, about, object, estate)];
  const classes = placed("storage-class", estate).filter((c) => c.object.cluster === object.cluster);
  const own = classes.find((c) => c.fact.name.known && c.fact.name.value === value.value);
  if (own !== undefined) return [judgeClass(about, own.fact)];
  const unclear: Origin | undefined = classes.flatMap((c) => (c.fact.name.known ? [] : [c.fact.name.from]))[0];
  return [undecided(about, unclear ?? { property, suppliers: [] })];
}

/** No class: a volume that somebody made by hand, which must be here and is judged itself. */
function judgeBound({ volume }: ClaimReading, about: About, object: ManifestFact, estate: Estate): Result {
  const mine = { ...about, property: volume.property, want: "a volume of this estate that is encrypted" };
  if (!volume.value.known) return undecided(mine, volume.value.from);
  const name = volume.value.value;
  const own = placed("persistent-volume", estate).find(
    (v) => v.object.cluster === object.cluster && v.fact.name.known && v.fact.name.value === name,
  );
  if (own === undefined) return undecided(mine, { property: volume.property, suppliers: [] });
  return judgeVolume(own.fact, mine);
}

function judgeVolume({ urn, driver, attributes }: VolumeMadeFact, about: About): Result {
  const mine = { ...about, path: [urn] };
  if (!driver.value.known) return undecided(mine, driver.value.from);
  if (!attributes.value.known) return undecided(mine, attributes.value.from);
  const right = driver.value.value === DRIVER && isOn(attributes.value.value);
  return right ? pass(mine, DRIVER) : fail(mine, driver.value.value ?? "storage without encryption of ours");
}

export const healthVolumesAreEncrypted = rule({
  id: "ISO-04",
  title: "volumes of health pods come from a storage class with encryption on",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SRM:S", "SRM:K", "SNC:10.1.a", "GDPR:32.1.a", "ISO:A.8.24"],
  rationale:
    "Scaleway leaves the encryption of block volumes to its customer. The class that a claim gets when it names none does not " +
    "encrypt, and neither does a volume made by hand.",
  remedy:
    'Declare a StorageClass with `provisioner: csi.scaleway.com` and `parameters: {encrypted: "true", …}` and name it in every claim; ' +
    "label namespaces without health data `data-class: technical`.",
  judge: (estate) => [
    ...placed("volume-claim", estate).flatMap(({ fact, object }) => judgeClaim(fact, object, estate)),
    ...placed("pod", estate).flatMap(({ fact, object }) => {
      const { volumes, at } = fact;
      const about = { subject: fact.urn, property: `${at}.volumes`, want: "volumes that are known" };
      if (!volumes.known) return [undecided(about, volumes.from)];
      return volumes.value.flatMap(({ source, at: where }) => {
        if (!source.known) return [undecided({ ...about, property: where }, source.from)];
        return source.value.kind === "template" ? judgeClaim(source.value.claim, object, estate) : [];
      });
    }),
  ],
});
