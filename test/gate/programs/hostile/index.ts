import * as pulumi from "@pulumi/pulumi";

/** One bad deed a stack: the stack's name says which. None of them may ever end in a pass. */
const { deed } = await import(`./deeds/${pulumi.getStack()}.ts`);
await deed();
