import { z } from "zod";
import { type Flow, type flowsInForce, forcedOpenings } from "../../stacks/flows.ts";
import { HEALTH_PRODUCTS } from "../../stacks/health-products.data.ts";
import { PHASES, TIERS } from "../../stacks/vocabulary.ts";

/** The parts of a law that say what may be joined, entered, left and held: see `law.ts`. */
const text = z.string().min(1);
const ports = z.tuple([z.int(), z.int()]);
const flowEnd = z.strictObject({ region: text, tier: z.enum(TIERS) });

/** A connection that may be opened, as `stacks/flows.ts` declares it. */
export const flowSchema = z.strictObject({
  name: text,
  from: flowEnd,
  to: flowEnd,
  protocol: z.enum(["TCP", "UDP"]),
  ports,
  reason: text,
  owner: text,
  phases: z.array(z.enum(PHASES)),
  until: text.optional(),
});

/** A third party's host, and whose law its operator is under where it is told. */
export const hostSchema = z.strictObject({ host: text, reason: text, jurisdiction: text.optional() });

/** Ports at which the internet may reach a tier. */
export const entranceSchema = z.strictObject({
  name: text,
  tier: z.enum(TIERS),
  protocol: z.enum(["TCP", "UDP"]),
  ports,
  reason: text,
});

/** A product that may hold health data, with who says so. */
export const productSchema = z.strictObject({ product: text, source: text });

export const healthProducts = (): z.infer<typeof productSchema>[] => HEALTH_PRODUCTS.map((row) => ({ ...row }));

export const lawFlow = ({
  until,
  ports: [low, high],
  phases,
  from,
  to,
  ...rest
}: ReturnType<typeof flowsInForce>[number]): z.infer<typeof flowSchema> => ({
  ...rest,
  from: { ...from },
  to: { ...to },
  ports: [low, high],
  phases: [...phases],
  ...(until === undefined ? {} : { until }),
});

interface HostSetting {
  readonly host: string;
  readonly reason: string;
  readonly jurisdiction?: string | undefined;
}

export const lawHost = ({ host, reason, jurisdiction }: HostSetting): z.infer<typeof hostSchema> => ({
  host,
  reason,
  ...(jurisdiction === undefined ? {} : { jurisdiction }),
});

/** The openings from outside that the platform forces, as ports of a tier. */
export const entrancesOf = (
  settings: { readonly admin: { readonly port: number }; readonly link: { readonly port: number } },
  flows: readonly Flow[],
): z.infer<typeof entranceSchema>[] =>
  forcedOpenings({ ...settings, linked: flows.some((f) => f.from.region !== f.to.region) })
    .filter((opening) => opening.direction === "inbound")
    .map(({ name, tier, protocol, ports: [low, high], reason }) => ({
      name,
      tier,
      protocol,
      ports: [low, high],
      reason,
    }));
