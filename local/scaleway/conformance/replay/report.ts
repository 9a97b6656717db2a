import { byKey } from "../../../../kernel/order.ts";
import { SERVICES } from "../service.ts";
import { KNOWN } from "./known.data.ts";
import { recordingsOf } from "./recordings.ts";
import { type Replayed, replay } from "./replay.ts";
import { type Gap, type Tally, tally } from "./tally.ts";

/** What the replay of the recordings came to, API by API. */
export interface ReplayReport {
  readonly schema: "bastide.replay/1";
  /** Digest of the sources that were judged. */
  readonly sources: string;
  readonly recordings: number;
  readonly apis: readonly ApiReport[];
}

export interface ApiReport extends Omit<Tally, "gaps"> {
  readonly api: string;
  readonly gaps: readonly ReportedGap[];
}

export interface ReportedGap {
  /** `kind operation what` */
  readonly gap: string;
  readonly times: number;
  /** Where it is first seen: recording and number of the request in it. */
  readonly first: string;
  /** Undefined: nobody has said why, and the test fails. */
  readonly reason?: string;
}

const gapText = ({ kind, operation, what }: Gap): string => `${kind} ${operation} ${what}`;
export const reasonOf = (gap: string): string | undefined => KNOWN.find((known) => known.gap.test(gap))?.reason;

function reported(gap: Gap): ReportedGap {
  const text = gapText(gap);
  const reason = reasonOf(text);
  return {
    gap: text,
    times: gap.times,
    first: `${gap.first.recording}#${gap.first.index}`,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Replays every recording of the services that conformance judges; requests to other APIs among them count as well. */
export async function replayAll(sources: string): Promise<ReplayReport> {
  const all: Replayed[] = [];
  let recordings = 0;
  for (const service of SERVICES)
    for (const recording of recordingsOf(service)) {
      recordings += 1;
      all.push(...(await replay(recording)));
    }
  const byApi = Map.groupBy(all, ({ operation }) => operation.split("/")[1] ?? "");
  const apis = [...byApi].sort(byKey(([api]) => api)).map(([api, replayed]): ApiReport => {
    const { gaps, ...counts } = tally(replayed);
    return { api, ...counts, gaps: gaps.map(reported) };
  });
  return { schema: "bastide.replay/1", sources, recordings, apis };
}

const share = (part: number, whole: number): string => (whole === 0 ? "–" : `${part} of ${whole}`);

/** The table of the README: what agrees, then every reason for what does not. */
export function renderReplay({ apis, recordings }: ReplayReport): string {
  const rows = apis.map(
    (a) =>
      `| ${a.api} | ${a.requests} | ${share(a.sameStatus, a.requests)} | ${share(a.sameShape, a.answers)} | ${share(a.sameError, a.refusals)} |`,
  );
  const total = (key: "requests" | "sameStatus" | "answers" | "sameShape" | "refusals" | "sameError"): number =>
    apis.reduce((sum, a) => sum + a[key], 0);
  const sums = `| all ${recordings} recordings | ${total("requests")} | ${share(total("sameStatus"), total("requests"))} | ${share(total("sameShape"), total("answers"))} | ${share(total("sameError"), total("refusals"))} |`;
  const reasons = new Map<string, number>();
  for (const { reason = "UNEXPLAINED", times } of apis.flatMap((a) => a.gaps))
    reasons.set(reason, (reasons.get(reason) ?? 0) + times);
  return [
    "| API | requests | same status | same fields and types | same refusal |",
    "|---|---|---|---|---|",
    ...rows,
    sums,
    "",
    "Differences, by reason (details in `conformance/replay.json`):",
    "",
    ...[...reasons].sort(([, a], [, b]) => b - a).map(([reason, times]) => `- ${times}: ${reason}`),
  ].join("\n");
}
