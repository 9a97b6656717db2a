import { beforeAll, describe, expect, it } from "vitest";
import type { Bench } from "../../cli/judge/trusted-place.ts";
import type { RawEstate, RawObject } from "../../judge/facts/raw.ts";
import { REVIEW_RENDERERS } from "../../judge/review/render/renderers.ts";
import { reviewOf } from "../../judge/review/review.ts";
import { gatedRehearsal, rehearsalBench } from "../harness/gated.ts";
import { type EstateMutation, mutated, targetOf } from "../harness/mutations.ts";
import { T } from "../harness/types.ts";

/**
 * What a reviewer reads of three merge requests that looked harmless, as the comment stands in `test/golden/reviews`: who sees nothing
 * else has to be able to say what became possible. `npx vitest run --update=true test/unit/review-golden.test.ts` writes them anew.
 */
let estate: RawEstate;
let bench: Bench;
/** The program dates its credentials by the clock, so the judge looks at the same one. */
const now = new Date().toISOString();
beforeAll(async () => {
  estate = await gatedRehearsal();
  bench = await rehearsalBench();
}, 150_000);

const commentOn = (head: RawEstate): string => {
  const { law, rules } = bench;
  const side = (name: string, of: RawEstate) => ({ name, estate: of, law, rules });
  const review = reviewOf(side("main", estate), side("request", head), { now, trusted: { law, rules } });
  return REVIEW_RENDERERS.markdown.render({ review, version: "0.1.0", artefact: "Pulumi.yaml" });
};

/** The statements of a bucket's policy, and one more. */
const andAlso = (bucketPolicy: string, statement: RawObject): string => {
  const { policy } = targetOf(estate, [T.bucketPolicy, bucketPolicy]).inputs;
  const document = JSON.parse(String(policy));
  return JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
};

interface Request {
  readonly title: string;
  readonly changes: () => readonly EstateMutation[];
}

const REQUESTS: Readonly<Record<string, Request>> = {
  "night-on-call": {
    title: "Let the on-call engineer reach the cluster from home",
    changes: () => [
      { name: "nodes", on: [T.pool, "cluster-fr-par-general-1"], set: { publicIpDisabled: false } },
      { name: "api", on: [T.aclOf, "cluster-fr-par-acl"], set: { aclRules: [{ ip: "0.0.0.0/0" }] } },
      { name: "bastion", on: [T.gateway, "bastion-fr-par-gateway"], set: { allowedIpRanges: ["0.0.0.0/0"] } },
    ],
  },
  "partner-dashboard": {
    title: "Read access for the partner's dashboard",
    changes: () => [
      {
        name: "bucket",
        on: [T.bucketPolicy, "domain-snds-base-tables-policy"],
        set: {
          policy: andAlso("domain-snds-base-tables-policy", {
            Effect: "Allow",
            Principal: "*",
            Action: ["s3:GetObject"],
            Resource: ["bastide-rehearsal-domain-snds-base-tables/*"],
          }),
        },
      },
      {
        name: "keys",
        on: [T.policy, "identity-policy-image-puller"],
        set: { "rules.0.permissionSetNames": ["ContainerRegistryReadOnly", "KeyManagerFullAccess"] },
      },
    ],
  },
  "storage-bill": {
    title: "Halve the storage bill",
    changes: () => [
      {
        name: "lock",
        on: [T.bucketLock, "observability-fr-par-audit-log-lock"],
        set: { "rule.defaultRetention.mode": "GOVERNANCE" },
      },
      {
        name: "versions",
        on: [T.bucket, "domain-snds-base-landing"],
        set: { versioning: { enabled: false } },
      },
      { name: "encryption", on: [T.encryption, "domain-snds-base-tables-encryption"], set: { rules: [] } },
      { name: "region", on: [T.bucket, "domain-snds-base-backup"], set: { region: "nl-ams" }, step: "replace" },
    ],
  },
};

describe.each(Object.entries(REQUESTS))("%s", (name, { changes }) => {
  it("reads as the comment that is kept", async () => {
    const head = changes().reduce((so, change) => mutated(so, change).estate, estate);
    const comment = commentOn(head);
    await expect(comment).toMatchFileSnapshot(`../golden/reviews/${name}.md`);
  });
});

it("a merge request that changes nothing in meaning gets no line", () => {
  const comment = commentOn(estate);
  expect(comment).not.toMatch(/^[-|*] /m);
});
