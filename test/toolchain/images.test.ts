import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Crane, withCrane } from "../../cli/images/crane.ts";
import { type ImageSource, type MirrorRequest, mirrorImages, upstreamSource } from "../../cli/images/mirror.ts";
import { syntheticSource } from "../../cli/images/synthetic-source.ts";
import { BastideError } from "../../kernel/errors.ts";
import { writeLayout } from "../../local/registry/layout.ts";
import { syntheticImage } from "../../local/registry/synthetic-image.ts";
import { type RunningRegistry, runRegistry } from "../../local/scaleway/registry/process.ts";
import { type LocalScaleway, startLocalScaleway } from "../../local/scaleway/server.ts";
import { IMAGES, type ImageFact } from "../../stacks/images.data.ts";
import { type ImageLock, syntheticLock } from "../../stacks/images.ts";
import { builtToolchain } from "../harness/built-toolchain.ts";

/** Real client, real registry: into the local Scaleway's namespaces, and from a registry that plays upstream. */
const folder = mkdtempSync(join(tmpdir(), "bastide-images-test-"));
const TARGET = "rg.fr-par.scw.cloud/rehearsal-system";
let local: LocalScaleway;
let upstream: RunningRegistry;
let program = "";
const keys = { owner: "", writer: "", reader: "" };

const created = z.looseObject({ id: z.string().optional(), secret_key: z.string().nullish() });

function call(method: string, path: string, input?: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ host: "127.0.0.1", port: new URL(local.url).port, method, path: `http://api.scaleway.com${path}` },
        headers: { "x-auth-token": keys.owner, "content-type": "application/json" },
      },
      (response) => {
        let text = "";
        response.on("data", (chunk) => {
          text += String(chunk);
        });
        response.on("end", () =>
          (response.statusCode ?? 500) < 300 ? resolve(text === "" ? {} : JSON.parse(text)) : reject(new Error(text)),
        );
      },
    );
    sent.once("error", reject);
    sent.end(input === undefined ? undefined : JSON.stringify(input));
  });
}

async function keyWith(name: string, permissionSet: string): Promise<string> {
  const app = created.parse(await call("POST", "/iam/v1alpha1/applications", { name }));
  const projectId = local.platform.defaultProjectId;
  const rules = [{ permission_set_names: [permissionSet], project_ids: [projectId] }];
  await call("POST", "/iam/v1alpha1/policies", { name, application_id: app.id, rules });
  return created.parse(await call("POST", "/iam/v1alpha1/api-keys", { application_id: app.id })).secret_key ?? "";
}

beforeAll(async () => {
  const { programs } = await builtToolchain(["images"]);
  program = programs.get("crane") ?? "";
  const registryProgram = programs.get("registry") ?? "";
  local = await startLocalScaleway({ dataDir: join(folder, "local"), registryProgram });
  upstream = await runRegistry(registryProgram, join(folder, "upstream"));
  keys.owner = local.env.SCW_SECRET_KEY ?? "";
  await call("POST", "/registry/v1/regions/fr-par/namespaces", { name: "rehearsal-system" });
  keys.writer = await keyWith("mirror", "ContainerRegistryFullAccess");
  keys.reader = await keyWith("nodes", "ContainerRegistryReadOnly");
}, 300_000);

afterAll(async () => {
  await upstream.stop();
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
});

const as = <T>(password: string, work: (crane: Crane) => Promise<T>): Promise<T> => {
  const { HTTPS_PROXY, SSL_CERT_FILE } = local.env;
  return withCrane(
    { program, passwords: { "rg.fr-par.scw.cloud": password }, env: { HTTPS_PROXY, SSL_CERT_FILE } },
    work,
  );
};

const wish = (over: Partial<MirrorRequest> = {}): MirrorRequest => ({
  images: IMAGES.slice(0, 3),
  targets: [TARGET],
  lock: undefined,
  acceptMoved: new Set(),
  save: () => undefined,
  progress: () => undefined,
  ...over,
});

const codesOf = async (work: Promise<unknown>): Promise<{ exit: number; codes: readonly string[] }> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof BastideError)) throw new Error(`no refusal: ${String(error)}`);
  return { exit: error.exit, codes: error.faults.map(({ code }) => code) };
};

const fill = (crane: Crane, over: Partial<MirrorRequest> = {}) =>
  mirrorImages(crane, syntheticSource(crane, join(folder, "layouts")), wish(over));

