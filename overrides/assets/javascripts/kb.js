// The small script on every page: opens the search and wakes the finder where a page has a place for it.
// The rest (words, results, the index) is loaded when it is first needed, as plain scripts, so it works from file://, too.
"use strict";

(() => {
  const root = new URL("../../", document.currentScript.src).href;
  const language = document.documentElement.lang === "en" ? "en" : "ka";
  /** @type {Map<string, Promise<void>>} */
  const loaded = new Map();

  /** Loads a script of the site once; one that failed is asked for again. @param {string} path below the site's root */
  const load = (path) => {
    if (!loaded.has(path)) {
      loaded.set(path, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = root + path;
        script.async = false; // all at once over the wire, one after the other in the page
        script.onload = () => resolve();
        script.onerror = () => {
          loaded.delete(path);
          script.remove();
          reject(new Error(`cannot load ${path}`));
        };
        document.head.append(script);
      }));
    }
    return loaded.get(path);
  };

  /** Loads scripts, which run in this order. @param {...string} names */
  const scripts = (...names) => Promise.all(names.map((name) => load(`assets/javascripts/${name}.js`)));

  /** A preference that outlives the page, where the browser lets us keep it. @param {string} name */
  const recall = (name) => {
    try {
      return localStorage.getItem(`kb.${name}`);
    } catch {
      return null;
    }
  };

  /** @param {string} name @param {string} value */
  const remember = (name, value) => {
    try {
      localStorage.setItem(`kb.${name}`, value);
    } catch {
      // private windows and some settings forbid it; the choice then lasts as long as the page
    }
  };

  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".kb-search"));
  /** @type {HTMLDialogElement | undefined} */
  let box;

  /** The dialog with its field: there at once, so that nobody types into the void while the rest is loaded. */
  const shell = () => {
    const dialog = document.createElement("dialog");
    dialog.className = "kb-dialog";
    dialog.setAttribute("aria-label", link.textContent);
    const field = document.createElement("input");
    Object.assign(field, { type: "text", id: "kb-query", autocomplete: "off", spellcheck: false, maxLength: 300 });
    field.setAttribute("aria-label", link.textContent);
    const head = document.createElement("div");
    head.className = "kb-dialog__head";
    head.append(field);
    dialog.append(head);
    document.body.append(dialog);
    return dialog;
  };

  const open = () => {
    box ??= shell();
    if (!box.open) box.showModal();
    const field = box.querySelector("input");
    field.focus();
    field.select();
    // what cannot be loaded here cannot be used here: the finder's page says so and has the lists
    scripts("words", "results", "question", "dialog").then(() => window.kb.dialog(box), () => location.assign(link.href));
  };

  /** Whether the keys that are pressed now are text for a field. @param {EventTarget | null} target */
  const writes = (target) =>
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])"));

  /** @param {KeyboardEvent} event */
  const shortcut = (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return false;
    if (event.ctrlKey !== event.metaKey) return !event.shiftKey && (event.code === "KeyK" || event.key === "k");
    // the theme's own keys for its search („/“ needs Shift on some keyboards); a reader may switch off what single keys do
    return ["/", "f", "s"].includes(event.key) && !event.ctrlKey && !writes(event.target) && recall("slash") !== "off";
  };

  window.kb = { root, language, load, recall, remember };

  if (link && typeof HTMLDialogElement === "function") {
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      open();
    });
    document.addEventListener("keydown", (event) => {
      if (!shortcut(event)) return;
      event.preventDefault();
      open();
    });
  }

  // calendar programs subscribe to webcal:, which only a web server's address can become
  for (const link of document.querySelectorAll("a.kb-webcal")) link.href = link.href.replace(/^https?:/, "webcal:");

  const place = document.querySelector(".kb-finder");
  if (place) {
    scripts("words", "results", "question", "facets", "table", "finder")
      .then(() => window.kb.finder(place), () => place.classList.add("kb-finder--failed"));
  }

  const long = document.querySelector(".kb-narrow"); // a list that is whole without the box, too
  if (long) scripts("words", "results", "narrow").then(() => window.kb.narrow(long), () => {});
})();
