import { join } from "node:path";
import { repoRoot } from "../paths.ts";
import { pack } from "./pack.ts";

/** `npm run pack`: the judge as one tarball under `out/pack/`, its checksum beside it. */
const { tarball, sha256, packDigest } = await pack(join(repoRoot, "out", "pack"));
process.stdout.write(`${tarball}\n  sha256 ${sha256}\n  judge and rules ${packDigest}\n`);
