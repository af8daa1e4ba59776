// The search in the header: a field and a list of results while one types (a combobox whose options are links).
"use strict";

(() => {
  const { say, make, page, tidy, marked, address, facts, ask, gate, terms, advice, load } = window.kb;
  const PAUSE = 120; // milliseconds without a key before the index is asked
  const SLOW = 400; // milliseconds after which waiting is said in words
  const SHOWN = 10;

  /** One result as an option of the list. @param {object} hit @param {number} number */
  const option = (hit, number) => {
    const line = facts(hit);
    return make("a", { role: "option", id: `kb-hit-${number}`, class: "kb-hit", href: address(hit.url), tabindex: -1,
      "aria-selected": "false", lang: hit.lang },
      make("span", { class: "kb-hit__title" }, marked(hit.title, hit.titleMarks)),
      hit.excerpt ? make("span", { class: "kb-hit__excerpt" }, marked(hit.excerpt, hit.marks)) : "",
      line.length ? make("span", { class: "kb-hit__facts" }, ...line) : "");
  };

  const dress = (field) => {
    field.placeholder = say("search.placeholder");
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "kb-hits", "aria-expanded": "false", enterkeyhint: "go" };
    for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
  };

  const here = (link) => location.assign(link.href);
  const elsewhere = (link) => window.open(link.href, "_blank", "noopener");

  class Dialog {
    /** @param {HTMLDialogElement} box with the field already in it */
    constructor(box) {
      this.box = box;
      this.field = box.querySelector("input");
      this.pass = gate();
      this.active = -1;
      this.answered = ""; // the question whose results are shown
      this.wanted = null; // what Enter asked for before there were results
      this.draw();
      this.listen();
      load("search/search.js").catch(() => {}); // on its way before the first question; a failure is said with the answer
    }

    draw() {
      dress(this.field);
      this.both = make("input", { type: "checkbox" });
      this.slash = make("input", { type: "checkbox" });
      this.close = make("button", { type: "button", class: "kb-dialog__close" }, say("search.close"));
      this.status = make("p", { class: "kb-dialog__status", role: "status" });
      this.before = make("div");
      this.list = make("div", { id: "kb-hits", role: "listbox", "aria-label": say("search.list"), hidden: true });
      this.after = make("div", { class: "kb-dialog__after" });
      this.body = make("div", { class: "kb-dialog__body" }, this.status, this.before, this.list, this.after);
      this.field.parentElement.append(this.close); // the field itself stays where it is: moved, it would lose the focus
      this.box.append(this.body, make("div", { class: "kb-dialog__foot" },
        make("label", { class: "kb-tick" }, this.both, say("search.both")),
        make("label", { class: "kb-tick kb-tick--keys" }, this.slash, say("search.slash")),
        make("span", { class: "kb-dialog__keys" }, say("search.keys"))));
    }

    listen() {
      this.field.addEventListener("input", (event) => { if (!event.isComposing) this.typed(); });
      this.field.addEventListener("compositionend", () => this.typed());
      this.field.addEventListener("keydown", (event) => this.move(event));
      this.box.addEventListener("keydown", (event) => this.press(event));
      this.both.addEventListener("change", () => {
        window.kb.setBoth(this.both.checked);
        this.search();
      });
      this.slash.addEventListener("change", () => window.kb.remember("slash", this.slash.checked ? "on" : "off"));
      this.list.addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) this.box.close(); });
      this.close.addEventListener("click", () => this.box.close());
      this.closeFromOutside();
    }

    /** A press beside the dialog closes it; one that began inside (selecting text) does not. */
    closeFromOutside() {
      let began = false;
      this.box.addEventListener("pointerdown", (event) => { began = event.target === this.box; });
      this.box.addEventListener("click", (event) => { if (began && event.target === this.box) this.box.close(); });
    }

    /** Each time it was opened. */
    wake() {
      this.both.checked = window.kb.both();
      this.slash.checked = window.kb.recall("slash") !== "off";
      if (this.answered !== this.question) this.search();
    }

    // --- keys

    /** Keys in the field. @param {KeyboardEvent} event */
    move(event) {
      const moves = {
        ArrowDown: () => this.choose(this.active + 1),
        ArrowUp: () => this.choose(this.active - 1),
        Enter: () => this.enter(event.ctrlKey || event.metaKey ? elsewhere : here),
      };
      if (event.isComposing || event.altKey || event.shiftKey || !Object.hasOwn(moves, event.key)) return;
      event.preventDefault();
      moves[event.key]();
    }

    /** Keys anywhere in the dialog. @param {KeyboardEvent} event */
    press(event) {
      event.stopPropagation(); // the theme's keys (p, n, …) are for the page behind
      if ((event.ctrlKey || event.metaKey) && (event.code === "KeyK" || event.key === "k")) {
        event.preventDefault();
        this.field.select();
      } else if (event.key === "Escape" && !event.isComposing) {
        event.preventDefault();
        this.box.close();
      }
    }

    /** Opens the chosen result, or the best one as soon as there is an answer to what the field says now.
     * @param {(link: HTMLAnchorElement) => void} way */
    enter(way) {
      if (!tidy(this.field.value)) return;
      if (this.answered === this.question) {
        this.follow(way);
      } else {
        this.wanted = way;
        this.search();
      }
    }

    follow(way) {
      const link = this.list.children[this.active];
      if (!link) return;
      if (way === here) this.box.close();
      way(link);
    }

    /** @param {number} number of an option; one past an end is the other end */
    choose(number) {
      const options = this.list.children;
      options[this.active]?.setAttribute("aria-selected", "false");
      this.active = options.length ? (number + options.length) % options.length : -1;
      const now = options[this.active];
      if (!now) {
        this.field.removeAttribute("aria-activedescendant");
        return;
      }
      now.setAttribute("aria-selected", "true");
      now.scrollIntoView({ block: "nearest" });
      this.field.setAttribute("aria-activedescendant", now.id);
    }

    // --- questions and answers

    /** What would be asked now, as one string. */
    get question() {
      return `${this.both.checked} ${tidy(this.field.value)}`;
    }

    typed() {
      this.wanted = null;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), PAUSE);
    }

    search() {
      clearTimeout(this.timer);
      clearTimeout(this.slow);
      const asked = this.question;
      const text = tidy(this.field.value);
      if (text) this.slow = setTimeout(() => { this.status.textContent = say("search.loading"); }, SLOW);
      const both = this.both.checked;
      const question = async () => (text ? ask(text, { both, limit: SHOWN, typing: true }) : undefined);
      this.pass(question, (found) => this.answer(text, asked, found), () => this.fail());
    }

    answer(text, asked, found) {
      clearTimeout(this.slow);
      this.answered = asked;
      if (!found) this.rest();
      else if (found.total) this.results(text, found);
      else this.nothing(found);
      if (this.wanted) this.follow(this.wanted);
      this.wanted = null;
    }

    rest() {
      this.show("", [make("p", { class: "kb-quiet" }, say("search.hint"))], [],
        [make("a", { href: this.finder("") }, say("search.try_finder")), make("a", { href: page("themes/index.html") }, say("search.try_themes"))]);
    }

    results(text, found) {
      const above = this.terms(found);
      if (found.any) above.push(make("p", { class: "kb-quiet" }, say("search.any")));
      const all = make("a", { href: this.finder(text) }, say("search.all", { n: found.total }));
      this.show(say("search.results", { n: found.total }), above, found.hits.map(option), [all]);
    }

    nothing(found) {
      const widen = () => {
        window.kb.setBoth(true);
        this.again(this.field.value, true);
      };
      this.show(say("search.none"), this.terms(found), [], [advice({ widen: this.both.checked ? undefined : widen })]);
    }

    fail() {
      clearTimeout(this.slow);
      this.answered = "";
      this.wanted = null;
      const retry = make("button", { type: "button", class: "kb-chip", onclick: () => this.again(this.field.value, false) }, say("search.retry"));
      this.show(say("search.failed"), [], [], [retry, make("a", { href: this.finder("") }, say("search.try_finder"))]);
    }

    terms(found) {
      return terms(found.terms ?? [], (text, lang) => this.again(text, lang !== window.kb.language));
    }

    /** @param {string} text @param {boolean} inBoth whether both languages are needed for it */
    again(text, inBoth) {
      this.field.value = text;
      this.both.checked ||= inBoth;
      this.field.focus();
      this.search();
    }

    /** The address of the finder with this question. @param {string} text */
    finder(text) {
      return page("find/index.html") + window.kb.question.written({ text, sort: "", both: this.both.checked, facets: {} });
    }

    /** @param {string} said @param {Node[]} above @param {HTMLElement[]} options @param {Node[]} below */
    show(said, above, options, below) {
      this.status.textContent = said;
      this.before.replaceChildren(...above);
      this.list.replaceChildren(...options);
      this.after.replaceChildren(...below);
      this.list.hidden = !options.length;
      this.field.setAttribute("aria-expanded", String(options.length > 0));
      this.body.scrollTop = 0;
      this.active = -1;
      this.choose(0);
    }
  }

  /** @type {Dialog | undefined} */
  let dialog;

  /** Called each time the box was opened. @param {HTMLDialogElement} box */
  window.kb.dialog = (box) => {
    dialog ??= new Dialog(box);
    dialog.wake();
  };
})();
