import type { CheckFailure, DiffResult } from "@pulumi/pulumi/provider/index.js";
import type { Props } from "../engine/values.ts";

export interface Checked {
  /** The inputs with their defaults. */
  readonly inputs: Props;
  readonly failures: readonly CheckFailure[];
}

export interface Live {
  readonly id: string;
  readonly outputs: Props;
}

export interface Found {
  readonly outputs: Props;
  /** What a program would have to write to get this. */
  readonly inputs: Props;
}

/** One type of resource. Values are plain; unknowns occur in `check` and `diff` only. */
export interface ResourceKind {
  /** Every fault at once. `olds` are the inputs of the last run, empty at the first. */
  check(olds: Props, news: Props): Checked;
  /** `olds` are the outputs in the state. */
  diff(olds: Props, news: Props): DiffResult;
  create(urn: string, inputs: Props): Promise<Live>;
  /** Undefined: it is gone. `olds` are the outputs in the state, empty at an import. */
  read(urn: string, id: string, olds: Props): Promise<Found | undefined>;
  update(urn: string, id: string, olds: Props, news: Props): Promise<Props>;
  delete(urn: string, id: string, olds: Props): Promise<void>;
}

/**
 * The resource exists but is not what was asked for. The engine keeps it in the state, marked as failed, so that it is
 * neither lost nor used.
 */
export class HalfMade extends Error {
  readonly id: string;
  readonly properties: Props;
  readonly reasons: readonly string[];

  constructor(live: Live, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = "HalfMade";
    this.id = live.id;
    this.properties = live.outputs;
    this.reasons = [reason];
  }
}

/** `<region>/<uuid>`, as every id here. */
export interface RegionalId {
  readonly region: string;
  readonly uuid: string;
}

const REGIONAL_ID = /^([a-z]{2}-[a-z]{3,7})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** @throws Error that says the wanted form and how to find the id. */
export function parseId(id: string): RegionalId {
  const [, region, uuid] = REGIONAL_ID.exec(id) ?? [];
  if (region === undefined || uuid === undefined)
    throw new Error(
      `the id is ${JSON.stringify(id)}; want <region>/<uuid>, e.g. fr-par/11111111-2222-3333-4444-555555555555; fix: prefix the uuid that the console shows with its region`,
    );
  return { region, uuid };
}
