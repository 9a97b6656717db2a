import * as pulumi from "@pulumi/pulumi";

/** `bastide explain RULE` prints these programs; `npm test` runs each and holds that only the failing one is refused. */
await import(`./${pulumi.getStack()}.ts`);
