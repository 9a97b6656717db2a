import { beforeEach, describe, expect, it } from "vitest";
import { openClock } from "../../local/scaleway/core/clock.ts";
import { openIds } from "../../local/scaleway/core/ids.ts";
import { makePlatform, type Platform } from "../../local/scaleway/core/platform.ts";
import { openStore } from "../../local/scaleway/core/store.ts";
import { type Settle, settleDue } from "../../local/scaleway/core/transitions.ts";

let platform: Platform;
let done: string[];
const THING = { kind: "test.thing" };
beforeEach(() => {
  done = [];
  const store = openStore(undefined);
  const clock = openClock(store, () => 0);
  platform = makePlatform({
    store,
    clock,
    ids: openIds(store, "s"),
    regions: [],
    organizationId: "o",
    defaultProjectId: "p",
    transitionMs: 100,
  });
});
const note: Settle = (_, id) => void done.push(id);
const settlers = (settle: Settle = note): ReadonlyMap<string, Settle> => new Map([[THING.kind, settle]]);

describe("what happens by itself", () => {
  it("happens when its time has come, not before", () => {
    platform.later(THING, "a");
    settleDue(platform, settlers());
    expect(done).toEqual([]);
    platform.clock.advance(100);
    settleDue(platform, settlers());
    settleDue(platform, settlers());
    expect(done).toEqual(["a"]);
  });

  it("happens in the order in which it falls due", () => {
    platform.later(THING, "late", 50);
    platform.later(THING, "early", 10);
    platform.later(THING, "never", 1_000);
    platform.clock.advance(60);
    settleDue(platform, settlers());
    expect(done).toEqual(["early", "late"]);
  });

  it("can be put off and called off", () => {
    platform.later(THING, "moved", 10);
    platform.later(THING, "moved", 500);
    platform.later(THING, "off", 10);
    platform.transitions.cancel(THING.kind, "off");
    platform.clock.advance(20);
    settleDue(platform, settlers());
    expect(done).toEqual([]);
  });

  it("goes on step by step", () => {
    const chain: Settle = (p, id) => {
      done.push(id);
      if (id.length < 3) p.later(THING, `${id}+`, 0);
    };
    platform.later(THING, "x", 0);
    settleDue(platform, settlers(chain));
    expect(done).toEqual(["x", "x+", "x++"]);
  });

  it("keeps what it could not do", () => {
    platform.later(THING, "a", 0);
    const broken: Settle = () => {
      throw new Error("no");
    };
    expect(() => settleDue(platform, settlers(broken))).toThrow("no");
    settleDue(platform, settlers());
    expect(done).toEqual(["a"]);
  });

  it("is an error when nobody knows how, or it never comes to rest", () => {
    platform.later({ kind: "test.other" }, "a", 0);
    expect(() => settleDue(platform, settlers())).toThrow("test.other");
    platform.transitions.cancel("test.other", "a");
    const restless: Settle = (p, id) => p.later(THING, id, 0);
    platform.later(THING, "b", 0);
    expect(() => settleDue(platform, settlers(restless))).toThrow("do not come to rest");
  });
});
