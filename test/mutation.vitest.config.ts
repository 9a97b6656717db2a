import { defineConfig } from "vitest/config";

/** The tests that a changed rule must not survive: cases of every rule, and the judge's own. */
export default defineConfig({
  test: {
    include: ["test/unit/rules/*.test.ts", "test/unit/judge-*.test.ts"],
    testTimeout: 20_000,
    watch: false,
  },
});
