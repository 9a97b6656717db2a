import { S3_ERRORS } from "./errors.data.ts";
import { toXml, type XmlTree } from "./xml.ts";

export type S3Code = keyof typeof S3_ERRORS;

/** What a refusal may carry besides its code: another message, or further elements of the error document. */
export interface S3ErrorDetail {
  readonly message?: string;
  /** Elements after `Resource`, e.g. `BucketName`. */
  readonly elements?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal that the client reads as an S3 error document. Thrown by operations, rendered in one place. */
export class S3Error extends Error {
  readonly code: S3Code;
  readonly status: number;
  readonly detail: S3ErrorDetail;

  constructor(code: S3Code, detail: S3ErrorDetail = {}) {
    const [status, message] = S3_ERRORS[code];
    super(detail.message ?? message);
    this.name = "S3Error";
    this.code = code;
    this.status = status;
    this.detail = detail;
  }
}

/** An `InvalidArgument` that names the offending argument, in the two elements that clients print. */
export const invalidArgument = (message: string, name?: string, value?: string): S3Error =>
  new S3Error("InvalidArgument", {
    message,
    elements: {
      ...(name === undefined ? {} : { ArgumentName: name }),
      ...(value === undefined ? {} : { ArgumentValue: value }),
    },
  });

/** The error document; element order as in the recordings. `resource` is `/bucket` or `/bucket/key`. */
export function errorDocument(error: S3Error, resource: string, requestId: string): string {
  const content: XmlTree = {
    Code: error.code,
    Message: error.message,
    RequestId: requestId,
    HostId: requestId,
    Resource: resource,
    ...error.detail.elements,
  };
  return toXml("Error", content, { namespace: false, declaration: false });
}
