import type { Platform } from "../core/platform.ts";
import { bareUser, USER } from "../services/iam/users.ts";

/** The organization that the acceptance tests were written in: some of them name it, and users of it, by id. */
export const TESTED_ORGANIZATION = "105bdce1-64c0-48ab-899d-868455867ecf";

const USERS: Readonly<Record<string, string>> = {
  "ef29ce05-3f2b-4fa0-a259-d76110850d57": "first@example.org",
  "84d20ae1-9650-419a-ab74-7ab09b6262e0": "developer-tools-team@scaleway.com",
  "88b4dde1-f3d4-478a-a281-784d53399a30": "third@example.org",
};

/** Adds the users that tests take for granted, by id or by e-mail address. */
export function plantUsers(platform: Platform): void {
  platform.store.transaction(() => {
    for (const [id, email] of Object.entries(USERS)) platform.collection(USER).put(bareUser({ platform }, id, email));
  });
}
