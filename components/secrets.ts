import { type Output, secret } from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as scaleway from "@pulumiverse/scaleway";
import type { Key } from "../blueprint/model/common.ts";
import type { SecretSpec, SecretsSpec } from "../blueprint/model/storage.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { Named } from "./named.ts";
import type { Projects } from "./projects.ts";
import { tagList } from "./values.ts";

export interface SecretsDeps {
  readonly projects: Projects;
  readonly apiKeys: Named<scaleway.iam.ApiKey>;
  /** Values of the regions made before this one: a secret may repeat one of theirs. */
  readonly earlier: Named<Output<string>>;
}

/**
 * Secrets of one region and their first version. Values are random or minted by Scaleway, never literals, and are marked
 * secret from the start, so that state and previews hold them encrypted.
 *
 * They go in as `data`. The write-only `dataWo` does not keep a value out of the state (measured with provider 2.80.0 and
 * bridge 3.128: the engine keeps all inputs, encrypted either way; only the copy among the outputs is gone), and a value
 * that changed is not sent until a counter beside it does: a rotated API key would go stale in silence.
 */
export class Secrets extends SovereignComponent<SecretsSpec> {
  /** Secret values, for regions that repeat them. */
  readonly values: Named<Output<string>>;

  constructor(spec: SecretsSpec, deps: SecretsDeps, site: Site) {
    super("Secrets", `secrets-${spec.region}`, spec, site);
    this.values = Named.from("secret value", spec.secrets, (item) => secret(this.#value(item, deps)));
    const secrets = Named.from("secret", spec.secrets, (item) =>
      this.child(
        scaleway.secrets.Secret,
        item.key,
        {
          name: item.name,
          path: item.path,
          description: item.description,
          protected: true,
          tags: tagList(item.tags),
          projectId: deps.projects.id(item.project),
          region: item.region,
        },
        { protect: true },
      ),
    );
    for (const item of spec.secrets) {
      this.child(scaleway.secrets.Version, versionKey(item.key), {
        secretId: secrets.get(item.key).id,
        description: versionKey(item.key),
        data: this.values.get(item.key),
        region: item.region,
      });
    }
    this.publish({ ids: secrets.record((item) => item.id) });
  }

  #value(spec: SecretSpec, deps: SecretsDeps): Output<string> {
    const { content } = spec;
    switch (content.kind) {
      case "random-password":
        return this.child(
          random.RandomPassword,
          `${spec.key}-value`,
          { length: content.length, special: false },
          { protect: true },
        ).result;
      case "random-bytes":
        return this.child(random.RandomBytes, `${spec.key}-value`, { length: content.length }, { protect: true })
          .base64;
      case "api-key":
        return deps.apiKeys.get(content.apiKey).secretKey;
      case "same-as":
        return deps.earlier.get(content.secret);
    }
  }
}

const versionKey = (key: Key): Key => `${key}-version`;
