import { createHmac } from "node:crypto";
import { z } from "zod";
import { stampOf } from "../../core/clock.ts";
import type { Kind } from "../../core/collection.ts";
import { filtered, ordered, page, param, parseInput, type Route } from "../../core/routes.ts";
import { organizationOf } from "./organization.ts";
import { USER } from "./users.ts";

/**
 * IAM v1alpha1: JSON web tokens, which consoles of people carry. They are made, listed and revoked; no call here is signed with
 * one, since nobody signs in to a console.
 */
const schema = z.object({
  id: z.string(),
  issuer_id: z.string(),
  audience_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  expires_at: z.string(),
  ip: z.string(),
  user_agent: z.string(),
  secret: z.string(),
});
type Session = z.infer<typeof schema>;

const SESSION: Kind<Session> = {
  kind: "iam.jwt",
  resource: "jwt",
  schema,
  place: (s) => ({ locality: "global", project: "", name: s.audience_id }),
};

const view = ({ id, secret: _, ...session }: Session): unknown => ({ jti: id, ...session });
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token in the compact form of RFC 7515, signed with a secret that is nobody else's. */
function encoded(session: Session, use: "token" | "renewal"): string {
  const seconds = (instant: string): number => Math.floor(Date.parse(instant) / 1000);
  const { id, issuer_id, audience_id, created_at, expires_at } = session;
  const claims = { jti: id, iss: issuer_id, aud: audience_id, iat: seconds(created_at), exp: seconds(expires_at), use };
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", session.secret).update(signed).digest("base64url")}`;
}

const PATH = "/iam/v1alpha1/jwts";

export const sessionRoutes: readonly Route[] = [
  {
    method: "POST",
    path: PATH,
    handle: (call) => {
      const { platform, caller, request } = call;
      const { user_id } = parseInput(z.object({ user_id: z.string(), referrer: z.string().default("") }), call.input);
      const now = platform.clock.stamp();
      const lasts = Number(organizationOf(platform).settings.max_login_session_duration.replace(/s$/, "")) * 1000;
      const session = platform.collection(SESSION).put({
        id: platform.ids.uuid(),
        issuer_id: caller.id,
        audience_id: platform.collection(USER).must(user_id).id,
        created_at: now,
        updated_at: now,
        expires_at: stampOf(platform.clock.now() + lasts),
        ip: request.ip,
        user_agent: request.userAgent,
        secret: platform.ids.hex(32),
      });
      return { jwt: view(session), token: encoded(session, "token"), renew_token: encoded(session, "renewal") };
    },
  },
  {
    method: "GET",
    path: PATH,
    handle: (call) => {
      const kept = filtered(call, call.platform.collection(SESSION).all(), {
        audience_id: (s, v) => s.audience_id === v,
        expired: (s, v) => String(Date.parse(s.expires_at) <= call.platform.clock.now()) === v,
      });
      return page(call, "jwts", ordered(call, kept).map(view));
    },
  },
  {
    method: "GET",
    path: `${PATH}/:id`,
    handle: (call) => view(call.platform.collection(SESSION).must(param(call, "id"))),
  },
  {
    method: "DELETE",
    path: `${PATH}/:id`,
    handle: (call) => {
      const sessions = call.platform.collection(SESSION);
      sessions.remove(sessions.must(param(call, "id")).id);
      return undefined;
    },
  },
];
