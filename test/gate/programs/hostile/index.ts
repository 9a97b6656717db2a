import * as pulumi from "@pulumi/pulumi";

/** One bad deed a stack, or one oddity (`odd-…`): the stack's name says which. None of them may ever end in a pass. */
const [, odd] = /^odd-(.*)$/.exec(pulumi.getStack()) ?? [];
const { deed } = await (odd === undefined ? import(`./deeds/${pulumi.getStack()}.ts`) : import(`./oddities/${odd}.ts`));
await deed();
