import { trapRule } from "./trap.ts";

export const rotationFollowsItsPeriod = trapRule("written-rotation", {
  id: "TRP-15",
  title: "a key names its rotation period, not the date of its next rotation",
  severity: "low",
  enforcement: "mandatory",
  waivable: true,
  controls: ["IR:9.2.c.v", "ISO:A.8.24"],
  rationale:
    "The date passes, Key Manager moves on, and from then on every plan wants to set the rotation back to a day that is gone; an operator who gives in changes the schedule of a key that was in order.",
  remedy: "Remove `nextRotationAt`; the period is counted from creation.",
});