describe("the rehearsal's images", () => {
  it("come to be in the namespace under the digests of the committed lock, and are not copied twice", async () => {
    const first = await as(keys.writer, (crane) => fill(crane, { images: IMAGES, lock: syntheticLock }));
    expect(first).toEqual({ lock: syntheticLock, copied: IMAGES.length, present: 0 });
    const second = await as(keys.writer, (crane) => fill(crane, { images: IMAGES, lock: syntheticLock }));
    expect(second).toMatchObject({ copied: 0, present: IMAGES.length });
  });

  it("are pulled by digest with a key that only reads, byte for byte", async () => {
    await as(keys.reader, async (crane) => {
      for (const { name, digest } of syntheticLock.images) {
        const bytes = await crane.manifest(`${TARGET}/${name}@${digest}`);
        expect(`sha256:${createHash("sha256").update(bytes).digest("hex")}`).toBe(digest);
      }
    });
  });

  it("are listed by the API with their tags", async () => {
    const images = z
      .object({ images: z.array(z.looseObject({ id: z.string(), name: z.string(), tags: z.array(z.string()) })) })
      .parse(await call("GET", "/registry/v1/regions/fr-par/images?page_size=100")).images;
    expect(new Map(images.map(({ name, tags }) => [name, tags]))).toEqual(
      new Map(IMAGES.map(({ name, version }) => [name, [version]])),
    );
    const [first] = images;
    const tags = await call("GET", `/registry/v1/regions/fr-par/images/${first?.id}/tags`);
    expect(tags).toMatchObject({ tags: [{ digest: syntheticLock.images[0]?.digest, status: "ready" }] });
    const namespaces = await call("GET", "/registry/v1/regions/fr-par/namespaces");
    expect(namespaces).toMatchObject({ namespaces: [{ image_count: IMAGES.length }] });
  });
});

describe("a registry refuses", () => {
  const images = [{ ...IMAGES[0], version: "other" }];
  const rows: readonly [string, () => string, Partial<MirrorRequest>, string, number][] = [
    ["a key that only reads", () => keys.reader, { images }, "images.unauthorised", 2],
    ["a key that is none", () => "11111111-1111-4111-8111-111111111111", { images }, "images.unauthorised", 2],
    [
      "a namespace that nobody made",
      () => keys.writer,
      { targets: ["rg.fr-par.scw.cloud/nobodys"] },
      "images.absent",
      3,
    ],
    [
      "a host that is not there",
      () => keys.writer,
      { targets: ["rg.nowhere.example/rehearsal-system"] },
      "images.unreachable",
      3,
    ],
  ];
  it.each(rows)("%s", { timeout: 60_000 }, async (_, key, over, code, exit) => {
    const { codes, exit: ended } = await codesOf(as(key(), (crane) => fill(crane, over)));
    expect({ codes: [...new Set(codes)], ended }).toEqual({ codes: [code], ended: exit });
  });
});

describe("from upstream", () => {
  const row = (name: string): ImageFact => ({
    ...{ name, version: "1", licence: "Apache-2.0" },
    upstream: `127.0.0.1:${upstream.port}/project/${name}`,
  });
  /** Upstream publishes an image, or another one under the name of one that it published. */
  async function publish(crane: Crane, { name, upstream: at, version }: ImageFact, content: string): Promise<string> {
    const image = syntheticImage(name, content);
    writeLayout(image, join(folder, "published", name, content));
    await crane.push(join(folder, "published", name, content), `${at}:${version}`);
    return image.manifest.digest;
  }

  it("an interrupted mirror goes on; a tag that moved is refused until somebody accepts it", async () => {
    await as(keys.writer, async (crane) => {
      const images = [row("one"), row("two")];
      const digests = [];
      for (const image of images) digests.push(await publish(crane, image, "first"));
      const saved: ImageLock[] = [];
      const interrupted = mirrorImages(
        crane,
        upstreamSource(crane),
        wish({
          images,
          save: (lock) => {
            saved.push(lock);
            throw new Error("interrupted");
          },
        }),
      );
      await expect(interrupted).rejects.toThrow("interrupted");
      const [lock] = saved;
      expect(lock?.images.map(({ name, digest }) => [name, digest])).toEqual([["one", digests[0]]]);
      const resumed = await mirrorImages(crane, upstreamSource(crane), wish({ images, lock }));
      expect(resumed).toMatchObject({ copied: 1, present: 1 });
      expect(resumed.lock).toMatchObject({ origin: "mirrored", images: digests.map((digest) => ({ digest })) });

      const after = await publish(crane, row("two"), "second");
      await call("POST", "/registry/v1/regions/fr-par/namespaces", { name: "second-system" });
      const more = wish({ images, lock: resumed.lock, targets: [TARGET, "rg.fr-par.scw.cloud/second-system"] });
      expect(await codesOf(mirrorImages(crane, upstreamSource(crane), more))).toEqual({
        exit: 1,
        codes: ["images.tag-moved"],
      });
      const accepted = await mirrorImages(crane, upstreamSource(crane), { ...more, acceptMoved: new Set(["two"]) });
      expect(accepted.lock.images.map(({ digest }) => digest)).toEqual([digests[0], after]);
      expect(await crane.digest(`rg.fr-par.scw.cloud/second-system/two@${after}`)).toBe(after);
    });
  });

  it("a version that is gone, and bytes that are not those of their digest, are told together", async () => {
    await as(keys.writer, async (crane) => {
      const images = [row("never"), row("swapped")];
      const promised = await publish(crane, row("swapped"), "promised");
      const other = syntheticImage("swapped", "other");
      writeLayout(other, join(folder, "other"));
      const lying: ImageSource = {
        ...upstreamSource(crane),
        put: (_image, _digest, to) => crane.push(join(folder, "other"), to),
      };
      expect(promised).not.toBe(other.manifest.digest);
      expect(await codesOf(mirrorImages(crane, lying, wish({ images })))).toEqual({
        exit: 1,
        codes: ["images.gone-upstream", "images.digest-mismatch"],
      });
    });
  });
});
