import { createHmac } from "node:crypto";
import { writeSync } from "node:fs";
import type { LedgerRecord } from "../../../judge/doors/ledger.ts";

/** The file descriptor that the judge opened for the ledger. */
export const LEDGER_FD = 3;

/** Bytes kept back before a write: one system call for some hundred registrations. */
const FLUSH_AT = 64 * 1024;

export interface Channel {
  /** Throws once the ledger is closed: what is registered after the end would not be judged. */
  readonly write: (record: Exclude<LedgerRecord, { kind: "end" }>) => void;
  /** Writes the end-of-program record with its seal. */
  readonly end: () => void;
}

/**
 * The ledger's writing end. Everything that it needs is bound when it is made, before the program is loaded: a program that
 * replaces `JSON.stringify`, `fs.writeSync` or a Buffer method afterwards changes nothing here. The key lives in the HMAC,
 * outside the JavaScript heap.
 */
export function openChannel(nonce: string): Channel {
  const { stringify } = JSON;
  const hmac = createHmac("sha256", nonce);
  const update = hmac.update.bind(hmac);
  const digest = hmac.digest.bind(hmac);
  const encode = Buffer.from;
  const put = writeSync;
  let pending = "";
  let records = 0;
  let open = true;

  const flush = (): void => {
    const bytes = encode(pending, "utf8");
    pending = "";
    let offset = 0;
    while (offset < bytes.length) offset += put(LEDGER_FD, bytes, offset, bytes.length - offset);
  };
  const append = (text: string): void => {
    pending += text;
    if (pending.length >= FLUSH_AT) flush();
  };
  return {
    write: (record) => {
      if (!open) throw new Error("registered after the end of the program");
      const line = `${stringify(record)}\n`;
      update(line);
      records += 1;
      append(line);
    },
    end: () => {
      if (!open) return;
      open = false;
      append(`${stringify({ kind: "end", records, seal: digest("hex") })}\n`);
      flush();
    },
  };
}
