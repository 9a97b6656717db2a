import { notFound } from "../../core/problem.ts";
import { type Call, filtered, ordered, page, param, type Route } from "../../core/routes.ts";
import { type MarketplaceImage, marketplaceImages, nameId } from "./catalogue.ts";

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

const imageId = ({ label }: { readonly label: string }): string => nameId(`product/${label}`);
/** Each image has one version here: the one that is offered. */
const versionId = ({ label }: { readonly label: string }): string => nameId(`version/${label}`);
const BUILD = "2026-05-12";
const CATEGORIES = ["distribution", "instantapp", "Machine Learning"].map((name) => ({
  id: nameId(`category/${name}`),
  name,
  description: "",
}));
const categoryOf = (label: string): string =>
  label.includes("gpu") ? "Machine Learning" : /^(docker|openvpn)$/.test(label) ? "instantapp" : "distribution";

/** What is offered is the same in every zone. */
const OFFERED = marketplaceImages("fr-par-1");
const PRODUCTS = [...new Map(OFFERED.map((i) => [i.label, i])).values()].map(({ label, name, built }) => ({
  id: imageId({ label }),
  name,
  description: "",
  logo: "",
  categories: [categoryOf(label)],
  created_at: built,
  updated_at: built,
  valid_until: null,
  label,
}));

/** A list and each of its items. */
const catalogue = (
  items: string,
  resource: string,
  all: (call: Call) => readonly { readonly id: string }[],
): readonly Route[] => [
  {
    method: "GET",
    path: `/marketplace/v2/${items}`,
    handle: (call) => page(call, items, ordered(call, all(call))),
  },
  {
    method: "GET",
    path: `/marketplace/v2/${items}/:id`,
    handle: (call) => {
      const found = all(call).find(({ id }) => id === param(call, "id"));
      if (found === undefined) throw notFound(resource, param(call, "id"));
      return found;
    },
  },
];

export const marketplaceRoutes: readonly Route[] = [
  {
    method: "GET",
    path: PATH,
    handle: (call) => {
      const zones = call.platform.regions.flatMap((r) => r.zones);
      const kept = filtered(call, zones.flatMap(marketplaceImages), {
        zone: (i, v) => i.zone === v,
        arch: (i, v) => i.arch === v,
        image_id: (i, v) => imageId(i) === v,
        version_id: (i, v) => versionId(i) === v,
        image_label: (i, v) => i.label === v,
        type: (i, v) => v === "unknown_type" || i.type === v,
      });
      return page(call, "local_images", ordered(call, kept, { keys: { created_at: (i) => i.built } }).map(view));
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
  ...catalogue("images", "image", (call) =>
    filtered(call, PRODUCTS, {
      arch: (image, v) => OFFERED.some((i) => i.label === image.label && i.arch === v),
      category: (image, v) => image.categories.includes(v),
    }),
  ),
  ...catalogue("versions", "version", (call) =>
    filtered(call, PRODUCTS, { image_id: (image, v) => image.id === v }).map((image) => ({
      id: versionId(image),
      name: BUILD,
      created_at: image.created_at,
      updated_at: image.updated_at,
      published_at: image.created_at,
    })),
  ),
  ...catalogue("categories", "category", () => CATEGORIES),
];
