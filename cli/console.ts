import { styleText } from "node:util";

/**
 * What people see while a command works: progress and notes on stderr, data on stdout. Colour only on a terminal and never
 * under NO_COLOR (`styleText` asks the stream itself).
 */
type Style = Parameters<typeof styleText>[0];

const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stderr });

export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
export const warn = (text: string): void => note(`${paint("yellow", "!")} ${text}`);
export const good = (text: string): void => note(`${paint("green", "✓")} ${text}`);
export const heading = (text: string): void => note(`\n${paint("bold", text)}`);
export const printData = (text: string): void => {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Runs one step with a line before, a tick with its duration after, and whatever `progress` says in between. */
export async function step<T>(title: string, work: (progress: (text: string) => void) => Promise<T>): Promise<T> {
  const started = performance.now();
  const live = process.stderr.isTTY === true;
  note(`${paint("cyan", "▸")} ${title}`);
  let last = "";
  const progress = (text: string): void => {
    if (text === last) return;
    last = text;
    process.stderr.write(live ? `\r\u001b[2K  ${paint("dim", text)}` : `  ${text}\n`);
  };
  const clear = (): void => {
    if (live && last !== "") process.stderr.write("\r\u001b[2K");
  };
  try {
    const result = await work(progress);
    clear();
    good(`${title} (${seconds(performance.now() - started)})`);
    return result;
  } catch (error) {
    clear();
    note(`${paint("red", "✗")} ${title} (${seconds(performance.now() - started)})`);
    throw error;
  }
}
