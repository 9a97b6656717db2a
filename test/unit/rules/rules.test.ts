import { describe, expect, it } from "vitest";
import { RULE_IDS } from "../../../policy-packs/bastide/rules/ids.ts";
import { caseTests } from "./case-tests.ts";

describe.each(RULE_IDS)("%s", (id) => {
  it.each(caseTests(id))("$name", ({ faults }) => {
    expect(faults()).toEqual([]);
  });
});
