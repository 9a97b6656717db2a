import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { toolError } from "../../kernel/errors.ts";
import { processAlive } from "../../local/scaleway/process-alive.ts";
import type { Adoption } from "../cloud/adopt.ts";
import { callWorker } from "../cloud/call.ts";
import { workDir } from "../paths.ts";
import { endLeftovers } from "./leftovers.ts";
import { addPlanned, plannedCreates } from "./planned.ts";
import { inOwnWords } from "./read-back.ts";
import type { EngineContext, Progress, Stack } from "./stack.ts";
import { adopt, nameOf, parseState, type StackState, type StateResource } from "./state-file.ts";

/**
 * Brings a stack that a killed run left behind back to where the next run can go on: a lock whose owner is dead is
 * cancelled, pending creates are looked up and adopted, the rest is cleared.
 */
export async function recover(
  stack: Stack,
  context: EngineContext,
  stateDir: string | undefined,
  progress: Progress,
): Promise<readonly string[]> {
  const done: string[] = [];
  if (stateDir !== undefined) done.push(...(await cancelDeadLock(stack, stateDir)));
  const left = await endLeftovers(workDir);
  if (left > 0) done.push(`${left} processes of an engine that is gone were ended`);
  const exported = await stack.exportState();
  const state = parseState(exported);
  const interrupted = state.pendingCreates.length + state.pendingOthers.length;
  if (interrupted === 0) return done;
  progress(`${interrupted} operations were interrupted; asking the cloud what became of them`);
  const adoptions = await adoptionsOf(state.pendingCreates, state.resources, context);
  await takeOver(stack, adopt(exported, adoptions), state.pendingCreates, adoptions, progress);
  await forgetDeleted(stack, state, progress);
  return [...done, ...adoptions.map(told), ...state.pendingOthers];
}

/**
 * A delete that was carried out, and not noted, is asked for again, and what is not there may be refused instead of not found. So
 * what was being deleted is read first. Buckets are left out: their policies may keep us from reading them.
 */
async function forgetDeleted(
  stack: Stack,
  { pendingDeletes, resources }: StackState,
  progress: Progress,
): Promise<void> {
  const urns = resources
    .filter((r) => pendingDeletes.includes(r.urn) && !r.type.startsWith("scaleway:object/"))
    .map((r) => r.urn);
  if (urns.length > 0) await readBack(stack, urns, progress);
}

const told = (a: Adoption): string => `${nameOf(a.urn)}: ${a.action === "import" ? "adopted" : "cleared"} (${a.why})`;

/**
 * A create that failed is forgotten by the engine, even where only its answer was lost, and would be sent a second time. What the plan
 * is about to create and a run of this stack made already is adopted instead: exactly what is asked for, held by no state, and
 * younger than the stack. @returns what was found; nothing when the plan may be applied as it is.
 */
export async function takeForgotten(
  stack: Stack,
  context: EngineContext,
  { exported, previewJson }: { readonly exported: string; readonly previewJson: string },
  progress: Progress,
): Promise<readonly string[]> {
  const { resources } = parseState(exported);
  const creates = plannedCreates(previewJson, resources);
  if (creates.length === 0) return [];
  const adoptions = (await adoptionsOf(creates, resources, context)).filter((a) => a.action !== "clear");
  const imported = adoptions.filter((a) => a.action === "import");
  if (imported.length > 0)
    await takeOver(stack, addPlanned(exported, previewJson, imported), creates, imported, progress);
  return adoptions.map(told);
}

/** Writes a state with what was found in it, reads that back, and puts right what the provider reads back in other words. */
async function takeOver(
  stack: Stack,
  text: string,
  asked: readonly StateResource[],
  adoptions: readonly Adoption[],
  progress: Progress,
): Promise<void> {
  await stack.importState(text);
  const adopted = adoptions.filter((a) => a.action === "import").map((a) => a.urn);
  if (adopted.length === 0) return;
  // Only what was adopted is read back: a whole refresh would need rights that a bucket's policy may keep from us.
  await readBack(stack, adopted, progress);
  const read = await stack.exportState();
  const corrected = inOwnWords(
    read,
    asked.filter((r) => adopted.includes(r.urn)),
  );
  if (corrected !== undefined) await stack.importState(corrected);
}

const adoptionsOf = async (
  pending: readonly StateResource[],
  resources: readonly StateResource[],
  context: EngineContext,
): Promise<readonly Adoption[]> => {
  if (pending.length === 0) return [];
  const held = resources.flatMap((r) => (r.custom && r.id !== undefined ? [r.id] : []));
  const since = resources.find((r) => r.type === "pulumi:pulumi:Stack")?.created;
  return await callWorker("adopt", { pending, held, since }, adoptionSchema, context.env);
};

const adoptionSchema = z
  .array(
    z.object({
      urn: z.string(),
      action: z.enum(["import", "clear", "deleted"]),
      id: z.string().optional(),
      why: z.string(),
    }),
  )
  .transform((all) => all.map(({ id, ...a }): Adoption => (id === undefined ? a : { ...a, id })));

async function readBack(stack: Stack, urns: readonly string[], progress: Progress): Promise<void> {
  const run = await stack.refresh(
    urns.flatMap((urn) => ["--target", urn]),
    progress,
  );
  if (run.code === 0) return;
  throw toolError(`the interrupted run of ${stack.name} could not be recovered`, [
    {
      code: "recover.refresh-failed",
      path: stack.name,
      got: run.errors.join("; ") || run.stderr,
      want: "a refresh that ends well",
      fix: "run `bastide refresh` and see what it says",
    },
  ]);
}

const lockSchema = z.object({ pid: z.number(), hostname: z.string() });

/** A file backend keeps a lock a stack, with the process that holds it. A living owner is somebody's run: refuse. */
async function cancelDeadLock(stack: Stack, stateDir: string): Promise<readonly string[]> {
  const dir = join(stateDir, ".pulumi", "locks", "organization", "bastide", stack.name);
  if (!existsSync(dir)) return [];
  const locks = readdirSync(dir)
    .filter((f) => f.endsWith(".json") && statSync(join(dir, f)).isFile())
    .map((f) => lockSchema.parse(JSON.parse(readFileSync(join(dir, f), "utf8"))));
  const living = locks.find((l) => l.hostname !== hostname() || processAlive(l.pid));
  if (living !== undefined) {
    throw toolError(`stack ${stack.name} is locked`, [
      {
        code: "stack.locked",
        path: stack.name,
        got: `a lock of process ${living.pid} on ${living.hostname}`,
        want: "no other run",
        fix: "wait for it to end; if that machine is gone, `pulumi cancel`",
      },
    ]);
  }
  if (locks.length === 0) return [];
  await stack.command(["cancel", "--yes"]);
  return [`the lock of a dead process (${locks.map((l) => l.pid).join(", ")}) was cancelled`];
}
