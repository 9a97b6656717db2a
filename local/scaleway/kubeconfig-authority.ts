import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { z } from "zod";
import type { WireService } from "./core/wire.ts";

const KUBECONFIG = /^\/k8s\/v1\/regions\/[^/]+\/clusters\/[^/]+\/kubeconfig$/;
const answerSchema = z.looseObject({ content: z.string() });
const kubeconfigSchema = z.looseObject({
  clusters: z.array(z.looseObject({ cluster: z.looseObject({ "certificate-authority-data": z.string() }) })),
});

/** Kubeconfigs with the authority that the clusters' names are certified under. @param authorityFile its certificate. */
export const withAuthority = (service: WireService, authorityFile: string): WireService => ({
  serves: service.serves,
  answer: async (request) => {
    const answer = await service.answer(request);
    if (answer.status !== 200 || !KUBECONFIG.test(request.path)) return answer;
    const told = answerSchema.parse(JSON.parse(answer.body.toString()));
    const config = kubeconfigSchema.parse(parse(Buffer.from(told.content, "base64").toString("utf8")));
    const authority = readFileSync(authorityFile).toString("base64");
    const clusters = config.clusters.map((c) => ({
      ...c,
      cluster: { ...c.cluster, "certificate-authority-data": authority },
    }));
    const content = Buffer.from(stringify({ ...config, clusters })).toString("base64");
    return { ...answer, body: JSON.stringify({ ...told, content }) };
  },
});
