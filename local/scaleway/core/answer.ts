/**
 * An answer that is more than JSON with status 200: another status, headers of its own, or (text and buffers under a
 * `content-type` of their own) a body that is no JSON.
 */
export class Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** A body that goes out as it is. */
export const rawAnswer = (contentType: string, body: string | Buffer): Answer =>
  new Answer(200, body, { "content-type": contentType });
