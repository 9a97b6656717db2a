/** What the policy SDK hands to a check beside the resource: options that ask for nothing, no type of its own, the law as its configuration. */
export const NO_OPTIONS = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};

export const UNTYPED = { opts: NO_OPTIONS, isType: () => false, asType: () => undefined };

const never = (): never => {
  throw new Error("not used");
};

/** @param law absent: none is configured. */
export const configured = (law?: unknown) => ({
  stackTags: new Map<string, string>(),
  // The SDK types its configuration by the caller's wish.
  getConfig: <C extends object>(): C => JSON.parse(JSON.stringify(law === undefined ? {} : { law })),
  notApplicable: never,
});
