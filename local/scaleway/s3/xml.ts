import { XMLBuilder, XMLParser, XMLValidator } from "fast-xml-parser";
import { S3Error } from "./errors.ts";

/** Content of an element: text, or child elements in document order; a list repeats its element; undefined is left out. */
export type XmlContent = string | number | boolean | XmlTree;
export interface XmlTree {
  readonly [element: string]: XmlContent | readonly XmlContent[] | undefined;
}

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const MAX_DOCUMENT_BYTES = 1 << 20;

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", suppressEmptyNode: false });

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
});

/** One document with root element `root`. Keys that start with `@` are attributes. Both options are true by default. */
export function toXml(
  root: string,
  content: XmlTree,
  options: { namespace?: boolean; declaration?: boolean } = {},
): string {
  const attributes = options.namespace === false ? {} : { "@xmlns": NAMESPACE };
  const text: string = builder.build({ [root]: { ...attributes, ...content } });
  return options.declaration === false ? text : DECLARATION + text;
}

/** A parsed element. Absent children read as undefined or empty lists, so callers state what they require. */
export class XmlElement {
  readonly #tree: Readonly<Record<string, unknown>>;
  /** Text directly inside the element; "" when it has none or has child elements. */
  readonly text: string;

  constructor(node: unknown) {
    const isTree = typeof node === "object" && node !== null && !Array.isArray(node);
    this.#tree = isTree ? Object.fromEntries(Object.entries(node)) : {};
    const text = isTree ? this.#tree["#text"] : node;
    const hasChildren = this.names().length > 0;
    this.text = hasChildren || text === undefined ? "" : String(text);
  }

  /** Names of child elements, in order of first appearance. */
  names(): readonly string[] {
    return Object.keys(this.#tree).filter((name) => name !== "#text" && !name.startsWith("@"));
  }

  children(name: string): readonly XmlElement[] {
    const found = this.#tree[name];
    if (found === undefined) return [];
    return Array.isArray(found) ? found.map((node) => new XmlElement(node)) : [new XmlElement(found)];
  }

  child(name: string): XmlElement | undefined {
    return this.children(name)[0];
  }

  textOf(name: string): string | undefined {
    return this.child(name)?.text;
  }

  /** An attribute by its full name, e.g. `xsi:type`. */
  attribute(name: string): string | undefined {
    const value = this.#tree[`@${name}`];
    return typeof value === "string" ? value : undefined;
  }

  /** The element as content for {@link toXml}; attributes are dropped, except those in `keep`. */
  toTree(keep: readonly string[] = []): XmlContent {
    const attributes = keep.flatMap((name) => {
      const value = this.attribute(name);
      return value === undefined ? [] : [[`@${name}`, value] as const];
    });
    const names = this.names();
    if (names.length === 0 && attributes.length === 0) return this.text;
    const tree = names.map((name) => [name, this.children(name).map((child) => child.toTree(keep))] as const);
    return Object.fromEntries([...attributes, ...(names.length === 0 ? [["#text", this.text]] : []), ...tree]);
  }
}

/** The root element of a request body. Anything that is not one well-formed document with that root is MalformedXML. */
export function fromXml(body: Uint8Array, root: string): XmlElement {
  if (body.length === 0) throw new S3Error("MissingRequestBodyError");
  const text = Buffer.from(body).toString("utf8");
  const isDocument =
    body.length <= MAX_DOCUMENT_BYTES && !text.includes("<!DOCTYPE") && XMLValidator.validate(text) === true;
  if (!isDocument) throw new S3Error("MalformedXML");
  const parsed: unknown = parser.parse(text);
  const document = new XmlElement(parsed);
  const element = document.child(root);
  const roots = document.names().filter((name) => !name.startsWith("?"));
  if (element === undefined || roots.length !== 1) throw new S3Error("MalformedXML");
  return element;
}
