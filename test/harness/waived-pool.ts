import { UNKNOWN } from "../../judge/facts/raw.ts";
import { raw, tagList } from "./raw.ts";
import { T } from "./types.ts";

/** A pool whose nodes have public addresses, sound in everything else, and the waiver that excuses it. */
export const POOL = raw(T.pool, "p", {
  zone: "fr-par-1",
  region: "fr-par",
  tags: tagList(),
  clusterId: UNKNOWN,
  securityGroupId: "fr-par-1/g",
});
export const GROUP = raw(
  T.group,
  "g",
  {
    zone: "fr-par-1",
    projectId: UNKNOWN,
    tags: tagList(),
    inboundDefaultPolicy: "drop",
    outboundDefaultPolicy: "drop",
  },
  { id: "fr-par-1/g" },
);
export const WAIVER = {
  schema: "bastide.waiver/1",
  environment: "rehearsal",
  rule: "NET-01",
  subject: POOL.urn,
  reason: "public address until the gateway is there",
  owner: "platform",
  author: "alice",
  approver: "security",
  issued: "2026-11-23",
  expires: "2026-12-20",
};
