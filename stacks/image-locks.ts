import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inputError } from "../kernel/errors.ts";
import { type ImageLock, imageLockSchema, syntheticLock } from "./images.ts";

/** Lock files of environments: `images/<environment>.lock.json`, written by `bastide images mirror`. */
export const imageLockFile = (environment: string, folder: string = import.meta.dirname): string =>
  join(folder, "images", `${environment}.lock.json`);

/** The lock of an environment. Absent: that of the rehearsal's synthetic images. What can't be read is an input error. */
export const imageLockOf = (environment: string, folder?: string): ImageLock =>
  readImageLock(imageLockFile(environment, folder)) ?? syntheticLock;

/** @throws BastideError (exit 2) for a file that is no lock, with everything that is wrong with it. */
export function readImageLock(file: string): ImageLock | undefined {
  if (!existsSync(file)) return undefined;
  const parsed = imageLockSchema.safeParse(jsonIn(file));
  if (parsed.success) return parsed.data;
  throw inputError(
    "a lock of images can't be read",
    parsed.error.issues.map((issue) => ({
      code: "images.lock-malformed",
      path: `${file}: ${issue.path.join(".")}`,
      got: issue.message,
      want: "a lock file (bastide.images/1)",
      fix: "take back what `bastide images mirror` wrote, or mirror again",
    })),
  );
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // Not even JSON: the schema says what it should have been.
    return undefined;
  }
}
