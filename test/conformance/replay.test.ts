import { beforeAll, describe, expect, it } from "vitest";
import { filledIn, publishedReadme, publishedReplay } from "../../local/scaleway/conformance/publish.ts";
import { KNOWN } from "../../local/scaleway/conformance/replay/known.data.ts";
import { type ReplayReport, renderReplay, replayAll } from "../../local/scaleway/conformance/replay/report.ts";

/** Every recorded request of the JSON API, sent again: what differs is explained, and every explanation is needed. */
let report: ReplayReport;
beforeAll(async () => {
  report = await replayAll("");
}, 300_000);

const gaps = () => report.apis.flatMap(({ gaps: all }) => all);

describe("recorded traffic", () => {
  it("is replayed as a whole", () => {
    expect(report.recordings).toBeGreaterThan(400);
    expect(report.apis.reduce((sum, { requests }) => sum + requests, 0)).toBeGreaterThan(14_000);
  });

  it("is answered as it was, but for what has a reason", () => {
    expect(gaps().filter(({ reason }) => reason === undefined)).toEqual([]);
  });

  it("needs every reason that is given", () => {
    expect(
      KNOWN.filter(({ gap }) => !gaps().some((found) => gap.test(found.gap))).map(({ gap }) => String(gap)),
    ).toEqual([]);
  });

  it("comes out as the published table says (npm run conformance -- --replay)", () => {
    expect(publishedReplay().apis).toEqual(JSON.parse(JSON.stringify(report.apis)));
    const readme = publishedReadme();
    expect(filledIn(readme, "replay", renderReplay(report))).toBe(readme);
  });
});
