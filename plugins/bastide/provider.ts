import type { Provider } from "@pulumi/pulumi/provider/index.js";
import type { Props } from "../engine/values.ts";
import { HalfMade, type Live, type ResourceKind } from "./kind.ts";
import { open, seal } from "./values.ts";

/**
 * The provider that the engine talks to: finds the kind by the URN's type, takes secrets out of their envelopes on the
 * way in and puts them back on the way out. Previews of creations and updates are the engine's own (the inputs).
 */
export function bastideProvider(
  kinds: Readonly<Record<string, ResourceKind>>,
  version: string,
  getSchema: () => Promise<string>,
): Provider {
  const kindOf = (urn: string): ResourceKind => {
    const type = typeOf(urn);
    const kind = kinds[type];
    if (kind === undefined)
      throw quiet(
        new Error(`the bastide plug-in has no resource ${type}; it has ${Object.keys(kinds).sort().join(", ")}`),
      );
    return kind;
  };
  return {
    version,
    getSchema,
    check: (urn, olds, news) =>
      quietly(async () => {
        const { values, secrets } = open(news);
        const { inputs, failures } = kindOf(urn).check(open(olds).values, values);
        return { inputs: seal(inputs, secrets), failures: [...failures] };
      }),
    diff: (_id, urn, olds, news) => quietly(async () => kindOf(urn).diff(open(olds).values, open(news).values)),
    create: (urn, inputs) =>
      quietly(async () => {
        const { values, secrets } = open(inputs);
        const { id, outputs } = await sealing(secrets, () => kindOf(urn).create(urn, values));
        return { id, outs: seal(outputs, secrets) };
      }),
    read: (id, urn, props) =>
      quietly(async () => {
        const { values, secrets } = open(props);
        const found = await kindOf(urn).read(urn, id, values);
        if (found === undefined) return { id: "", props: {} };
        return { id, props: seal(found.outputs, secrets), inputs: seal(found.inputs, secrets) };
      }),
    update: (id, urn, olds, news) =>
      quietly(async () => {
        const { values, secrets } = open(news);
        return {
          outs: seal(await sealing(secrets, () => kindOf(urn).update(urn, id, open(olds).values, values)), secrets),
        };
      }),
    delete: (id, urn, props) => quietly(() => kindOf(urn).delete(urn, id, open(props).values)),
  };
}

/** `urn:pulumi:stack::project::parent$type::name` → `type`. */
const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

/** A half-made resource goes into the state too: its secrets need their envelopes. */
async function sealing<T extends Props | Live>(secrets: ReadonlySet<string>, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof HalfMade)) throw error;
    throw new HalfMade({ id: error.id, outputs: seal(error.properties, secrets) }, error.message, {
      cause: error.cause,
    });
  }
}

/** The SDK's server prints the stack of whatever is thrown; what we throw is meant for a user, who has no use for it. */
function quiet(error: unknown): unknown {
  if (error instanceof Error) error.stack = "";
  return error;
}

async function quietly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw quiet(error);
  }
}
