import { createHash } from "node:crypto";

/** The frame of every HTML artefact: colours by theme, a policy that forbids whatever the page does not hold itself. */

/** Text as HTML content or attribute value. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * A whole page: no request, and no script but the one that is given, which the policy names by its digest. `body` is HTML; `title` is
 * text.
 */
export const page = (title: string, style: string, body: string, script?: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${script === undefined ? "" : `; script-src 'sha256-${digest(script)}'`}">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${THEME}${style}
</style>
</head>
<body>
${body}${script === undefined ? "" : `\n<script>${script}</script>`}
</body>
</html>
`;

const digest = (script: string): string => createHash("sha256").update(script).digest("base64");

const THEME = `
:root{--paper:#fff;--ink:#1c2430;--muted:#5a6675;--line:#d5dbe3;--bad:#b3261e;--doubt:#8a5a00;--good:#1e6b3a}
@media (prefers-color-scheme:dark){:root{--paper:#12161c;--ink:#e7ecf3;--muted:#9aa7b8;--line:#2c3542;--bad:#ff8a80;--doubt:#f0b65a;--good:#7fd6a0}}
@media print{:root{--paper:#fff;--ink:#000}}
body{background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}`;
