import dgram from "node:dgram";
import dns from "node:dns";
import net from "node:net";

/**
 * Second line of defence. The first is the operating system's (`cli/gate/sandbox.ts`: a network namespace without any
 * interface); where that is not allowed, this at least stops a program that does not look for a way around it.
 */
export function refuseNetwork(): void {
  const refuse = (): never => {
    throw new Error("the offline gate has no network: judge a preview of a program that needs one");
  };
  const holders: readonly (readonly [object, readonly string[]])[] = [
    [net.Socket.prototype, ["connect"]],
    [net.Server.prototype, ["listen"]],
    [dgram.Socket.prototype, ["bind", "connect", "send"]],
    [dns, ["lookup", "resolve", "resolve4", "resolve6", "reverse"]],
    [dns.promises, ["lookup", "resolve", "resolve4", "resolve6", "reverse"]],
  ];
  for (const [holder, names] of holders) {
    for (const name of names) Object.defineProperty(holder, name, { value: refuse, writable: false });
  }
}
