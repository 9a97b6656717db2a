import type { Platform } from "../../core/platform.ts";
import { PROJECT } from "../../services/account.ts";
import { bareUser, USER } from "../../services/iam/users.ts";

/** What the documentation's programs take for granted of whoever tries them: the project and the users that they name. */
const PROJECT_OF_THE_READER = "11111111-1111-1111-1111-111111111111";
const USERS_OF_THE_READER = ["user1@mail.com", "user2@mail.com", "user@scaleway.com"];

/** Adds what a reader would put in the place of the documentation's own names. */
export function plantReader(platform: Platform): void {
  const now = platform.clock.stamp();
  platform.store.transaction(() => {
    platform.collection(PROJECT).put({
      id: PROJECT_OF_THE_READER,
      name: "reader",
      organization_id: platform.organizationId,
      description: "",
      created_at: now,
      updated_at: now,
      qualification: null,
    });
    for (const email of USERS_OF_THE_READER)
      platform.collection(USER).put(bareUser({ platform }, platform.ids.uuid(), email));
  });
}
