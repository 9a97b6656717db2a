import { openStore } from "../../local/scaleway/core/store.ts";

/** Writes pairs for ever, each in a transaction, and says each number once it is committed. Ends only by being killed. */
const store = openStore(process.argv[2]);
for (let n = 1; ; n += 1) {
  store.transaction(() => {
    store.meta.set("left", String(n));
    store.meta.set("right", String(n));
  });
  process.stdout.write(`${n}\n`);
}
