import { Environment, type ParseResult } from "@marcbachmann/cel-js";
import { contains, parseCidr } from "../../../../kernel/cidr.ts";

/**
 * Conditions of IAM rules: CEL expressions over the request, and over the resource where its product supports that
 * (Scaleway, "Understanding policy conditions", "Request-level conditions", "Resource-level conditions"). All standard
 * functions, and Scaleway's own `inIpRange(address, range)`.
 */
export interface ConditionContext {
  readonly request: {
    readonly ip: string;
    readonly time: Date;
    /** At most its first 255 characters count. */
    readonly userAgent: string;
  };
  /** Absent when the call is about no single resource: lists, creations, products without resource-level conditions. */
  readonly resource?: { readonly id: string; readonly name: string; readonly locality: string };
}

const USER_AGENT_LENGTH = 255;

function inIpRange(address: string, range: string): boolean {
  const [one, many] = [parseCidr(address), parseCidr(range)];
  return one !== undefined && many !== undefined && contains(many, one);
}

const language = new Environment({ unlistedVariablesAreDyn: false })
  .registerVariable("request", "map")
  .registerVariable("resource", "map")
  .registerFunction("inIpRange(string, string): bool", inIpRange);

/** A policy is asked about at every call: each expression is parsed once. */
const parsed = new Map<string, ParseResult>();

function parse(condition: string): ParseResult {
  const known = parsed.get(condition) ?? language.parse(condition);
  parsed.set(condition, known);
  return known;
}

/** What is wrong with the form of an expression. As the real API does, only the syntax is looked at, not the sense. */
export function conditionFault(condition: string): string | undefined {
  if (condition === "") return undefined;
  try {
    parse(condition);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}

/** Whether a rule applies. No condition always holds; one that cannot be evaluated, or is no truth value, never does. */
export function conditionHolds(condition: string, { request, resource }: ConditionContext): boolean {
  if (condition === "") return true;
  try {
    return (
      parse(condition)({
        request: {
          ip: request.ip,
          time: request.time,
          user_agent: request.userAgent.slice(0, USER_AGENT_LENGTH),
        },
        resource: resource === undefined ? {} : { ...resource },
      }) === true
    );
  } catch {
    // `resource.id` of a list is such a case: "breaks listing actions", says the documentation.
    return false;
  }
}
