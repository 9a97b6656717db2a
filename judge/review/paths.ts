import { type Connection, connections } from "../graph/reach.ts";
import { trafficText } from "../graph/traffic-text.ts";
import { type Change, NOT_KNOWN } from "./change.ts";
import { type Meaning, meaning } from "./meaning.ts";
import type { Seen } from "./seen.ts";

/**
 * Which pairs can talk, as the graph proves it: one meaning for each source and target, with its traffic as value and the
 * shortest way as witness. What is only open because something is not known yet is told as not known.
 */
export const paths = ({ estate }: Seen): readonly Meaning[] => {
  const { connections: found, limits } = connections(estate);
  const capped = limits.length === 0 ? [] : [limitMeaning];
  return [...found.map(pathOf), ...capped];
};

const limitMeaning: Meaning = meaning("unknown", "paths not followed to their end", true, {
  subject: "stack",
  property: "",
});

const pathOf = ({ from, to, traffic, path, ground }: Connection): Meaning =>
  meaning("path", "can reach", ground === "unresolved" ? NOT_KNOWN : trafficText(traffic), {
    subject: from,
    target: to,
    property: path.at(-1)?.property ?? "",
    path: path.map((hop) => hop.by).filter((urn, i, all) => urn !== all[i - 1]),
  });

/**
 * The shortest way through a filter may pass a rule that was there before. Where the change added one accepting rule to that filter, it is that one which
 * widened the way.
 */
export function openers(changes: readonly Change[]): readonly Change[] {
  const added = new Map<string, string[]>();
  for (const { topic, aspect, subject, property, before, after } of changes) {
    if (topic !== "exposure" || aspect !== "network ACL accepts" || before !== undefined || after === undefined)
      continue;
    added.set(subject, [...(added.get(subject) ?? []), property]);
  }
  return changes.map((change) => {
    const filter =
      change.topic === "path" && change.after !== undefined ? change.path.find((by) => added.has(by)) : undefined;
    const [only, ...more] = filter === undefined ? [] : (added.get(filter) ?? []);
    return only === undefined || more.length > 0 || filter !== change.path.at(-1)
      ? change
      : { ...change, property: only };
  });
}
