import { describe, expect, it } from "vitest";
import { type ConditionContext, conditionFault, conditionHolds } from "../../local/scaleway/services/iam/conditions.ts";

/** A Tuesday, 10:00 in Paris. */
const request = { ip: "192.0.2.1", time: new Date("2026-11-24T09:00:00Z"), userAgent: "terraform/1.11 provider" };
const resource = { id: "0f0e0d0c-0000-4000-8000-000000000001", name: "/folder/secret", locality: "fr-par" };

/** Expression, whether it holds for a request alone, whether it holds for one about the resource. */
const TABLE: readonly (readonly [string, boolean, boolean])[] = [
  ["", true, true],
  ["1 == 1", true, true],
  ["1 == 2", false, false],
  ['request.ip == "192.0.2.1"', true, true],
  ['inIpRange(request.ip, "192.0.2.0/27")', true, true],
  ['inIpRange(request.ip, "192.0.2.32/27")', false, false],
  ['inIpRange(request.ip, "198.51.100.0/24") || inIpRange(request.ip, "192.0.2.0/24")', true, true],
  ['inIpRange(request.ip, "2001:db8::/32")', false, false],
  ['inIpRange(request.ip, "no range")', false, false],
  ["request.user_agent.contains('terraform/')", true, true],
  ['request.user_agent == "My User Agent"', false, false],
  ['request.time.getHours("Europe/Paris") >= 8 && request.time.getHours("Europe/Paris") < 17', true, true],
  ["request.time.getDayOfWeek() == 0 || request.time.getDayOfWeek() == 6", false, false],
  ['request.time < timestamp("2027-01-01T00:00:00Z")', true, true],
  ["!(request.time.getFullYear() < 2020)", true, true],
  // No resource: what asks about one is not met, unless it says so itself.
  [`resource.id == "${resource.id}"`, false, true],
  [`resource.id == "${resource.id}" || !has(resource.id)`, true, true],
  ['resource.name.startsWith("/folder/")', false, true],
  ['resource.locality == "fr-par"', false, true],
  ['resource.id == "another" && inIpRange(request.ip, "192.0.2.0/24")', false, false],
  // Not evaluable, or no truth value: never met.
  ["request.ip", false, false],
  ["request.nothing == 1", false, false],
  ["unknown == 1", false, false],
  ["((", false, false],
];

describe("conditions of IAM rules", () => {
  it.each(TABLE)("%s", (text, alone, about) => {
    expect(conditionHolds(text, { request })).toBe(alone);
    expect(conditionHolds(text, { request, resource })).toBe(about);
  });

  it("see 255 characters of the user agent", () => {
    const long: ConditionContext = { request: { ...request, userAgent: `${"a".repeat(255)}terraform/` } };
    expect(conditionHolds("request.user_agent.contains('terraform/')", long)).toBe(false);
  });

  it("are refused for their syntax alone", () => {
    expect(conditionFault("((")).toBeDefined();
    expect(conditionFault('resource.name == "a" && resource.name == "b"')).toBeUndefined();
    expect(conditionFault("")).toBeUndefined();
  });
});
