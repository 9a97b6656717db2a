import type * as grpc from "@grpc/grpc-js";

/** Makes a call's answer of plain work: what it gives back is answered, what it throws becomes the status that `failed` makes of it. */
export const unary =
  (failed: (error: unknown) => grpc.StatusObject) =>
  <Q, A>(work: (request: Q) => A | Promise<A>): grpc.handleUnaryCall<Q, A> =>
  (call, done) => {
    Promise.resolve()
      .then(() => work(call.request))
      .then(
        (value) => done(null, value),
        (error: unknown) => done(failed(error)),
      );
  };
