/**
 * What the map's page does by itself: views, search, keyboard, and paths that light up. Plain JavaScript for a browser, told by the
 * digest that the page's policy admits. It reads the page and the data in it; it asks for nothing and keeps nothing. Without it the
 * page shows the same, one view below the other.
 */
export const MAP_SCRIPT = String.raw`"use strict";
(() => {
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const all = (q, from = document) => [...from.querySelectorAll(q)];
  const byId = (id) => document.getElementById(id);
  const make = (tag, text, props = {}) => Object.assign(document.createElement(tag), { textContent: text }, props);
  const root = document.documentElement;
  const detail = byId("detail");
  const tabs = all("[role=tab]");
  root.classList.add("js");

  const show = (name, focus) => {
    for (const tab of tabs) {
      const on = tab.dataset.view === name;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      byId("view-" + tab.dataset.view).hidden = !on;
      if (on && focus) tab.focus();
    }
  };
  const shown = () => tabs.find((t) => t.getAttribute("aria-selected") === "true").dataset.view;
  tabs.forEach((tab, i) => {
    tab.addEventListener("click", () => show(tab.dataset.view));
    tab.addEventListener("keydown", (e) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      const to = e.key === "Home" ? 0 : e.key === "End" ? tabs.length - 1 : step === undefined ? undefined : (i + step + tabs.length) % tabs.length;
      if (to === undefined) return;
      e.preventDefault();
      show(tabs[to].dataset.view, true);
    });
  });

  const nodes = new Map(Object.entries(data.nodes));
  const nodesOf = (urns) => [...nodes].filter(([, n]) => n.urns.some((u) => urns.has(u))).map(([id]) => id);

  const clear = () => {
    root.classList.remove("focus");
    for (const e of all(".lit")) e.classList.remove("lit");
    for (const b of all("[aria-pressed=true]")) b.setAttribute("aria-pressed", "false");
    detail.replaceChildren();
    detail.hidden = true;
  };

  const light = (ids, edges) => {
    root.classList.add("focus");
    for (const id of [...ids, ...edges]) byId(id)?.classList.add("lit");
    const here = ids.filter((id) => byId(id)?.closest("[role=tabpanel]")?.id === "view-" + shown());
    const target = here[0] ?? ids.find((id) => byId(id));
    if (target === undefined) return;
    const view = byId(target).closest("[role=tabpanel]")?.id.replace("view-", "");
    if (view !== undefined && view !== shown()) show(view);
    byId(target).scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const short = (text) => {
    const [, , type, ...name] = text.startsWith("urn:pulumi:") ? text.split("::") : [];
    return type === undefined ? text : name.join("::") + " (" + type.split(":").at(-1) + ")";
  };
  const list = (title, items) => {
    if (items.length === 0) return [];
    const ul = make("ul", "");
    items.slice(0, 200).forEach((item) => ul.append(make("li", short(item), { title: item })));
    if (items.length > 200) ul.append(make("li", "and " + (items.length - 200) + " more"));
    return [make("h3", title), ul];
  };

  const open = (title, parts) => {
    const close = make("button", "Close", { type: "button", className: "close" });
    close.addEventListener("click", clear);
    detail.replaceChildren(close, make("h2", title), ...parts);
    detail.hidden = false;
  };

  const pick = (id) => {
    const node = nodes.get(id);
    if (node === undefined) return;
    clear();
    const out = data.edges.filter((e) => e.from === id);
    const into = data.edges.filter((e) => e.to === id);
    const near = [...out.map((e) => e.to), ...into.map((e) => e.from)];
    const same = nodesOf(new Set(node.urns)).filter((other) => other !== id);
    light([id, ...near, ...same], [...out, ...into].map((e) => e.id));
    const name = (other) => nodes.get(other)?.title ?? "";
    open(node.title, [
      make("p", node.lines.join(" · ")),
      ...list(node.view === "data" ? "May" : "May go to", out.map((e) => e.far + ": " + e.words)),
      ...list(node.view === "data" ? "Who may" : "Open from", into.map((e) => e.near + ": " + e.words)),
      ...list(node.urns.length === 1 ? "Resource" : node.urns.length + " resources", node.urns.map((u) => data.urns[u])),
    ]);
    byId(id)?.setAttribute("aria-pressed", "true");
  };

  const boxes = all(".map [id^=r-]");
  for (const box of boxes) {
    box.setAttribute("role", "button");
    box.setAttribute("aria-pressed", "false");
    box.tabIndex = -1;
    box.addEventListener("click", (e) => {
      e.stopPropagation();
      pick(box.id);
      rove(box);
    });
  }
  const rove = (box) => {
    for (const other of all("[id^=r-][tabindex='0']", box.closest("svg"))) other.tabIndex = -1;
    box.tabIndex = 0;
  };
  for (const svg of all("svg.map")) {
    const inside = all("[id^=r-]", svg);
    if (inside[0] !== undefined) inside[0].tabIndex = 0;
    svg.addEventListener("keydown", (e) => {
      const i = inside.indexOf(document.activeElement);
      if (i < 0) return;
      if (e.key === "Enter" || e.key === " ") {
        e.preventDefault();
        return pick(inside[i].id);
      }
      const to = { ArrowRight: i + 1, ArrowDown: i + 1, ArrowLeft: i - 1, ArrowUp: i - 1, Home: 0, End: inside.length - 1 }[e.key];
      if (to === undefined || inside[to] === undefined) return;
      e.preventDefault();
      rove(inside[to]);
      inside[to].focus();
      inside[to].scrollIntoView({ block: "nearest", inline: "nearest" });
    });
    svg.addEventListener("click", clear);
  }
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") clear();
    if (e.key === "/" && !/INPUT|TEXTAREA/.test(document.activeElement?.tagName ?? "")) {
      e.preventDefault();
      byId("search").focus();
    }
  });

  for (const button of all("[data-finding]")) {
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") === "true";
      clear();
      if (on) return;
      const urns = new Set(data.findings[Number(button.dataset.finding)]);
      light(nodesOf(urns), data.edges.filter((e) => e.urns.some((u) => urns.has(u))).map((e) => e.id));
      button.setAttribute("aria-pressed", "true");
    });
  }

  const search = byId("search");
  const results = byId("results");
  const entries = [...nodes].flatMap(([id, n]) =>
    n.urns.length === 0
      ? [{ id, text: n.title, more: n.view, all: n.title }]
      : n.urns.map((u) => ({ id, text: short(data.urns[u]), more: n.view, all: n.title + " " + data.urns[u] })),
  );
  const find = () => {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const hits = words.length === 0 ? [] : entries.filter((e) => words.every((w) => e.all.toLowerCase().includes(w)));
    results.replaceChildren(
      ...hits.slice(0, 12).map((hit) => {
        const li = make("li", "");
        const b = make("button", hit.text, { type: "button" });
        b.append(make("small", hit.more));
        b.addEventListener("click", () => {
          search.value = "";
          find();
          pick(hit.id);
          const box = byId(hit.id);
          if (box) {
            rove(box);
            box.focus();
          }
        });
        li.append(b);
        return li;
      }),
    );
    byId("found").textContent = words.length === 0 ? "" : hits.length === 0 ? "nothing found" : hits.length > 12 ? "12 of " + hits.length : hits.length + " found";
  };
  search.addEventListener("input", find);
  search.addEventListener("keydown", (e) => {
    if (e.key === "Enter") {
      e.preventDefault();
      results.querySelector("button")?.click();
    }
    if (e.key === "ArrowDown") {
      e.preventDefault();
      results.querySelector("button")?.focus();
    }
  });
  show("places");
})();
`;
