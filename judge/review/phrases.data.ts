export interface Phrase {
  /** It was not there, and is now. */
  readonly gained: string;
  readonly lost: string;
  /** It has another value. Default: the old and the new one. */
  readonly changed?: string;
}

/** `S` the subject, `T` the target, `W` what, `A` the value after, `B` the value before. */
export const PHRASES: Readonly<Record<string, Phrase>> = {
  "loss/delete": { gained: "S is deleted: W is lost", lost: "" },
  "loss/replace": { gained: "S is replaced by another one: W is lost with the old one", lost: "" },
  "exposure/public address": {
    gained: "S gets a public address: the internet can reach it",
    lost: "S has no public address any more",
  },
  "exposure/public endpoint": { gained: "S gets a public endpoint", lost: "S has no public endpoint any more" },
  "exposure/open to everybody": { gained: "S is open to everybody", lost: "S is no longer open to everybody" },
  "exposure/bastion admits": {
    gained: "W can reach the SSH bastion S",
    lost: "W can no longer reach the SSH bastion S",
  },
  "exposure/leaves by NAT": {
    gained: "everything in network W can reach every address of the internet through S",
    lost: "network W no longer leaves through S",
  },
  "exposure/port mapped inside": {
    gained: "the internet can reach inside by S: port W",
    lost: "S no longer maps port W",
  },
  "exposure/control plane admits": {
    gained: "W can reach the control plane behind S",
    lost: "W can no longer reach the control plane behind S",
  },
  "exposure/accepts what no rule names, inbound": {
    gained: "S lets in whatever no rule names",
    lost: "S drops what no rule names, inbound",
  },
  "exposure/accepts what no rule names, outbound": {
    gained: "S lets out whatever no rule names",
    lost: "S drops what no rule names, outbound",
  },
  "exposure/accepts what no rule names": {
    gained: "S lets pass between its networks whatever no rule names",
    lost: "S drops what no rule names",
  },
  "exposure/security group admits": { gained: "S lets in W", lost: "S no longer lets in W" },
  "exposure/security group lets out": { gained: "S lets out W", lost: "S no longer lets out W" },
  "exposure/network ACL accepts": { gained: "S lets pass W", lost: "S no longer lets pass W" },
  "exposure/network ACL decides in order": {
    gained: "S decides by the order of its rules",
    lost: "the order of the rules of S decides nothing any more",
    changed: "the rules of S decide in another order",
  },
  "exposure/learns a default route": {
    gained: "S learns a default route: what is in it can leave",
    lost: "S learns no default route any more",
  },
  "exposure/routes to": { gained: "S leads to W", lost: "S no longer leads to W" },
  "exposure/load balancer or node port": {
    gained: "S asks for a door to the outside",
    lost: "S has no door to the outside any more",
  },
  "exposure/external address": { gained: "S answers at W", lost: "S no longer answers at W" },
  "exposure/ingress of class": {
    gained: "S is an entrance of class A",
    lost: "S is no longer an entrance",
    changed: "S is an entrance of class A, not B",
  },
  "path/can reach": {
    gained: "S can reach T: A",
    lost: "S can no longer reach T (B)",
    changed: "S can reach T: A, no longer B",
  },
  "path/can reach more": { gained: "", lost: "", changed: "S can reach T by more: A, before only B" },
  "unknown/paths not followed to their end": {
    gained: "some paths of the S were not followed to their end: more may be open than is told",
    lost: "every path of the S is followed to its end again",
  },
  "right/data": { gained: "T may W: S", lost: "T may no longer W: S" },
  "right/data carried out": {
    gained: "what T can read can be carried to where strangers fetch it: S",
    lost: "what T can read can no longer be carried to where strangers fetch it: S",
  },
  "right/data by another principal's key": {
    gained: "by another principal's key T may W: S",
    lost: "T may no longer W, by another principal's key: S",
  },
  "right/data by reading the engine's state": {
    gained: "by reading the engine's state T may W: S",
    lost: "T may no longer W, by reading the engine's state: S",
  },
  "right/data by what runs or lies in a cluster": {
    gained: "by what runs or lies in a cluster T may W: S",
    lost: "T may no longer W, by what runs or lies in a cluster: S",
  },
  "right/bucket": { gained: "W S", lost: "no longer: W S" },
  "right/grant": { gained: "W", lost: "no longer: W" },
  "right/member of group": { gained: "W joins group S and holds what it holds", lost: "W leaves group S" },
  "right/SSH key": {
    gained: "whoever holds SSH key S can sign in where it is admitted (W)",
    lost: "SSH key S is no longer admitted (W)",
  },
  "residency/rests": { gained: "W: data can now come to rest there, first in S", lost: "no longer: W" },
  "residency/goes to": {
    gained: "new place for what comes of S: W",
    lost: "no longer a place for what comes of S: W",
  },
  "residency/of the class goes to": {
    gained: "new place for what comes of a class of data, first S: W",
    lost: "no longer a place for what comes of a class of data: W",
  },
  "residency/data class": {
    gained: "S is said to hold A",
    lost: "nobody says any more what S holds; it was B",
    changed: "S is said to hold A, no longer B: other rules look at it",
  },
  "residency/tier": {
    gained: "S is said to be of tier A",
    lost: "nobody says any more of which tier S is; it was B",
    changed: "S is said to be of tier A, no longer B: other rules look at it",
  },
  "custody/key": {
    gained: "S is a new key, its root kept in A",
    lost: "key S is gone (B)",
    changed: "the root of key S is kept in A, no longer in B",
  },
  "custody/rotation": {
    gained: "key S rotates: A",
    lost: "key S no longer rotates (B)",
    changed: "key S rotates A, no longer B",
  },
  "custody/bucket encryption": {
    gained: "S is encrypted with A",
    lost: "S is no longer encrypted with B",
    changed: "S is encrypted with A, no longer with B",
  },
  "custody/encryption before upload": {
    gained: "S takes what was encrypted before upload (A)",
    lost: "S no longer asks for encryption before upload (B)",
  },
  "retention/object lock": {
    gained: "objects in S are locked: A",
    lost: "objects in S are no longer locked (B)",
    changed: "objects in S are locked for A, no longer for B",
  },
  "retention/versions kept": {
    gained: "",
    lost: "S no longer keeps versions",
    changed: "S keeps versions: A, before B",
  },
  "retention/objects expire after days": {
    gained: "objects in S are deleted after A days",
    lost: "objects in S are no longer deleted after B days",
    changed: "objects in S are deleted after A days, no longer after B",
  },
  "retention/telemetry kept days": {
    gained: "S keeps what it gets for A days",
    lost: "S no longer says how long it keeps what it gets (B days)",
    changed: "S keeps what it gets for A days, no longer for B",
  },
  "protection/deleted with its content": {
    gained: "S can be deleted with everything in it",
    lost: "S is no longer deleted with everything in it",
  },
  "protection/protected from deletion": {
    gained: "S is protected from deletion",
    lost: "S is no longer protected from deletion",
  },
  "protection/kept when it leaves the program": {
    gained: "S stays when it leaves the program",
    lost: "S is deleted when it leaves the program",
  },
  "code/first boot": {
    gained: "S runs code at its first boot",
    lost: "S runs no code at its first boot any more",
    changed: "S runs other code at its first boot",
  },
  "code/image": {
    gained: "S starts from A",
    lost: "S no longer says what it starts from",
    changed: "S starts from A, no longer from B",
  },
  "store/holds data": { gained: "S is new and holds data (A)", lost: "S is gone" },
  "law/profile": { gained: "", lost: "", changed: "the profile of the law is A, no longer B" },
  "law/phase": { gained: "", lost: "", changed: "the phase of the migration is A, no longer B" },
  "law/region": {
    gained: "the law lets data rest in region W",
    lost: "the law no longer lets data rest in region W",
    changed: "the law says something else of region W",
  },
  "law/plug-in": {
    gained: "the law admits plug-in W",
    lost: "the law no longer admits plug-in W",
    changed: "the law says something else of plug-in W",
  },
  "law/administrator source": {
    gained: "the law counts W among the administrators' addresses",
    lost: "W is no longer an address of administrators",
  },
  "law/host": {
    gained: "the law lets traffic go to W",
    lost: "the law no longer lets traffic go to W",
    changed: "the law gives another reason for W",
  },
  "law/flow": {
    gained: "the law declares a flow: W",
    lost: "the law no longer declares the flow W",
    changed: "the law says something else of the flow W",
  },
  "law/waiver": {
    gained: "a waiver excuses W",
    lost: "no waiver excuses W any more",
    changed: "the waiver of W says something else",
  },
  "law/rule judged elsewhere": {
    gained: "rule W is left to another door",
    lost: "rule W is judged here again",
    changed: "rule W is left to another door than before",
  },
  "law/rule": {
    gained: "rule W is new",
    lost: "rule W is gone: what it refused passes",
    changed: "rule W is another one",
  },
  "law/judge": { gained: "", lost: "", changed: "the judge's own code is another one" },
  "unknown/not judged": {
    gained: "S is of a type that no rule can judge",
    lost: "S, which no rule could judge, is gone",
    changed: "S, which no rule can judge, is another one",
  },
  "unknown/cannot be known": {
    gained: "rule W can't be decided on S: a value is missing",
    lost: "rule W can be decided on S again",
  },
  "verdict/violation": { gained: "rule W is broken by S", lost: "rule W is no longer broken by S" },
  "verdict/waived": { gained: "rule W is broken by S, and a waiver excuses it", lost: "" },
};
