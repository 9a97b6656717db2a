import { ELSEWHERE, INTERNET } from "./model.ts";

/** Names of the graph that are no resource, as people call them. */
export const PLACE_WORDS: Readonly<Record<string, string>> = {
  [INTERNET]: "the internet",
  [ELSEWHERE]: "a place outside this estate",
};
