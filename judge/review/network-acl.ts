import type { AclArgs } from "@pulumiverse/scaleway/network/index.js";
import { allKnown, type Known, mapKnown } from "../../kernel/known.ts";
import type { Item } from "../facts/plain.ts";
import type { Reader } from "../facts/reader.ts";
import { type Meaning, members, opening, valued } from "./meaning.ts";
import type { Seen } from "./seen.ts";

type RuleReader = Reader<Item<AclArgs, "rules">>;

/** What the filters between the private networks of a VPC accept; their order is told only where it can decide. */
export const networkAcls = (seen: Seen): readonly Meaning[] =>
  seen.of<AclArgs>("scaleway:network/acl:Acl").flatMap(({ resource, read }) => {
    const subject = resource.urn;
    const accepts = mapKnown(read.text("defaultPolicy"), (policy) => policy !== "drop");
    const rules = read.list("rules");
    const byDefault = opening("exposure", "accepts what no rule names", accepts, {
      subject,
      property: "defaultPolicy",
    });
    if (!rules.known)
      return [...byDefault, ...members("exposure", "network ACL accepts", rules, { subject, property: "rules" })];
    const lines = rules.value.map((rule) => ({ rule, line: ruleLine(rule), action: rule.text("action") }));
    const accepted = lines.flatMap(({ rule, line, action }) =>
      members(
        "exposure",
        "network ACL accepts",
        action.known ? mapKnown(line, (text) => (action.value === "accept" ? [text] : [])) : action,
        { subject, property: rule.path("action").replace(/\.action$/, "") },
      ),
    );
    return [...byDefault, ...accepted, ...orderOf(subject, lines)];
  });

/** As long as all rules accept and the rest is dropped, or the other way round, order decides nothing. */
function orderOf(
  subject: string,
  lines: readonly { readonly line: Known<string>; readonly action: Known<string | undefined> }[],
): readonly Meaning[] {
  const actions = new Set(lines.map(({ action }) => (action.known ? action.value : undefined)));
  if (actions.size < 2) return [];
  const order = mapKnown(
    allKnown(lines.map(({ line, action }) => mapKnown(line, (text) => `${action.known ? action.value : "?"} ${text}`))),
    (texts) => texts.join("; "),
  );
  return valued("exposure", "network ACL decides in order", order, { subject, property: "rules" });
}

const ruleLine = (rule: RuleReader): Known<string> =>
  mapKnown(
    allKnown<unknown>([
      rule.text("protocol"),
      rule.text("source"),
      rule.text("destination"),
      rule.count("dstPortLow"),
      rule.count("dstPortHigh"),
      rule.count("srcPortLow"),
      rule.count("srcPortHigh"),
    ]),
    ([protocol, source, destination, low, high, srcLow, srcHigh]) =>
      `${text(protocol, "every protocol")} ${text(source, "any")}${ports(srcLow, srcHigh)} to ${text(destination, "any")}${ports(low, high)}`,
  );

const text = (value: unknown, absent: string): string => (value === undefined || value === "" ? absent : String(value));

const ports = (low: unknown, high: unknown): string => {
  if (low === undefined || low === 0) return "";
  return high === undefined || high === low ? `:${String(low)}` : `:${String(low)}-${String(high)}`;
};
