import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAddress, regionOfHost } from "../../local/scaleway/s3/address.ts";
import { isBucketName } from "../../local/scaleway/s3/bucket.ts";
import { paginate } from "../../local/scaleway/s3/listing.ts";
import { OPERATIONS, type OperationRow } from "../../local/scaleway/s3/operations.data.ts";
import { canonicalQuery, encodePath, parseQuery } from "../../local/scaleway/s3/query.ts";
import { readRange } from "../../local/scaleway/s3/range.ts";
import { route } from "../../local/scaleway/s3/router.ts";
import { fromXml, toXml, type XmlTree } from "../../local/scaleway/s3/xml.ts";

/** What is read off the wire and written to it: documents, queries, addresses, operations, ranges, pages. */
describe("XML", () => {
  const name = fc.stringMatching(/^[A-Z][A-Za-z]{0,6}$/);
  const text = fc.string({ unit: fc.constantFrom(..."ab<>&\"' \tä€𐍈]"), maxLength: 8 });
  const { tree } = fc.letrec<{ tree: XmlTree; content: XmlTree | string }>((tie) => ({
    content: fc.oneof({ depthSize: "small" }, text, tie("tree")),
    tree: fc.dictionary(name, fc.array(tie("content"), { minLength: 1, maxLength: 3 }), { minKeys: 1, maxKeys: 3 }),
  }));

  it("written and read back is the same", () => {
    fc.assert(
      fc.property(tree, (content) => {
        expect(fromXml(Buffer.from(toXml("Root", content)), "Root").toTree()).toEqual(content);
      }),
    );
  });

  it("reads the entities that clients write", () => {
    const read = fromXml(Buffer.from("<A><B>&#34;q&#34; &quot; &#x26; &lt;</B></A>"), "A");
    expect(read.textOf("B")).toBe('"q" " & <');
  });

  it.each(["", "<A>", "<A/><B/>", "no", "<C/>", '<!DOCTYPE A [<!ENTITY x "y">]><A>&x;</A>', "<A></B>"])(
    "refuses %j",
    (body) => {
      expect(() => fromXml(Buffer.from(body), "A")).toThrow(expect.objectContaining({ status: 400 }));
    },
  );
});

describe("queries and paths", () => {
  it("are canonical whatever the client left unencoded", () => {
    expect(canonicalQuery("b=2&a=%7e&a=%2F&acl&c=x+y", "b")).toBe("a=%2F&a=~&acl=&c=x%2By");
    expect(encodePath("/a b/%C3%A4/(x)!*'+")).toBe("/a%20b/%C3%A4/%28x%29%21%2A%27%2B");
    expect(parseQuery("acl&versionId=%20&versionId=2").get("versionId")).toBe(" ");
  });

  it.each([
    ["s3.fr-par.scw.cloud", "/", { region: "fr-par", bucket: undefined, key: undefined }],
    ["s3.fr-par.scw.cloud", "/b/k%20/l", { region: "fr-par", bucket: "b", key: "k /l" }],
    ["b.s3.nl-ams.scw.cloud", "/k//l/", { region: "nl-ams", bucket: "b", key: "k//l/" }],
    ["my.dotted.s3.pl-waw.scw.cloud", "/", { region: "pl-waw", bucket: "my.dotted", key: undefined }],
  ])("address %s%s", (host, path, expected) => expect(readAddress(host, path)).toEqual(expected));

  it.each([
    "api.scaleway.com",
    "s3.fr-par.scw.cloud.evil.org",
    "s3.amazonaws.com",
    "xs3.fr-par.scw.cloud",
    "s3.fr-par-1.scw.cloud",
  ])("%s is not object storage", (host) => {
    expect(regionOfHost(host)).toBeUndefined();
  });

  it.each([
    ["abc", true],
    ["a.b-c.0", true],
    ["ab", false],
    ["Abc", false],
    ["a..b", false],
    ["-abc", false],
    ["a.-b", false],
    ["192.168.0.1", false],
    ["a".repeat(64), false],
  ])("bucket name %s: %s", (bucket, expected) => expect(isBucketName(bucket)).toBe(expected));
});

