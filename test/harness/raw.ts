import {
  type Door,
  type RawEstate,
  type RawObject,
  type RawResource,
  type RawValue,
  UNKNOWN,
  type Visible,
} from "../../judge/facts/raw.ts";

/** Raw resources for tests, short to write: URN from type and name, everything else absent unless said. */
const STACK = "urn:pulumi:rehearsal.foundation::bastide";

export const urnOf = (type: string, name: string, stack = STACK): string => `${stack}::${type}::${name}`;

export interface RawExtras {
  readonly id?: string;
  readonly outputs?: RawObject;
  readonly dependsOn?: Readonly<Record<string, readonly string[]>>;
  readonly parent?: string;
  readonly provider?: string;
  readonly custom?: boolean;
  readonly stack?: string;
  /** The option `protect`; false unless said. `hidden` for a door that does not show it. */
  readonly protect?: boolean | "hidden";
  /** The other two options; not shown unless given. */
  readonly retainOnDelete?: boolean;
  readonly replaceOnChanges?: readonly string[];
  readonly overwritten?: readonly string[];
}

const shown = <T>(value: T | undefined): Visible<T> =>
  value === undefined ? { visible: false } : { visible: true, value };

/** Ids are unknown unless given, as at a first preview. */
export function raw(type: string, name: string, inputs: RawObject = {}, extras: RawExtras = {}): RawResource {
  return {
    urn: urnOf(type, name, extras.stack),
    type,
    name,
    custom: extras.custom ?? true,
    parent: extras.parent,
    provider: extras.provider,
    id: extras.id ?? UNKNOWN,
    inputs,
    outputs: extras.outputs ?? {},
    propertyDependencies: extras.dependsOn ?? {},
    dependencies: Object.values(extras.dependsOn ?? {}).flat(),
    options: {
      protect: extras.protect === "hidden" ? { visible: false } : { visible: true, value: extras.protect ?? false },
      retainOnDelete: shown(extras.retainOnDelete),
      replaceOnChanges: shown(extras.replaceOnChanges),
    },
    ...(extras.overwritten === undefined ? {} : { overwritten: extras.overwritten }),
  };
}

export const component = (type: string, name: string, outputs: RawObject = {}, inputs: RawObject = {}): RawResource =>
  raw(type, name, inputs, { custom: false, outputs });

export function rawEstate(resources: readonly RawResource[], door: Door = "gate"): RawEstate {
  return { door, subject: "rehearsal.foundation", resources, steps: undefined, notSeen: [] };
}

/** The required tags in the form of lists. */
export const tagList = (dataClass = "technical", tier = "compute"): readonly string[] => [
  `data-class=${dataClass}`,
  "env=prod",
  "owner=platform",
  `tier=${tier}`,
];

/** The same in the form that buckets take. */
export const tagMap = (dataClass = "technical", tier = "data"): Readonly<Record<string, RawValue>> => ({
  "data-class": dataClass,
  env: "prod",
  owner: "platform",
  tier,
});
