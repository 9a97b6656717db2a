import type { ReviewFormat, ReviewRenderer } from "./form.ts";
import { html } from "./html.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

/** Every format with the file that it becomes under `--out`. A format without a renderer does not compile. */
export const REVIEW_RENDERERS: Readonly<
  Record<ReviewFormat, { readonly file: string; readonly render: ReviewRenderer }>
> = {
  text: { file: "review.txt", render: text },
  markdown: { file: "review.md", render: markdown },
  json: { file: "review.json", render: json },
  sarif: { file: "review.sarif", render: sarif },
  html: { file: "review.html", render: html },
};
