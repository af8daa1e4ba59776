// A list of results as a table for Excel: CSV with a byte order mark, or Excel would not read the Georgian as UTF-8.
// Cells are parted by semicolons: Excel takes the list separator of Windows, which is „;“ where the decimal comma is, as in Georgia.
"use strict";

(() => {
  const { say, make, address } = window.kb;
  const BATCH = 500;

  /** A cell: quoted, and never a formula, however it begins (as in scripts/kb/spreadsheets.py). @param {unknown} value */
  const cell = (value) => {
    const text = String(value ?? "");
    return `"${(/^ *[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  };

  /** @param {object[]} hits @param {{name: string, label: string, values: {value: string, label?: string}[]}[]} facets */
  const csv = (hits, facets) => {
    const labels = new Map(facets.map(({ name, values }) => [name, new Map(values.map(({ value, label }) => [value, label]))]));
    const head = [say("search.column_title"), ...facets.map(({ label }) => label), say("search.column_date"),
      say("search.column_language"), say("search.column_address")];
    const rows = hits.map((hit) => [
      hit.title,
      ...facets.map(({ name }) => (hit.facets?.[name] ?? []).map((value) => labels.get(name).get(value) ?? value).join(", ")),
      hit.date,
      say(`search.in_${hit.lang === "en" ? "en" : "ka"}`),
      address(hit.url),
    ]);
    return `\uFEFF${[head, ...rows].map((row) => `${row.map(cell).join(";")}\r\n`).join("")}`;
  };

  /** Every result of a question. @param {(limit: number, offset: number) => Promise<{total: number, hits: object[]}>} question */
  const every = async (question) => {
    const hits = [];
    for (;;) {
      const found = await question(BATCH, hits.length);
      hits.push(...found.hits);
      if (!found.hits.length || hits.length >= found.total) return hits;
    }
  };

  /** Hands a text to the reader as a file. @param {string} name @param {string} text */
  const save = (name, text) => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000); // some browsers read it only after the click
  };

  /** The name of the file says what it holds and as of when the data are. @param {string} kind */
  const fileName = (kind) => {
    const asOf = document.querySelector(".kb-footer time");
    return ["kb", kind, asOf?.dateTime].filter(Boolean).join("-").concat(".csv");
  };

  window.kb.table = { csv, every, save, fileName };
})();
