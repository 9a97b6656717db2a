/** Why programs of the documentation fail here, by what Terraform says. The first that fits counts. */
export const KNOWN: readonly { readonly said: RegExp; readonly reason: string }[] = [
  { said: /http error 501 Not Implemented/, reason: "asks for a service that is not built: answers 501" },
  { said: /is no longer supported/, reason: "the provider itself no longer has the resource" },
  { said: /reverse is invalid for unexpected reason/, reason: "needs a public name that resolves" },
  { said: /public_key does not respect constraint/, reason: "has a placeholder where a public SSH key belongs" },
];
