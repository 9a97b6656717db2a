/** One request as it came over the wire, whole, with the host that the client asked for. */
export interface WireRequest {
  readonly method: string;
  /** Lower case, without port. */
  readonly host: string;
  readonly path: string;
  /** Without the question mark. */
  readonly rawQuery: string;
  /** By lower-case name; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly sourceIp: string;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** Answers the requests of the hosts it serves. */
export interface WireService {
  readonly serves: (host: string) => boolean;
  readonly answer: (request: WireRequest) => WireResponse | Promise<WireResponse>;
}
