// What the dialog and the finder share: words, questions to the engine, and the parts of a result.
// Everything that comes from the index or from the reader is put into the page as text, never as markup.
"use strict";

(() => {
  const { root, language, load } = window.kb;
  const MOST = 300; // no question is longer; what is pasted beyond it is not one

  /** A string of the interface with its gaps filled. @param {string} key @param {Record<string, string | number>} values */
  const say = (key, values = {}) => {
    const [one, many] = window.kbWords[language][key];
    const text = many !== undefined && values.n !== 1 ? many : one;
    return Object.entries(values).reduce((said, [name, value]) => said.replaceAll(`{${name}}`, () => String(value)), text);
  };

  /** An element with its attributes and children; `on…` are listeners.
   * @param {string} name @param {Record<string, unknown>} attributes @param {...(Node | string)} children */
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(key.slice(2), value);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== undefined) element.setAttribute(key, String(value));
    }
    element.append(...children);
    return element;
  };

  /** The address of a page of this language. @param {string} path */
  const page = (path) => `${root}${language === "en" ? "en/" : ""}${path}`;

  /** What was typed as one line of bounded length; whole characters, so that it can stand in an address. @param {string} text */
  const tidy = (text) => Array.from(text.replace(/\s+/g, " ").trim()).slice(0, MOST).join("");

  /** Whether results of both languages are wanted. */
  const both = () => window.kb.recall("both") === "yes";
  /** @param {boolean} wanted */
  const setBoth = (wanted) => window.kb.remember("both", wanted ? "yes" : "no");

  /** A text with some ranges marked; ranges that lie outside or overlap are cut.
   * @param {string} text @param {[number, number][]} ranges code units */
  const marked = (text, ranges = []) => {
    const parts = document.createDocumentFragment();
    let done = 0;
    for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
      const start = Math.max(done, from);
      if (to <= start || start >= text.length) continue;
      parts.append(text.slice(done, start), make("mark", {}, text.slice(start, to)));
      done = Math.min(to, text.length);
    }
    parts.append(text.slice(done));
    return parts;
  };

  /** The address of a result; only what a page of the site can be. @param {string} url */
  const address = (url) => {
    const target = new URL(url, root);
    return ["http:", "https:", "file:"].includes(target.protocol) ? target.href : root;
  };

  /** The facts of a result on one line, with its language where that is not the page's. */
  const facts = (hit) => {
    const parts = [];
    if (hit.lang && hit.lang !== language) {
      parts.push(make("span", { class: "kb-badge", lang: language }, say(`search.in_${hit.lang === "en" ? "en" : "ka"}`)), " ");
    }
    if (hit.facts) parts.push(hit.facts);
    return parts;
  };

  /** Asks the engine, which is loaded with the first question. @param {string} text @param {object} options */
  const ask = async (text, options) => {
    await load("search/search.js");
    return window.kbSearch.query(text, { ...options, lang: options.both ? "both" : language, first: language });
  };

  /** The facets by name and label, as the engine orders them, in the words of this page. */
  const facetsOf = async () => {
    await load("search/search.js");
    return (await window.kbSearch.ready({ lang: language })).facets;
  };

  /** A gate for answers: only the one to the latest question passes, however late the others come. */
  const gate = () => {
    let latest = 0;
    return async (question, pass, fail) => {
      const mine = ++latest;
      try {
        const answer = await question();
        if (mine === latest) pass(answer);
      } catch {
        if (mine === latest) fail();
      }
    };
  };

  /** The glossary's terms for what was typed, each a button that searches for it.
   * @param {{from: string, to: string, lang: string}[]} found @param {(text: string, lang: string) => void} again */
  const terms = (found, again) => {
    if (!found.length) return [];
    const buttons = found.slice(0, 3).map(({ from, to, lang }) =>
      make("button", { type: "button", class: "kb-chip", onclick: () => again(to, lang) },
        make("span", { lang: lang === "ka" ? "en" : "ka" }, from), " → ", make("span", { lang }, to)));
    return [make("p", { class: "kb-terms" }, say("search.term"), " ", ...buttons.flatMap((button) => [button, " "]))];
  };

  /** What to try when nothing was found. @param {{widen?: () => void, filtered?: boolean}} way */
  const advice = ({ widen, filtered }) => {
    const items = [say("search.try_shorter")];
    if (filtered) items.unshift(say("search.try_filters"));
    if (widen) items.push(make("button", { type: "button", class: "kb-chip", onclick: widen }, say("search.try_both")));
    items.push(make("a", { href: page("themes/index.html") }, say("search.try_themes")));
    items.push(make("a", { href: page("glossary/index.html") }, say("search.try_glossary")));
    return make("ul", { class: "kb-advice" }, ...items.map((item) => make("li", {}, item)));
  };

  Object.assign(window.kb, { say, make, page, tidy, both, setBoth, marked, address, facts, ask, facetsOf, gate, terms, advice });
})();
