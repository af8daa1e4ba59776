// The finder: a question, filters with counts and a list of results, all of it in the address.
// Above a list of one kind it is the same with that kind given; while nothing is asked there, the page's own list stays.
"use strict";

(() => {
  const { say, make, tidy, marked, address, facts, ask, facetsOf, gate, terms, advice, chips, table } = window.kb;
  const { SORTS, read, written, chosen, order, withValue, cleared } = window.kb.question;
  const PAUSE = 200; // milliseconds without a key before the index is asked
  const STEP = 20; // results at a time
  const WIDE = "(min-width: 60em)";

  /** A result as an item of the list, in the look of the lists of the site. */
  const item = (hit) => {
    const line = facts(hit);
    return make("li", { lang: hit.lang },
      make("p", { class: "kb-card__title" }, make("a", { href: address(hit.url) }, marked(hit.title, hit.titleMarks))),
      hit.excerpt ? make("p", {}, marked(hit.excerpt, hit.marks)) : "",
      line.length ? make("p", { class: "kb-card__facts" }, ...line) : "");
  };

  /** The elements of a finder. They are made once; later only what is in them changes, so that focus stays. */
  const elements = (kind) => ({
    field: make("input", { type: "text", id: "kb-finder-query", autocomplete: "off", spellcheck: "false", maxlength: 300,
      enterkeyhint: "search", placeholder: kind ? say(`search.ask_${kind}`) : say("search.placeholder") }),
    both: make("input", { type: "checkbox" }),
    filters: make("button", { type: "button", class: "kb-filters", "aria-expanded": "false", "aria-controls": "kb-facets" }, say("search.filters")),
    shelf: make("div", { id: "kb-facets", hidden: true }),
    chosen: make("ul", { class: "kb-chips", "aria-label": say("search.chosen"), hidden: true }),
    status: make("p", { role: "status", tabindex: -1 }),
    done: make("button", { type: "button", class: "kb-done" }),
    before: make("div"),
    sort: make("select", { id: "kb-sort" }, ...SORTS.map((name) => make("option", { value: name }, say(`sort.${name}`)))),
    save: make("button", { type: "button", class: "kb-export" }, say("search.export")),
    list: make("ol", { class: "kb-finder__list" }),
    more: make("button", { type: "button", class: "kb-more", hidden: true }, say("search.more")),
  });

  class Finder {
    /** @param {HTMLElement} place its data-kind is the kind that is given, if any */
    constructor(place) {
      this.place = place;
      this.kind = place.dataset.kind;
      this.preset = this.kind ? { kind: [this.kind] } : {};
      this.own = [...place.parentElement.querySelectorAll(":scope > section:not(.kb-foot)")];
      this.question = read(location.search, []);
      this.settled = location.search; // the address that a step back leads to
      this.shown = history.state?.shown ?? STEP;
      this.open = false; // whether the reader wants to see the filters
      this.facets = [];
      this.pass = gate();
      this.ui = elements(this.kind);
      this.draw();
      this.listen();
      if (this.kind && location.search.length < 2) {
        this.ui.form.addEventListener("focusin", () => this.run(), { once: true });
      } else {
        this.unfold(matchMedia(WIDE).matches);
        this.run();
      }
    }

    draw() {
      const { ui } = this;
      ui.form = make("form", { role: "search", class: "kb-finder__form" },
        make("label", { for: "kb-finder-query" }, say("search.label")), ui.field,
        make("label", { class: "kb-tick" }, ui.both, say("search.both")), ui.filters);
      ui.tools = make("div", { class: "kb-finder__tools", hidden: true },
        make("span", {}, make("label", { for: "kb-sort" }, say("sort.label")), " ", ui.sort), ui.save);
      // the number and the chosen filters stand above the filters, so that an open group never covers them
      ui.found = make("div", { class: "kb-finder__found", hidden: true }, ui.status, ui.chosen);
      this.place.replaceChildren(ui.form, ui.found, ui.shelf, ui.before, ui.tools, ui.list, ui.more);
      this.fill();
    }

    listen() {
      const { ui } = this;
      ui.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.settleText();
      });
      ui.field.addEventListener("input", (event) => { if (!event.isComposing) this.typed(); });
      ui.field.addEventListener("compositionend", () => this.typed());
      ui.field.addEventListener("change", () => this.settleText());
      ui.both.addEventListener("change", () => this.choose({ both: ui.both.checked }));
      ui.sort.addEventListener("change", () => this.settle({ sort: ui.sort.value }));
      ui.filters.addEventListener("click", () => this.unfold(!this.open));
      ui.done.addEventListener("click", () => this.toResults());
      ui.shelf.addEventListener("toggle", () => this.placeDone(), true);
      ui.more.addEventListener("click", () => this.more());
      ui.save.addEventListener("click", () => this.save());
      window.addEventListener("popstate", (event) => this.stepBack(event));
    }

    // --- the question

    /** Whether the page's own list stands as it is. */
    get resting() {
      return Boolean(this.kind) && !this.question.text && !chosen(this.question.facets).length;
    }

    /** @param {number} limit @param {number} offset */
    asked(limit, offset) {
      const facets = Object.fromEntries(Object.entries(this.question.facets).filter(([, values]) => values.length));
      const options = { both: this.question.both, facets: { ...facets, ...this.preset }, sort: order(this.question) };
      return ask(this.question.text, { ...options, limit, offset, all: true, typing: true });
    }

    /** Takes up the facets from the engine, once; above a list, only when somebody turns to the finder. */
    begin() {
      this.begun ??= facetsOf().then((facets) => {
        this.facets = facets;
        this.question.facets = read(location.search, facets.map(({ name }) => name)).facets;
        this.groups = window.kb.facets(facets, this.preset, (...choice) => this.pick(...choice));
        this.ui.shelf.replaceChildren(this.groups.element, this.ui.done);
      });
      this.begun.catch(() => { this.begun = undefined; }); // the next question tries again
      return this.begun;
    }

    /** Asks for what the question says. The address is written when the facets that may stand in it are known.
     * @param {"settled" | "typing"} [note] how to write it; without this the address stays */
    run(note) {
      clearTimeout(this.timer);
      this.fill();
      const question = async () => {
        await this.begin();
        if (note) this.note(note);
        return this.asked(this.resting ? 0 : this.shown, 0);
      };
      this.pass(question, (found) => this.show(found), () => this.fail());
    }

    /** @param {object} changes */
    settle(changes) {
      this.question = { ...this.question, ...changes };
      this.shown = STEP;
      this.run("settled");
    }

    /** A choice of languages; it is remembered. @param {{both: boolean}} choice */
    choose(choice) {
      window.kb.setBoth(choice.both);
      this.settle(choice);
    }

    pick(name, value, wanted) {
      const byChip = this.ui.chosen.contains(document.activeElement);
      this.settle(withValue(this.question, name, value, wanted));
      if (byChip) this.ui.field.focus(); // the chip goes, the focus must not go with it
    }

    /** Settles something from a button that will be gone. @param {() => void} settle */
    andReturn(settle) {
      settle();
      this.ui.field.focus();
    }

    typed() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.question = { ...this.question, text: tidy(this.ui.field.value) };
        this.shown = STEP;
        this.run("typing");
      }, PAUSE);
    }

    settleText() {
      const text = tidy(this.ui.field.value);
      if (text !== this.question.text || location.search !== this.settled) this.settle({ text });
    }

    // --- the address

    /** Writes the question into the address: a step back leads to what was settled before, not to every letter. */
    note(how) {
      const now = written(this.question);
      if (how === "typing") {
        this.write("replaceState", now);
      } else if (now !== this.settled) {
        if (location.search !== this.settled) this.write("replaceState", this.settled);
        this.write("pushState", now);
        this.settled = now;
      }
    }

    /** @param {"pushState" | "replaceState"} way @param {string} search */
    write(way, search) {
      try {
        history[way]({ shown: this.shown }, "", `${location.pathname}${search}`);
      } catch {
        // a browser that keeps the address of a file as it is: the finder works without it
      }
    }

    stepBack(event) {
      if (location.search === this.settled) return; // only the part after „#“ is another
      this.settled = location.search;
      this.shown = event.state?.shown ?? STEP;
      this.question = read(location.search, this.facets.map(({ name }) => name));
      this.run();
    }

    // --- what is seen

    /** The controls say what the question says; a text is left alone while it means the same. */
    fill() {
      const { ui, question } = this;
      if (tidy(ui.field.value) !== question.text) ui.field.value = question.text;
      ui.both.checked = question.both;
      ui.sort.value = order(question);
    }

    /** Shows the filters or not; with nothing to filter there is no button for them, either. */
    unfold(open) {
      const { ui } = this;
      const some = this.groups?.some() ?? true;
      this.open = open;
      ui.filters.hidden = !some;
      ui.shelf.hidden = !open || !some;
      ui.found.hidden = this.resting && ui.shelf.hidden;
      ui.filters.setAttribute("aria-expanded", String(open));
    }

    /** The button that leads to the results ends the open group, or all of them. */
    placeDone() {
      const { shelf, done } = this.ui;
      (shelf.querySelector("details[open] > .kb-facet__values") ?? shelf).append(done);
    }

    /** From the filters of a narrow window to what they leave. */
    toResults() {
      this.unfold(false);
      this.ui.status.focus();
    }

    /** Either the page's own list is seen, or results. @param {boolean} visible */
    showOwn(visible) {
      for (const part of this.own) part.hidden = !visible;
      document.documentElement.classList.toggle("kb-finding", Boolean(this.kind) && !visible);
    }

    show(found) {
      this.showOwn(this.resting);
      this.showFilters(found.counts ?? {});
      const { ui, resting } = this;
      const some = !resting && found.total > 0;
      ui.status.textContent = resting ? "" : some ? say("search.results", { n: found.total }) : say("search.none");
      ui.done.textContent = say("search.show", { n: found.total });
      ui.tools.hidden = !some;
      ui.before.replaceChildren(...(resting ? [] : this.remarks(found)));
      ui.list.replaceChildren(...(some ? found.hits.map(item) : []));
      ui.more.hidden = !some || found.total <= found.hits.length;
    }

    showFilters(counts) {
      const { ui, question } = this;
      const picked = chosen(question.facets).map(([name, value]) => [name, value, this.label(name, value)]);
      this.groups.update(counts, question.facets);
      ui.chosen.replaceChildren(...chips(picked, (...choice) => this.pick(...choice), () => this.andReturn(() => this.settle(cleared(question)))));
      ui.chosen.hidden = !picked.length;
      ui.filters.textContent = `${say("search.filters")}${picked.length ? ` (${picked.length})` : ""}`;
      this.unfold(this.open);
    }

    label(name, value) {
      const facet = this.facets.find((one) => one.name === name);
      return facet?.values.find((one) => one.value === value)?.label ?? value;
    }

    /** What stands above the results: the term in the other language, a remark, or what to try. */
    remarks(found) {
      const { question } = this;
      const again = (text, lang) => this.andReturn(() => this.settle({ text, both: question.both || lang !== window.kb.language }));
      const widen = question.both ? undefined : () => this.andReturn(() => this.choose({ both: true }));
      const said = terms(found.terms ?? [], again);
      if (!found.total) said.push(advice({ widen, filtered: chosen(question.facets).length > 0 }));
      else if (found.any) said.push(make("p", { class: "kb-quiet" }, say("search.any")));
      return said;
    }

    fail() {
      const { ui } = this;
      this.showOwn(true);
      ui.found.hidden = false;
      ui.list.replaceChildren();
      ui.tools.hidden = ui.more.hidden = true;
      ui.status.textContent = say("search.failed");
      ui.before.replaceChildren(make("button", { type: "button", class: "kb-chip", onclick: () => this.andReturn(() => this.run()) }, say("search.retry")));
    }

    /** Adds the next results, and leads the keyboard to the first of them. */
    async more() {
      const { ui } = this;
      const before = ui.list.children.length;
      const next = async () => this.asked(STEP, before);
      await this.pass(next, (found) => {
        ui.list.append(...found.hits.map(item));
        ui.more.hidden = !found.hits.length || found.total <= ui.list.children.length;
        ui.list.children[before]?.querySelector("a").focus();
        this.shown = ui.list.children.length;
        this.write("replaceState", location.search);
      }, () => this.fail());
    }

    async save() {
      try {
        const hits = await table.every((limit, offset) => this.asked(limit, offset));
        table.save(table.fileName(this.kind), table.csv(hits, this.facets));
      } catch {
        this.ui.status.textContent = say("search.failed");
      }
    }
  }

  /** @param {HTMLElement} place */
  window.kb.finder = (place) => new Finder(place);
})();
