import type { Tag } from "./bucket-table.ts";
import { S3Error } from "./errors.ts";
import { fromXml, type XmlTree } from "./xml.ts";

const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;
/** Most tags of an object; a bucket may have more. */
const MAX_OBJECT_TAGS = 10;
const MAX_BUCKET_TAGS = 50;

/** Checks tags: lengths, number, and no key twice. */
export function readTags(tags: readonly Tag[], of: "object" | "bucket" = "object"): readonly Tag[] {
  const most = of === "object" ? MAX_OBJECT_TAGS : MAX_BUCKET_TAGS;
  if (tags.length > most)
    throw new S3Error("InvalidTag", { message: `Tags of this ${of} cannot be more than ${most}` });
  const isBad = (tag: Tag): boolean =>
    tag.Key.length === 0 || tag.Key.length > MAX_KEY_LENGTH || tag.Value.length > MAX_VALUE_LENGTH;
  if (tags.some(isBad)) throw new S3Error("InvalidTag", { message: "The TagKey you have provided is invalid" });
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw new S3Error("InvalidTag", { message: "Cannot provide multiple Tags with the same key" });
  }
  return tags;
}

/** Tags of a `Tagging` document. */
export function readTagging(body: Uint8Array, of: "object" | "bucket"): readonly Tag[] {
  const set = fromXml(body, "Tagging").child("TagSet");
  if (set === undefined) throw new S3Error("MalformedXML");
  const tags = set.children("Tag").map((tag) => {
    const Key = tag.textOf("Key");
    const Value = tag.textOf("Value");
    if (Key === undefined || Value === undefined) throw new S3Error("MalformedXML");
    return { Key, Value };
  });
  return readTags(tags, of);
}

export const taggingTree = (tags: readonly Tag[]): XmlTree => ({
  TagSet: { Tag: tags.map(({ Key, Value }) => ({ Key, Value })) },
});
