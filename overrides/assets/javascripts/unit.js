// The reader's own unit: chosen on the first page from a list that is made of the links there, remembered by the browser.
// Without it, or where the browser remembers nothing, the links stay what they are.
"use strict";

(() => {
  const { recall, remember } = window.kb;
  const NAME = /^[a-z0-9-]+$/; // what is kept may have been changed by anybody
  const mine = () => (NAME.test(recall("unit") ?? "") ? recall("unit") : null);

  /** The name of a unit in its page's address. @param {HTMLAnchorElement} link */
  const nameOf = (link) => link.pathname.split("/").pop().replace(/\.html$/, "");

  /** @param {string} tag @param {object} properties @param {...(Node | string)} inside */
  const make = (tag, properties, ...inside) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...inside);
    return node;
  };

  /** The list to choose from. @param {HTMLElement} place @param {HTMLAnchorElement[]} links */
  const form = (place, links) => {
    const options = links.map((link) => make("option", { value: nameOf(link), selected: nameOf(link) === mine() }, link.textContent));
    const list = make("select", { id: "kb-unit", required: true }, make("option", { value: "" }, place.querySelector("summary").textContent), ...options);
    const label = make("label", { htmlFor: "kb-unit" }, place.dataset.name);
    const asked = make("form", {}, label, list, make("button", {}, place.dataset.go));
    asked.addEventListener("submit", (event) => {
      event.preventDefault();
      remember("unit", list.value);
      location.assign(links.find((link) => nameOf(link) === list.value).href);
    });
    return asked;
  };

  /** The remembered unit, and the way to another. @param {HTMLElement} place @param {HTMLAnchorElement[]} links */
  const chosen = (place, links) => {
    const link = links.find((one) => nameOf(one) === mine());
    if (!link) return null;
    const change = make("button", { type: "button" }, place.dataset.change);
    change.addEventListener("click", () => {
      place.replaceChildren(kept, form(place, links));
      kept.hidden = true;
      place.querySelector("select").focus();
    });
    return make("p", {}, `${place.dataset.name} `, make("a", { href: link.href, className: "kb-button" }, link.textContent), " ", change);
  };

  const place = document.querySelector(".kb-choice");
  const kept = place?.querySelector("details");
  if (place) {
    const links = [...kept.querySelectorAll("a")];
    if (mine() && !links.some((link) => nameOf(link) === mine())) remember("unit", ""); // there is no such unit any more
    const shown = chosen(place, links) ?? form(place, links);
    kept.hidden = true; // the words of the list are still asked for
    place.append(shown);
  }

  const unit = mine();
  if (unit) {
    for (const link of document.querySelectorAll(".md-tabs__link, .md-nav--primary .md-nav__link")) {
      if (link.getAttribute("href")?.endsWith("units/index.html")) link.href = link.href.replace(/index\.html$/, `${unit}.html`);
    }
  }
})();
