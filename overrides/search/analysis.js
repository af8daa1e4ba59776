// The words of a text and the keys under which a word is found, the same as scripts/kb/analysis.py and georgian.py give from
// the same tables; tests/vectors holds the two together. No \w, \b or Intl: in the browser they do not know Georgian.
(function (global) {
  "use strict";

  const INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff";
  const ACCENTED = "\u0300-\u036f\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0259\u1e00-\u1eff";
  const WIDE = "\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a";
  const LETTERS = "a-z0-9\u10d0-\u10fa\u0400-\u04ffA-Z\u1c90-\u1cba" + ACCENTED + WIDE + INVISIBLE;
  const HYPHENS = "-\u2010\u2011";
  const APOSTROPHES = "'\u2018\u2019\u02bb\u02bc\u0060\u00b4";
  const CHUNK = new RegExp(`[${LETTERS}](?:[${LETTERS}]|[${HYPHENS}${APOSTROPHES}.,](?=[${LETTERS}]))*`, "g");
  const PLAIN = /^(?:[\u10d0-\u10fa]+|[a-z]+|[0-9]+)$/;
  const FOLDED_AWAY = /[^a-z0-9\u10d0-\u10fa\u0400-\u04ff'.,-]/g;
  const DOTTED = /^(?:[a-z\u10d0-\u10fa]\.)+[a-z\u10d0-\u10fa]$/;
  const RUN = "([0-9]+(?:[.,][0-9]+)+)|([a-z0-9'][a-z0-9']*)|([\u10d0-\u10fa]+)|[\u0400-\u04ff]+";
  const ONE_RUN = new RegExp(`^(?:${RUN})$`);
  const THOUSANDS = /^[0-9]{1,3}(?:,[0-9]{3})+$/;
  const LEAVES = 2;
  const MOST = 3;

  const listed = (text) => (text || "").split(" ").filter(Boolean);
  const mapped = (text, map) => Array.from(text, (letter) => (map.has(letter) ? map.get(letter) : letter)).join("");

  // A list may be longer than the arguments that a call can take.
  function append(list, more) {
    for (const item of more) list.push(item);
  }

  // --- Words

  function splitter(data) {
    const plain = new Map(Object.entries(data.plain));
    const ending = new RegExp("^" + data.endings.map((row) => `(?:${listed(row).join("|")})?`).join("") + "$");
    const elided = new Set(data.elided);
    const hyphens = new RegExp(`[${HYPHENS}]`, "g");
    const apostrophes = new RegExp(`[${APOSTROPHES}]`, "g");
    const joined = new RegExp(`([${data.ejective}])'`, "g");

    function folded(chunk) {
      const lower = chunk.toLowerCase().replace(hyphens, "-").replace(apostrophes, "'");
      return mapped(lower.normalize("NFKD"), plain).replace(FOLDED_AWAY, "");
    }

    function numbers(written) {
      const whole = (THOUSANDS.test(written) ? written.replace(/,/g, "") : written).replace(/,/g, ".");
      const parts = whole.split(".");
      const dated = parts.length > 2 || (parts.length === 2 && parts.some((part) => part.length === 4));
      return dated ? [whole, ...parts] : [whole];
    }

    function latin(run) {
      const word = run.replace(/^'+|'+$/g, "").replace(/'s$/, "");
      const heads = word.split("'");
      if (heads.length === 1) return word ? [word] : [];
      let start = 0;
      while (start < heads.length - 1 && elided.has(heads[start])) start += 1;
      const parts = heads.slice(start).join("'").replace(joined, "$1").split("'");
      const long = parts.filter((part) => part.length > 1);
      return long.length ? long : parts;
    }

    function runs(part) {
      const found = [];
      const pattern = new RegExp(RUN, "g");
      let first = true;
      for (let run = pattern.exec(part); run; run = pattern.exec(part)) {
        if (run[1]) append(found, numbers(run[1]));
        else if (run[2]) append(found, latin(run[2]));
        else if (first || !ending.test(run[0])) found.push(run[0]);
        first = false;
      }
      return found;
    }

    function split(chunk) {
      if (DOTTED.test(chunk)) return [chunk.replace(/\./g, "")];
      const parts = chunk.split("-").filter(Boolean);
      if (parts.length > 1 && parts[0] === data.before_numbers && /^[0-9]/.test(parts[1])) parts.shift();
      const kept = parts.filter((part, number) => !number || !ending.test(part));
      const found = [];
      for (const part of kept) append(found, runs(part));
      const whole = found.join("");
      const one = kept.length === 2 && found.length === 2 && ONE_RUN.test(whole) && !/^[0-9]+$/.test(whole);
      return one ? [...found, whole] : found;
    }

    return (text) => {
      const found = [];
      for (const chunk of text.match(CHUNK) || []) {
        if (PLAIN.test(chunk)) found.push(chunk);
        else append(found, split(folded(chunk)));
      }
      return found;
    };
  }

  // --- Keys

  function prepared(data, fold) {
    const names = [...Object.keys(data.steps), "end"];
    const classes = {};
    for (const name of Object.keys(data.letters)) {
      classes[name] = new Set(Array.from(data.letters[name], (letter) => fold(letter).slice(-1)));
    }
    const steps = names.slice(0, -1).map((name, number) => {
      const rules = [].concat(...data.steps[name].map((row) => rulesOf(row, classes, fold, names, number)));
      rules.sort((one, other) => other.ending.length - one.ending.length);
      const byLast = new Map();
      for (const rule of rules) {
        const last = rule.ending.slice(-1);
        if (!byLast.has(last)) byLast.set(last, []);
        byLast.get(last).push(rule);
      }
      return byLast;
    });
    return { steps, shortest: data.shortest };
  }

  function rulesOf(row, classes, fold, names, number) {
    const kept = listed(row.keep).map((ending) => [ending, ending]);
    const turns = kept.concat(listed(row.strip).map((ending) => [ending, ""]), Object.entries(row.turn || {}));
    const after = row.after || "";
    const stays = classes[after] || !after ? [""] : listed(after);
    const then = row.then ? names.indexOf(row.then) : number + 1;
    const also = row.also ? names.indexOf(row.also) : -1;
    const leaves = "leaves" in row ? row.leaves : LEAVES;
    const rules = [];
    for (const [ending, put] of turns) {
      for (const stay of stays) {
        const end = fold(stay + ending);
        const cut = fold(ending).length;
        rules.push({ ending: end, least: end.length + leaves, before: classes[after], cut, put: fold(put), then, also });
      }
    }
    return rules;
  }

  function keysOf(word, table) {
    if (word.length < table.shortest) return [word];
    const found = new Set();
    const readings = [[word, 0]];
    for (let [left, at] of readings) { // grows while it is read
      while (at < table.steps.length) {
        const size = left.length;
        const rule = (table.steps[at].get(left[size - 1]) || []).find(
          ({ ending, least, before }) =>
            size >= least && left.endsWith(ending) && (!before || before.has(left[size - ending.length - 1]))
        );
        if (rule && rule.also >= 0) readings.push([left, rule.also]);
        if (rule) left = left.slice(0, size - rule.cut) + rule.put;
        at = rule ? rule.then : at + 1;
      }
      found.add(left);
    }
    return Array.from(found).slice(0, MOST);
  }

  // --- Georgian in Latin letters

  function latinOf(data) {
    const letters = Array.from(data.letters);
    const keys = Array.from(data.keys);
    const spellings = data.national.split(" ");
    const national = new Map(letters.map((letter, at) => [letter, spellings[at]]));
    const unshifted = new Map(letters.map((letter, at) => [letter, keys[at].toLowerCase()]));
    const keyboard = new Map(letters.map((letter, at) => [keys[at].toUpperCase(), letter]));
    letters.forEach((letter, at) => keyboard.set(keys[at], letter));
    const longest = Object.keys(data.loose).sort((one, other) => other.length - one.length);
    const spelling = new RegExp(longest.join("|"), "g");
    return {
      romanised: (word) => mapped(word, national).toLowerCase().replace(spelling, (found) => data.loose[found]),
      unshifted: (word) => mapped(word, unshifted).toLowerCase(),
      keyboard: (text) => mapped(text, keyboard),
    };
  }

  // tables: what georgian.tables() gives. lang: "ka" or "en"; space: "national" or "unshifted".
  function make(tables) {
    const latin = latinOf(tables.ka.latin);
    const same = (word) => word;
    const languages = { ka: prepared(tables.ka, same), en: prepared(tables.en, same) };
    const folds = { national: latin.romanised, unshifted: latin.unshifted };
    const spaces = {
      national: prepared(tables.ka, latin.romanised),
      unshifted: prepared(tables.ka, latin.unshifted),
    };
    return Object.assign(latin, {
      words: splitter(tables.words),
      keys: (word, lang) => keysOf(word, languages[lang]),
      latinKeys: (word, space) => keysOf(folds[space](word), spaces[space]),
    });
  }

  global.kbAnalysis = { make };
})(typeof window === "undefined" ? globalThis : window);
