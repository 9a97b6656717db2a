import { defineConfig } from "vitest/config";

/** Layers are folders of test/: `npm test -- LAYER` runs one. Engine layers share one machine: no file parallelism there. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    watch: false,
  },
});
