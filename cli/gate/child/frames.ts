import type { StackTrace } from "@pulumi/pulumi/proto/source_pb.js";
import { MAX_FRAMES } from "../../../judge/doors/frames.ts";

/**
 * The lines of the program in the stack that the SDK sends with each registration, innermost first. It takes the address of a
 * module for a path and puts the working folder before it (read at 3.270.0): what follows the last `file:` is the path.
 */
export function framesOf(root: string, trace: StackTrace | undefined): { file: string; line: number }[] {
  const frames = trace?.getFramesList() ?? [];
  return frames
    .flatMap((frame) => {
      const position = frame.getPc();
      const path = decodeURI(position?.getUri().split("file:").at(-1) ?? "").replace(/^\/+/, "/");
      const inside = path.startsWith(`${root}/`) && !path.includes("/node_modules/");
      return inside && position !== undefined ? [{ file: path.slice(root.length + 1), line: position.getLine() }] : [];
    })
    .slice(0, MAX_FRAMES);
}

/**
 * The SDK reads only lines of a stack that name a function, and so misses statements of a module and unnamed functions: its
 * pattern is replaced by one that reads both (3.270.0). Without it lines are missing, nothing else.
 */
export function readEveryFrame(resource: object): void {
  Reflect.set(resource, "framePositionRegExp", /^\s*at (?:.* \()?(?<file>.+?):(?<line>[0-9]+):(?<column>[0-9]+)\)?$/);
}
