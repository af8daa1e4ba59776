// What the finder is asked, and how it stands in an address: `?q=…&theme=…&theme=…&sort=…&both=1`.
"use strict";

(() => {
  const { tidy } = window.kb;
  const SORTS = ["relevance", "newest", "title"];

  /** @typedef {{text: string, sort: string, both: boolean, facets: Record<string, string[]>}} Question */

  /** What an address asks for. Anything may stand in it: what is no facet is ignored, what is no value finds nothing.
   * @param {string} search the part of an address from „?“ @param {string[]} names of facets @returns {Question} */
  const read = (search, names) => {
    const parameters = new URLSearchParams(search);
    const values = (name) => [...new Set(parameters.getAll(name).map(tidy).filter(Boolean))];
    return {
      text: tidy(parameters.get("q") ?? ""),
      sort: SORTS.find((sort) => sort === parameters.get("sort")) ?? "",
      both: search.length > 1 ? parameters.has("both") : window.kb.both(),
      facets: Object.fromEntries(names.map((name) => [name, values(name)])),
    };
  };

  /** The part of an address that asks for this; what is empty is left out. @param {Question} question */
  const written = ({ text, sort, both, facets }) => {
    const parameters = new URLSearchParams();
    if (text) parameters.set("q", text);
    for (const [name, value] of chosen(facets)) parameters.append(name, value);
    if (sort) parameters.set("sort", sort);
    if (both) parameters.set("both", "1");
    const said = String(parameters);
    return said ? `?${said}` : "";
  };

  /** The chosen values one by one. @param {Record<string, string[]>} facets @returns {[string, string][]} */
  const chosen = (facets) => Object.entries(facets).flatMap(([name, values]) => values.map((value) => [name, value]));

  /** The order of results: as chosen, else the newest first while no words are asked for. @param {Question} question */
  const order = ({ sort, text }) => sort || (text ? "relevance" : "newest");

  /** The same question with a value of a facet chosen or not. @param {Question} question @returns {Question} */
  const withValue = (question, name, value, wanted) => {
    const others = (question.facets[name] ?? []).filter((other) => other !== value);
    return { ...question, facets: { ...question.facets, [name]: wanted ? [...others, value] : others } };
  };

  /** The same question without any value chosen. @param {Question} question @returns {Question} */
  const cleared = (question) => ({ ...question, facets: {} });

  window.kb.question = { SORTS, read, written, chosen, order, withValue, cleared };
})();
