// The filters of the finder: a group of ticks for each facet. They are built once and only updated, so that focus stays.
"use strict";

(() => {
  const { say, make } = window.kb;

  /** One facet. @param {{name: string, label: string, values: {value: string, label?: string}[]}} facet
   * @param {(name: string, value: string, chosen: boolean) => void} change */
  const group = (facet, change) => {
    /** @type {Map<string, {item: HTMLElement, tick: HTMLInputElement, count: HTMLElement}>} */
    const rows = new Map();
    const list = make("ul");
    const number = make("span", { class: "kb-facet__number" });
    const name = make("summary", {}, facet.label, number);
    const element = make("details", { class: "kb-facet", name: "kb-facet", hidden: true },
      name, make("div", { class: "kb-facet__values" }, list));
    name.addEventListener("click", (event) => { if (name.hasAttribute("aria-disabled")) event.preventDefault(); });
    let some = false;

    const row = (value, label) => {
      const tick = make("input", { type: "checkbox", onchange: () => change(facet.name, value, tick.checked) });
      const count = make("span", { class: "kb-count" });
      const item = make("li", {}, make("label", { class: "kb-tick" }, tick, make("span", {}, label ?? value), count));
      rows.set(value, { item, tick, count });
      list.append(item);
    };
    for (const { value, label } of facet.values) row(value, label);

    /** @param {Record<string, number>} counts @param {string[]} chosen */
    const update = (counts, chosen) => {
      for (const value of [...Object.keys(counts), ...chosen]) if (!rows.has(value)) row(value, undefined);
      let shown = 0;
      for (const [value, { item, tick, count }] of rows) {
        tick.checked = chosen.includes(value);
        count.textContent = String(counts[value] ?? 0);
        item.hidden = !counts[value] && !tick.checked;
        shown += item.hidden ? 0 : 1;
      }
      number.textContent = chosen.length ? ` (${chosen.length})` : "";
      some = shown > 0;
      if (some) element.hidden = false; // and it stays: what is beside it must not jump when a choice leaves it nothing
      else element.open = false;
      if (some) name.removeAttribute("aria-disabled");
      else name.setAttribute("aria-disabled", "true");
    };
    return { element, update, some: () => some };
  };

  /** All facets but the preset ones.
   * @returns {{element: HTMLElement, some: () => boolean, update: (counts: object, chosen: Record<string, string[]>) => void}} */
  const facets = (all, preset, change) => {
    const groups = all.filter(({ name }) => !Object.hasOwn(preset, name)).map((facet) => [facet.name, group(facet, change)]);
    const element = make("div", { class: "kb-facets", role: "group", "aria-label": say("search.filters") },
      ...groups.map(([, { element: part }]) => part));
    const shut = (keep) => {
      for (const open of element.querySelectorAll("details[open]")) if (!keep || !open.contains(keep)) open.open = false;
    };
    element.addEventListener("keydown", (event) => {
      const open = event.key === "Escape" && event.target.closest("details[open]");
      if (!open) return;
      open.open = false;
      open.querySelector("summary").focus();
    });
    // an open group lies over the results: it goes when the reader goes on, but not between a press and its click,
    // under which the page would move
    let pressed = false;
    document.addEventListener("pointerdown", () => { pressed = true; });
    document.addEventListener("click", (event) => {
      pressed = false;
      shut(event.target);
    });
    element.addEventListener("focusout", (event) => { if (event.relatedTarget && !pressed) shut(event.relatedTarget); });
    return {
      element,
      some: () => groups.some(([, part]) => part.some()),
      update: (counts, chosen) => { for (const [name, part] of groups) part.update(counts[name] ?? {}, chosen[name] ?? []); },
    };
  };

  /** The chosen filters, each to be taken away, and one button for all.
   * @param {[string, string, string][]} chosen facet, value, label */
  const chips = (chosen, change, clear) => {
    const list = chosen.map(([name, value, label]) => make("li", {},
      make("button", { type: "button", class: "kb-chip", onclick: () => change(name, value, false) },
        make("span", { class: "kb-hidden" }, say("search.unchoose"), " "), label, make("span", { "aria-hidden": "true" }, " ×"))));
    if (list.length) list.push(make("li", {}, make("button", { type: "button", class: "kb-clear", onclick: clear }, say("search.clear"))));
    return list;
  };

  Object.assign(window.kb, { facets, chips });
})();
