// A box above a long list that narrows it to the rows with what is typed; without JavaScript the list is whole.
"use strict";

(() => {
  const { say, make } = window.kb;
  const ROWS = ".kb-rows > li, .kb-grid tbody > tr";
  const PAUSE = 150; // milliseconds without a key before the number of rows is announced

  /** @param {string} text */
  const plain = (text) => text.toLowerCase().replace(/\s+/g, " ").trim();

  /** The rows of a page with their words; those of a section are also found by its heading. @param {HTMLElement} section */
  const rowsOf = (section) => {
    const heading = section.querySelector("h2").textContent;
    return [...section.querySelectorAll(ROWS)].map((row) => ({ row, words: plain(`${heading} ${row.textContent}`) }));
  };

  /** @param {HTMLElement} place its data-ask says what there is to type */
  window.kb.narrow = (place) => {
    const sections = [...place.parentElement.querySelectorAll(":scope > section:not(.kb-foot)")]
      .filter((section) => !section.querySelector("#download"))
      .map((section) => ({ section, rows: rowsOf(section) }));
    const all = sections.reduce((sum, { rows }) => sum + rows.length, 0);
    const letters = place.parentElement.querySelector(".kb-letters");
    const status = make("p", { role: "status", class: "kb-quiet" });
    const field = make("input", { type: "search", id: "kb-narrow", autocomplete: "off", spellcheck: "false", maxlength: 100,
      placeholder: say(`search.ask_${place.dataset.ask}`) });
    let timer;

    const narrow = () => {
      const wanted = plain(field.value).split(" ");
      let shown = 0;
      for (const { section, rows } of sections) {
        let here = 0;
        for (const { row, words } of rows) {
          row.hidden = !wanted.every((word) => words.includes(word));
          here += row.hidden ? 0 : 1;
        }
        section.hidden = here === 0 && field.value.trim() !== "";
        shown += here;
      }
      if (letters) letters.hidden = field.value.trim() !== "";
      clearTimeout(timer);
      timer = setTimeout(() => {
        status.textContent = field.value.trim() ? say("search.narrowed", { n: shown, all }) : "";
      }, PAUSE);
    };

    field.addEventListener("input", narrow);
    place.replaceChildren(make("label", { for: "kb-narrow" }, say("search.narrow")), field, status);
    if (field.value) narrow(); // a browser that comes back to the page may remember what was typed
  };
})();
