import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { GO_ENVIRONMENT } from "../go-module.ts";
import { PROVIDER } from "../provider-module.ts";

/**
 * The traffic that the Scaleway provider recorded against the real platform, read where Go keeps the provider's module.
 * Nothing of it is kept here.
 */
const headers = z
  .record(z.string(), z.array(z.string()))
  .transform((all) =>
    Object.fromEntries(Object.entries(all).map(([name, values]) => [name.toLowerCase(), values.join(",")])),
  );
/** Bodies that are no text are tagged binary; text ones hold bytes as characters. */
const body = z
  .union([z.string(), z.instanceof(Uint8Array)])
  .nullish()
  .transform((raw) => (typeof raw === "string" ? Buffer.from(raw, "utf8") : Buffer.from(raw ?? [])));
const schema = z.object({
  interactions: z
    .array(
      z.object({
        request: z.object({ method: z.string(), url: z.string().transform((url) => new URL(url)), headers, body }),
        response: z.object({ code: z.number(), headers, body }),
      }),
    )
    .nullish(),
});
export type Interaction = NonNullable<z.infer<typeof schema>["interactions"]>[number];

export interface Recording {
  readonly name: string;
  readonly interactions: readonly Interaction[];
}

/** All recordings of one of the provider's services, e.g. `object`. Fetches the module when Go does not have it yet. */
export function recordingsOf(service: string): readonly Recording[] {
  const answer = execFileSync("go", ["mod", "download", "-json", `${PROVIDER.path}@${PROVIDER.version}`], {
    encoding: "utf8",
    cwd: "/",
    env: { ...process.env, ...GO_ENVIRONMENT },
  });
  const { Dir } = z.object({ Dir: z.string() }).parse(JSON.parse(answer));
  const folder = join(Dir, "internal/services", service, "testdata");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".cassette.yaml"))
    .map((file) => {
      const document = schema.parse(parse(readFileSync(join(folder, file), "utf8"), { maxAliasCount: -1 }));
      return { name: file.replace(".cassette.yaml", ""), interactions: document.interactions ?? [] };
    });
}
