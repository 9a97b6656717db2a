import { daysBetween } from "../dates.ts";
import { crossesRegions, TIER_FLOWS } from "../flows.ts";
import { check, expired, repeatedNames } from "./check.ts";

/** Flows between networks, dated windows to the outside, and the link between regions. */

const LONGEST_FLOW_DAYS = 730;
const LONGEST_WINDOW_DAYS = 90;

export const flowChecks = [
  check(["flows"], ({ flows }) =>
    repeatedNames(
      "flows",
      flows.map((flow) => flow.name),
    ),
  ),

  check(["flows", "regions", "synthetic"], ({ flows, regions, synthetic }, { today }) =>
    flows.flatMap((flow, index) => {
      const path = `flows.${index}`;
      const within = flow.from.region === flow.to.region && flow.from.tier === flow.to.tier;
      const tooLong = !synthetic && flow.until !== undefined && daysBetween(today, flow.until) > LONGEST_FLOW_DAYS;
      return [
        ...(["from", "to"] as const).map((end) =>
          regions.includes(flow[end].region)
            ? undefined
            : {
                code: "settings.region-outside",
                path: `${path}.${end}.region`,
                got: flow[end].region,
                want: `one of ${regions.join(", ")}`,
                fix: "choose a region of this environment",
              },
        ),
        TIER_FLOWS.some((builtIn) => flow.name.startsWith(`${builtIn.name}-`))
          ? {
              code: "settings.name-reserved",
              path: `${path}.name`,
              got: flow.name,
              want: "a name that no built-in flow has",
              fix: "rename it",
            }
          : undefined,
        within
          ? {
              code: "settings.flow-within-network",
              path,
              got: `${flow.from.tier} to itself in ${flow.from.region}`,
              want: "two different networks",
              fix: "remove it: Scaleway does not filter traffic inside a private network",
            }
          : undefined,
        flow.from.tier === "dmz"
          ? {
              code: "settings.flow-inward",
              path: `${path}.from.tier`,
              got: `dmz opening connections to ${flow.to.tier}`,
              want: "connections opened from inside",
              fix: "turn the flow round, or end it in dmz",
            }
          : undefined,
        flow.ports[0] > flow.ports[1]
          ? {
              code: "settings.flow-ports",
              path: `${path}.ports`,
              got: flow.ports.join(" to "),
              want: "the lower port first",
              fix: "swap them",
            }
          : undefined,
        crossesRegions(flow) && flow.until === undefined
          ? {
              code: "settings.flow-undated",
              path: `${path}.until`,
              got: "no end",
              want: "a last day: the flow joins two regions",
              fix: `set a day within ${LONGEST_FLOW_DAYS} days`,
            }
          : undefined,
        flow.until === undefined ? undefined : expired(path, flow.until, today),
        tooLong
          ? {
              code: "settings.flow-too-long",
              path: `${path}.until`,
              got: `${flow.until}`,
              want: `at most ${LONGEST_FLOW_DAYS} days from ${today}`,
              fix: "review the flow every two years",
            }
          : undefined,
      ];
    }),
  ),

  check(["windows"], ({ windows }, { today }) => [
    ...repeatedNames(
      "windows",
      windows.map((window) => window.name),
    ),
    ...windows.flatMap((window, index) => [
      expired(`windows.${index}`, window.until, today),
      daysBetween(today, window.until) > LONGEST_WINDOW_DAYS
        ? {
            code: "settings.window-too-long",
            path: `windows.${index}.until`,
            got: window.until,
            want: `at most ${LONGEST_WINDOW_DAYS} days from ${today}`,
            fix: "open it for the next transfer only, then renew it",
          }
        : undefined,
    ]),
  ]),

  check(["link", "regions"], ({ link, regions }) =>
    Object.keys(link.routers).map((region) =>
      regions.includes(region)
        ? undefined
        : {
            code: "settings.region-outside",
            path: `link.routers.${region}`,
            got: region,
            want: `one of ${regions.join(", ")}`,
            fix: "name a region of this environment",
          },
    ),
  ),
];
