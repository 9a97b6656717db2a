import { codequality } from "./codequality.ts";
import { csv } from "./csv.ts";
import { html } from "./html.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import type { Format, Renderer } from "./report.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

/** Every format with the file that it becomes under `--out` (design §6). A format without a renderer does not compile. */
export const RENDERERS: Readonly<Record<Format, { readonly file: string; readonly render: Renderer }>> = {
  text: { file: "verdict.txt", render: text },
  json: { file: "verdict.json", render: json },
  sarif: { file: "verdict.sarif", render: sarif },
  junit: { file: "junit.xml", render: junit },
  codequality: { file: "codequality.json", render: codequality },
  markdown: { file: "report.md", render: markdown },
  csv: { file: "controls.csv", render: csv },
  html: { file: "report.html", render: html },
};
