import { type Connection, connections } from "../graph/reach.ts";
import { trafficText } from "../graph/traffic-text.ts";
import { NOT_KNOWN } from "./change.ts";
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
