import { PluginKind } from "@stryker-mutator/api/plugin";

/** What of a syntax tree's place is asked here; the tree is Babel's. */
interface Place {
  readonly key?: string | number | null;
  readonly listKey?: string | undefined;
  readonly node: Tree;
  readonly parentPath?: Place | null;
}
interface Tree {
  readonly type: string;
  readonly key?: Tree;
  readonly name?: string;
  readonly callee?: Tree;
  readonly arguments?: readonly Tree[];
  readonly value?: unknown;
}

/** Makers of rules, and the fields of their definitions that nothing decides on: they are printed, and held by tests of the documents. */
const MAKERS = ["rule", "resourceRule", "trapRule"];
const PRINTED = ["title", "rationale", "remedy", "controls", "severity", "enforcement"];
/** Makers of results, whose last argument tells in words what was seen where nothing is wrong. */
const QUIET = ["pass", "notApplicable"];

const isText = ({ type }: Tree): boolean => type === "StringLiteral" || type === "TemplateLiteral";

function isPrintedField({ node, parentPath }: Place): boolean {
  const call = parentPath?.parentPath?.node;
  return (
    node.type === "ObjectProperty" &&
    PRINTED.includes(node.key?.name ?? "") &&
    call?.type === "CallExpression" &&
    MAKERS.includes(call.callee?.name ?? "")
  );
}

/** A text of several words is read by people: no type token, property, class or tag has a blank. */
const isSentence = ({ node }: Place): boolean =>
  node.type === "StringLiteral" && typeof node.value === "string" && /\S \S/.test(node.value);

/** `want: "one writer"`: said to a person. A `want` that is not a text written there is compared, and stays. */
const isWantedInWords = ({ node, key, parentPath }: Place): boolean =>
  isText(node) && key === "value" && parentPath?.node.type === "ObjectProperty" && parentPath.node.key?.name === "want";

function isQuietWord({ node, key, listKey, parentPath }: Place): boolean {
  const call = parentPath?.node;
  return (
    isText(node) &&
    listKey === "arguments" &&
    call?.type === "CallExpression" &&
    QUIET.includes(call.callee?.name ?? "") &&
    key === (call.arguments?.length ?? 0) - 1
  );
}

/** Leaves prose alone: a mutant of it changes what is read, never what is decided. */
const proseIgnorer = {
  shouldIgnore(place: Place): string | undefined {
    if (isPrintedField(place)) return "a printed field of a rule's definition";
    if (isSentence(place)) return "a text of several words";
    if (isWantedInWords(place)) return "a wish in words";
    return isQuietWord(place) ? "words beside a result in which nothing is wrong" : undefined;
  },
};

export const strykerPlugins = [{ kind: PluginKind.Ignore, name: "prose", value: proseIgnorer }];
