import language, { type RunRequest, type RunResponse } from "@pulumi/pulumi/proto/language_pb.js";
import { type Exit, exitOf, startNode } from "./children.ts";
import { runtimeOptions, sdkRunner, typescriptEnvironment } from "./options.ts";

/** Exit code of the SDK's runner after it has told the user what is wrong: nothing is to be added. */
const ALREADY_TOLD = 32;

/**
 * Runs a program to its end through the SDK's `cmd/run`, which talks to the engine by itself. What the program prints goes
 * where the host's own output goes. A program that fails is an answer, not an error.
 * @param engineAddress `host:port` of the engine.
 */
export async function runProgram(request: RunRequest, engineAddress: string): Promise<RunResponse> {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() || request.getPwd();
  const options = runtimeOptions(info?.getOptions());
  const flags: readonly (readonly [string, string])[] = [
    ["monitor", request.getMonitorAddress()],
    ["engine", engineAddress],
    ["organization", request.getOrganization()],
    ["project", request.getProject()],
    ["root-directory", info?.getRootDirectory() ?? ""],
    ["stack", request.getStack()],
    ["pwd", directory],
    ["parallel", String(request.getParallel())],
    ["query-mode", request.getQuerymode() ? "true" : ""],
  ];
  const child = startNode(
    [
      ...options.nodeargs,
      sdkRunner(directory, "cmd/run"),
      ...flags.filter(([, value]) => value !== "").map(([name, value]) => `--${name}=${value}`),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      info?.getEntryPoint() || request.getProgram() || ".",
      ...request.getArgsList(),
    ],
    {
      cwd: request.getPwd() || directory,
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        ...typescriptEnvironment(options),
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      },
    },
  );
  return answer(await exitOf(child));
}

function answer({ code, signal }: Exit): RunResponse {
  const response = new language.RunResponse();
  if (code === ALREADY_TOLD) response.setBail(true);
  else if (code === null) response.setError(`the program was ended by ${signal}`);
  else if (code !== 0) response.setError(`the program exited with code ${code}`);
  return response;
}
