import type { Manifest, ObjectSpec, PlatformSpec } from "../../blueprint/model/platform.ts";
import { planPlatformLayer } from "../../blueprint/plan.ts";
import { checkEnvironment } from "../../stacks/load.ts";
import type { SettingsInput } from "../../stacks/schema.ts";
import { rbacPasses } from "./envoy-rbac.ts";
import { load, NOW } from "./plans.ts";
import { list, type Tree, tree } from "./tree.ts";

export const platformOf = (name: string): PlatformSpec => planPlatformLayer(load(name));
export const platformOfSettings = (settings: SettingsInput): PlatformSpec =>
  planPlatformLayer(checkEnvironment(settings, { now: NOW }));

export const objectsOf = (platform: PlatformSpec): readonly ObjectSpec[] =>
  platform.regions.flatMap((region) => region.parts.flatMap((part) => part.objects));

export const manifestsOf = (platform: PlatformSpec): readonly Manifest[] =>
  objectsOf(platform).map(({ manifest }) => manifest);

/** What a request to a gateway of Envoy asks. */
export interface Request {
  readonly method: string;
  /** As sent, already normalised. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Envoy's choice of a route, written from its documentation of `config.route.v3.RouteMatch` and independent of the planner: the
 * first route whose path, headers and query parameters all match. Gives the route.
 */
export function routeFor(envoyJson: string, listener: string, request: Request): Tree | undefined {
  const hosts = list(tree(connectionManager(envoyJson, listener).route_config).virtual_hosts);
  return list(tree(hosts[0]).routes)
    .map(tree)
    .find((route) => matches(tree(route.match), request));
}

function connectionManager(envoyJson: string, listener: string): Tree {
  const found = list(tree(tree(JSON.parse(envoyJson)).static_resources).listeners)
    .map(tree)
    .find((it) => it.name === listener);
  return tree(tree(list(tree(list(tree(found).filter_chains)[0]).filters)[0]).typed_config);
}

function matches(match: Tree, request: Request): boolean {
  const path = typeof match.prefix === "string" ? request.path.startsWith(match.prefix) : request.path === match.path;
  const headers: Readonly<Record<string, string>> = { ":method": request.method, ...request.headers };
  return (
    path &&
    list(match.headers)
      .map(tree)
      .every((it) => holds(it, headers[String(it.name)])) &&
    list(match.query_parameters)
      .map(tree)
      .every((it) => holds(it, request.query?.[String(it.name)]))
  );
}

function holds(matcher: Tree, value: string | undefined): boolean {
  const is = (): boolean => {
    if (matcher.present_match === true) return value !== undefined;
    const text = tree(matcher.string_match);
    if (value === undefined) return false;
    if (typeof text.prefix === "string") return value.startsWith(text.prefix);
    if (typeof text.exact === "string") return value === text.exact;
    if (typeof text.contains === "string") return value.includes(text.contains);
    return new RegExp(`^(?:${String(tree(text.safe_regex).regex)})$`).test(value);
  };
  return matcher.invert_match === true ? !is() : is();
}

/** Whether a gateway passes a request on. @param at instant of the request. Default: that of the plan. */
export function passes(envoyJson: string, listener: string, request: Request, at = new Date(NOW)): boolean {
  const route = routeFor(envoyJson, listener, request);
  const filters = list(connectionManager(envoyJson, listener).http_filters);
  return route?.route !== undefined && rbacPasses(filters, route, at);
}
