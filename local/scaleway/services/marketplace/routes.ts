import { notFound } from "../../core/problem.ts";
import { filtered, page, param, type Route } from "../../core/routes.ts";
import { type MarketplaceImage, marketplaceImages } from "./catalogue.ts";

/** Marketplace v2: which image of a label fits which server type, in a zone. */
const view = (image: MarketplaceImage): unknown => ({
  id: image.id,
  arch: image.arch,
  zone: image.zone,
  compatible_commercial_types: image.commercialTypes,
  label: image.label,
  type: image.type,
});

const PATH = "/marketplace/v2/local-images";

export const marketplaceRoutes: readonly Route[] = [
  {
    method: "GET",
    path: PATH,
    handle: (call) => {
      const zones = call.platform.regions.flatMap((r) => r.zones);
      const kept = filtered(call, zones.flatMap(marketplaceImages), {
        zone: (i, v) => i.zone === v,
        image_label: (i, v) => i.label === v,
        type: (i, v) => v === "unknown_type" || i.type === v,
      });
      return page(call, "local_images", kept.map(view));
    },
  },
  {
    method: "GET",
    path: `${PATH}/:id`,
    handle: (call) => {
      const id = param(call, "id");
      const zones = call.platform.regions.flatMap((r) => r.zones);
      const image = zones.flatMap(marketplaceImages).find((i) => i.id === id);
      if (image === undefined) throw notFound("local_image", id);
      return view(image);
    },
  },
];
