/**
 * Which single resources the condition of an IAM rule leaves.
 *
 * Modelled: `resource.id == "…"` and `request.time < timestamp("…")`, joined by `&&`, `||` and parentheses. Everything else that a condition may
 * ask (address, other times, user agent, `in` lists, `!`) is taken as fulfilled: it may be. Text that does not parse narrows nothing.
 */
export type Left = "all" | ReadonlySet<string>;

type Token = { readonly kind: "(" | ")" | "&&" | "||" | "!" } | { readonly kind: "atom"; readonly text: string };

const RESOURCE = /^resource\.id\s*==\s*(?:"([^"\\]*)"|'([^'\\]*)')$|^(?:"([^"\\]*)"|'([^'\\]*)')\s*==\s*resource\.id$/;

/** Bounds of what is read: longer or deeper text narrows nothing. */
const LONGEST = 200_000;
const DEEPEST = 64;

/** `now` is an ISO instant: what holds only before it never holds again. Without it no time has passed. */
export function idsLeftBy(condition: string | undefined, now?: string): Left {
  if (condition === undefined || condition.trim() === "") return "all";
  const tokens = condition.length > LONGEST ? undefined : tokenise(condition);
  if (tokens === undefined) return "all";
  const parser = { tokens, at: 0, depth: 0, now: now === undefined ? undefined : Date.parse(now) };
  const left = disjunction(parser);
  return left === undefined || parser.at < tokens.length ? "all" : left;
}

interface Parser {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
  readonly now: number | undefined;
}

/** Parts between operators; parentheses and quotes inside a call belong to the part. */
function tokenise(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let atom = "";
  let depth = 0;
  let quote = "";
  const end = (): void => {
    if (atom.trim() !== "") tokens.push({ kind: "atom", text: atom.trim() });
    atom = "";
  };
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    const two = text.slice(i, i + 2);
    if (quote !== "") {
      atom += char;
      if (char === "\\") {
        i += 1;
        atom += text.charAt(i);
      } else if (char === quote) quote = "";
    } else if (char === '"' || char === "'") {
      quote = char;
      atom += char;
    } else if (depth > 0 || (char === "(" && atom.trim() !== "")) {
      // Inside the arguments of a call.
      depth += char === "(" ? 1 : char === ")" ? -1 : 0;
      atom += char;
    } else if (two === "&&" || two === "||") {
      end();
      tokens.push({ kind: two });
      i += 1;
    } else if (char === "(" || char === ")") {
      end();
      tokens.push({ kind: char });
    } else if (char === "!" && atom.trim() === "" && text.charAt(i + 1) !== "=") tokens.push({ kind: "!" });
    else atom += char;
  }
  end();
  return quote === "" && depth === 0 ? tokens : undefined;
}

function disjunction(p: Parser): Left | undefined {
  let left = conjunction(p);
  while (left !== undefined && p.tokens[p.at]?.kind === "||") {
    p.at += 1;
    const next = conjunction(p);
    left = next === undefined ? undefined : either(left, next);
  }
  return left;
}

function conjunction(p: Parser): Left | undefined {
  let left = term(p);
  while (left !== undefined && p.tokens[p.at]?.kind === "&&") {
    p.at += 1;
    const next = term(p);
    left = next === undefined ? undefined : both(left, next);
  }
  return left;
}

function term(p: Parser): Left | undefined {
  const token = p.tokens[p.at];
  p.at += 1;
  if (token === undefined) return undefined;
  if (token.kind === "!" || token.kind === "(") {
    p.depth += 1;
    if (p.depth > DEEPEST) return undefined;
    const inner = token.kind === "!" ? term(p) : disjunction(p);
    p.depth -= 1;
    // What is over may not be denied: `!` of a part that never holds holds always, of any other it may.
    if (token.kind === "!") return inner === undefined ? undefined : "all";
    const closed = p.tokens[p.at]?.kind === ")";
    p.at += 1;
    return closed ? inner : undefined;
  }
  if (token.kind !== "atom") return undefined;
  if (p.now !== undefined && endOf(token.text) <= p.now) return new Set();
  const found = RESOURCE.exec(token.text);
  const id = found?.slice(1).find((part) => part !== undefined);
  return id === undefined ? "all" : new Set([id]);
}

const ENDS =
  /^request\.time\s*<=?\s*timestamp\(\s*["']([^"'\\]*)["']\s*\)$|^timestamp\(\s*["']([^"'\\]*)["']\s*\)\s*>=?\s*request\.time$/;

/** When a part ends for good, as milliseconds; never, where it does not say or can't be read. */
function endOf(text: string): number {
  const found = ENDS.exec(text)
    ?.slice(1)
    .find((part) => part !== undefined);
  const end = found === undefined ? Number.NaN : Date.parse(found);
  return Number.isNaN(end) ? Number.POSITIVE_INFINITY : end;
}

const either = (a: Left, b: Left): Left => (a === "all" || b === "all" ? "all" : new Set([...a, ...b]));

function both(a: Left, b: Left): Left {
  if (a === "all") return b;
  return b === "all" ? a : new Set([...a].filter((id) => b.has(id)));
}
