import type { Bucket } from "./bucket-table.ts";
import { wildcard } from "./condition.ts";
import { S3Error } from "./errors.ts";
import { XmlElement } from "./xml.ts";

type Headers = Readonly<Record<string, string | undefined>>;

/** What a browser asks of a bucket's CORS rules: may this origin do this, with these headers? */
interface Question {
  readonly origin: string;
  readonly method: string;
  readonly headers: readonly string[];
}

/** Answer headers for a preflight. No rule that fits, or no rules: refused. */
export function preflight(bucket: Bucket, headers: Headers): Readonly<Record<string, string>> {
  const origin = headers.origin;
  const method = headers["access-control-request-method"];
  if (origin === undefined || method === undefined) {
    throw new S3Error("InvalidRequest", { message: "Insufficient information. Origin request header needed." });
  }
  const asked = (headers["access-control-request-headers"] ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  const rule = ruleFor(bucket, { origin, method, headers: asked });
  if (rule === undefined) throw new S3Error("AccessForbidden");
  return {
    ...allowance(rule, origin),
    ...(asked.length === 0 ? {} : { "access-control-allow-headers": asked.join(", ") }),
    ...(rule.textOf("MaxAgeSeconds") === undefined
      ? {}
      : { "access-control-max-age": rule.textOf("MaxAgeSeconds") ?? "" }),
  };
}

/** Headers added to the answer of an actual cross-origin request; none when no rule fits. */
export function corsHeaders(
  bucket: Bucket | undefined,
  method: string,
  headers: Headers,
): Readonly<Record<string, string>> {
  const origin = headers.origin;
  if (bucket === undefined || origin === undefined) return {};
  const rule = ruleFor(bucket, { origin, method, headers: [] });
  return rule === undefined ? {} : allowance(rule, origin);
}

function ruleFor(bucket: Bucket, question: Question): XmlElement | undefined {
  const texts = (rule: XmlElement, name: string): readonly string[] => rule.children(name).map(({ text }) => text);
  return new XmlElement(bucket.cors)
    .children("CORSRule")
    .find(
      (rule) =>
        texts(rule, "AllowedOrigin").some((pattern) => wildcard(pattern).test(question.origin)) &&
        texts(rule, "AllowedMethod").includes(question.method) &&
        question.headers.every((name) =>
          texts(rule, "AllowedHeader").some((pattern) => wildcard(pattern, "i").test(name)),
        ),
    );
}

function allowance(rule: XmlElement, origin: string): Record<string, string> {
  const isAny = rule.children("AllowedOrigin").some(({ text }) => text === "*");
  const exposed = rule.children("ExposeHeader").map(({ text }) => text);
  return {
    "access-control-allow-origin": isAny ? "*" : origin,
    "access-control-allow-methods": rule
      .children("AllowedMethod")
      .map(({ text }) => text)
      .join(", "),
    ...(exposed.length === 0 ? {} : { "access-control-expose-headers": exposed.join(", ") }),
    ...(isAny ? {} : { "access-control-allow-credentials": "true" }),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}