describe("operations", () => {
  const rows = Object.entries<OperationRow>(OPERATIONS);
  const ask = (row: Pick<OperationRow, "target" | "method">, query: string, header?: string) =>
    route({
      address: { bucket: row.target === "service" ? undefined : "b", key: row.target === "object" ? "k" : undefined },
      method: row.method,
      query: parseQuery(query),
      headers: header === undefined ? {} : { [header]: "x" },
    });

  it.each(rows)("%s is found by its own row, and by no other", (name, row) => {
    expect(ask(row, `${row.subresource ?? ""}&x-id=whatever&versionId=1`, row.header)).toBe(name);
  });

  it("a subresource is never passed over", () => {
    for (const [, row] of rows.filter(([, { subresource }]) => subresource !== undefined)) {
      for (const method of ["GET", "PUT", "POST", "DELETE", "HEAD"] as const) {
        const answered = rows.some(
          ([, other]) =>
            other.target === row.target && other.method === method && other.subresource === row.subresource,
        );
        if (!answered)
          expect(() => ask({ ...row, method }, row.subresource ?? "")).toThrow(
            expect.objectContaining({ name: "S3Error" }),
          );
      }
    }
    expect(() => ask({ target: "bucket", method: "DELETE" }, "versioning")).toThrow(/not allowed/);
    expect(() => ask({ target: "bucket", method: "DELETE" }, "publicAccessBlock")).toThrow(/not implemented/);
    expect(() => ask({ target: "bucket", method: "GET" }, "acl&policy")).toThrow(/not allowed/);
  });
});

describe("ranges", () => {
  it.each([
    [undefined, undefined],
    ["bytes=0-3", [0, 3]],
    ["bytes=4-", [4, 9]],
    ["bytes=-3", [7, 9]],
    ["bytes=-30", [0, 9]],
    ["bytes=8-99", [8, 9]],
    ["bytes=5-2", undefined],
    ["bytes=0-1,4-5", undefined],
    ["items=0-1", undefined],
  ])("%s of ten bytes", (header, expected) => {
    const range = readRange(header, 10);
    expect(range === undefined ? undefined : [range.first, range.last]).toEqual(expected);
  });
  it.each(["bytes=10-", "bytes=10-12", "bytes=-0"])("%s is outside", (header) =>
    expect(() => readRange(header, 10)).toThrow(/satisfiable/),
  );
});

describe("pages", () => {
  const keys = fc.uniqueArray(fc.string({ unit: fc.constantFrom("a", "b", "/"), minLength: 1, maxLength: 5 }), {
    maxLength: 12,
  });

  it("together hold every key and prefix once, in order, at any page size", () => {
    fc.assert(
      fc.property(
        keys,
        fc.constantFrom("", "/"),
        fc.constantFrom("", "a", "a/"),
        fc.integer({ min: 1, max: 5 }),
        (all, delimiter, prefix, maxKeys) => {
          const sorted = all.filter((key) => key.startsWith(prefix)).toSorted();
          const rolled = (key: string): string => {
            const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
            return end < 0 ? key : key.slice(0, end + 1);
          };
          const found: string[] = [];
          let after = "";
          for (let pages = 0; pages < 50; pages++) {
            const rest = sorted.filter((key) => key >= after).map((key) => ({ key }));
            const page = paginate(rest, { prefix, delimiter, maxKeys, after });
            const entries = [...page.items.map(({ key }) => key), ...page.prefixes].toSorted();
            expect(entries.length).toBeLessThanOrEqual(maxKeys);
            found.push(...entries);
            if (page.next === undefined) break;
            after = page.next.key;
          }
          expect(found).toEqual([...new Set(sorted.map(rolled))].toSorted());
        },
      ),
    );
  });
});
