import { defineConfig } from "vitest/config";

/** The tests that must notice a change of the judge's kit: cases of every rule, and the judge's own. */
export default defineConfig({
  test: {
    include: ["test/unit/rules/*.test.ts", "test/unit/judge-*.test.ts"],
    testTimeout: 20_000,
    watch: false,
  },
});
