/*
 * kbSearch: finds pages in an index that lies beside this script. See scripts/kb/search/index.py for its files.
 *
 * Everything is loaded as scripts, one shard when it is needed, so that it works from file:// as from a server.
 * What comes out of the index is plain text; whoever shows it must never use it as HTML.
 */
"use strict";

globalThis.kbSearch = (() => {
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const VALUE = Object.fromEntries([...DIGITS].map((digit, value) => [digit, value]));
  const STAND_INS = "abcdefghijklmnopqrstuvwxyzABCDEFG";
  const GEORGIAN = Object.fromEntries([...STAND_INS].map((letter, n) => [letter, String.fromCharCode(0x10d0 + n)]));

  // What a match is worth beside the very form that was typed.
  const EXACT = 1;
  const KEY = 0.6;
  const LATIN = 0.4;
  const PREFIX = 0.25;
  const KIN = 0.4;
  const WRITTEN_OUT = 0.3; // an abbreviation's words, where they all stand in a page

  const OF_A_KIN = 0.8; // what a word speaks of, where few pages have the word itself

  const SATURATION = 2; // k1 of BM25
  const FEW = 5; // with fewer pages that have all words, those with some are added
  const LONGEST = 400; // characters of a question that are read
  const MOST_WORDS = 16;
  const MOST_HEADS = 3; // keys of a word, and names made of them, that are looked up
  const MOST_WAYS = 8;
  const MOST_SHARDS = 8; // for the beginning of a word
  const SHORTEST_BEGINNING = 3;
  const SHORTEST_PRESSED = 2; // letters of a word that may have been typed with the other keyboard
  const SHORTEST_KIN = 6; // letters of a word of which nothing was found: it is tried for words of one root,
  const KINSHIP = 0.65; // those that share so much of its beginning: ყირგიზელი and ყირგიზეთი
  const EXCERPT = 220; // characters shown
  const AROUND = 70; // of them before the first match

  const MARK = "+"; // leads and parts the words of a whole name
  const SPACES = { national: "n", unshifted: "u" }; // as in scripts/kb/search/language.py

  // the folder of this script, or of the page where the script has no address of its own
  const base = new URL(".", (document.currentScript && document.currentScript.src) || document.baseURI).href;
  const waiting = new Map();
  const loaded = new Map();
  let known = null;
  let analysis = null;
  let emptyWords = null; // of those that say nothing of what is looked for

  /** Called by every shard. */
  function put(name, content) {
    if (name === "") {
      known = content;
      analysis = kbAnalysis.make(JSON.parse(letters(content.tables)));
      emptyWords = new Set(letters(content.emptyWords).split(" "));
      for (const side of Object.values(known.sides)) prepare(side);
    } else if (waiting.has(name)) {
      waiting.get(name).resolve(content);
    }
  }

  /** The content of a shard; loaded once. */
  function load(name) {
    if (!loaded.has(name)) loaded.set(name, new Promise((resolve, reject) => request(name, resolve, reject)));
    return loaded.get(name);
  }

  function request(name, resolve, reject) {
    const script = document.createElement("script");
    waiting.set(name, { resolve });
    script.src = `${base}${name}.js?${known.version}`;
    script.onload = () => {
      script.remove();
      waiting.delete(name);
    };
    script.onerror = () => {
      script.remove();
      waiting.delete(name);
      loaded.delete(name); // the next question tries again
      reject(new Error(`kbSearch: ${name} cannot be loaded`));
    };
    document.head.append(script);
  }

  /** A shard in another form than it was written in; changed once. */
  async function opened(name, open) {
    const key = `opened ${name}`;
    if (!loaded.has(key)) {
      const content = open(await load(name));
      loaded.set(key, content);
    }
    return loaded.get(key);
  }

  // --- what shards are written in

  /** Letters that stand for Georgian ones; `~` begins and ends what is Latin. */
  function letters(written) {
    let text = "";
    let latin = false;
    for (const part of written.split("~")) {
      text += latin ? part : part.replace(/[a-zA-G]/g, (letter) => GEORGIAN[letter]);
      latin = !latin;
    }
    return text;
  }

  /** Whole numbers, from a place in a text to its end. */
  function numbers(written, from = 0) {
    const found = [];
    for (let at = from, value = 0, shift = 0; at < written.length; at++) {
      const digit = VALUE[written[at]];
      value |= (digit & 31) << shift;
      shift += 5;
      if (digit < 32) {
        found.push(value);
        value = shift = 0;
      }
    }
    return found;
  }

  /** A column in which 0 and a number say how often the last value comes again. */
  function column(written) {
    const found = [];
    const read = numbers(written);
    for (let at = 0; at < read.length; at++) {
      if (read[at] > 0) found.push(read[at] - 1);
      else for (let more = read[++at], last = found[found.length - 1]; more > 0; more--) found.push(last);
    }
    return found;
  }

  /** A word written as how much it shares with another, and the rest; from a place in a text. */
  function beside(other, written) {
    let length = 1;
    while (VALUE[written[length - 1]] > 31) length++;
    return other.slice(0, numbers(written.slice(0, length))[0]) + letters(written.slice(length));
  }

  function prepare(side) {
    for (const tree of ["words", "latin"]) side[tree] = side[tree] ? side[tree].split(" ").map(letters) : [];
    side.starts = [0];
    for (const count of numbers(side.chunks)) side.starts.push(side.starts[side.starts.length - 1] + count);
  }

  /** A shard of words: its keys in order, and each key's fields, read when they are asked for. */
  function openWords(written) {
    const keys = [];
    const fields = new Map();
    let key = "";
    for (const line of written ? written.split(";") : []) {
      const parts = line.split(" ");
      key = beside(key, parts[0]);
      keys.push(key);
      fields.set(key, parts);
    }
    return { keys, fields };
  }

  /** A key's forms with their postings, and where the forms stand that have it as their second key. */
  function entry(shard, key) {
    const parts = shard.fields.get(key);
    const forms = [];
    const others = [];
    for (let at = 1; parts && at < parts.length; at++) {
      if (parts[at][0] === "=") {
        const dot = parts[at].lastIndexOf(".");
        others.push([beside(key, parts[at].slice(1, dot)), numbers(parts[at], dot + 1)]);
      } else {
        forms.push([beside(key, parts[at]), parts[++at]]);
      }
    }
    return { forms, others };
  }

  // --- finding forms

  /** The number of the shard in which a key stands. */
  function place(firsts, key) {
    let low = 0;
    let high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= key) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  const words = (language, number) => opened(`${language}/w${number}`, openWords);

  async function formsOfKey(language, key) {
    const number = place(known.sides[language].words, key);
    if (number < 0) return { forms: [], others: [] };
    return entry(await words(language, number), key);
  }

  const isGeorgian = (word) => /[\u10d0-\u10ff]/.test(word);

  /** The keys of a word by its letters. */
  const keysOf = (word) => analysis.keys(word, isGeorgian(word) ? "ka" : "en");

  /** Every form that has a key, as its first or its second. */
  async function formsWith(language, key) {
    const { forms, others } = await formsOfKey(language, key);
    const more = await Promise.all(
      others.map(async ([home, places]) => {
        const found = await formsOfKey(language, home);
        return places.map((at) => found.forms[at]);
      }),
    );
    return forms.concat(...more);
  }

  /** What an inflected word may stand for: its forms with how much each is worth. */
  async function byKeys(language, word, worth, into) {
    const found = await Promise.all(keysOf(word).map((key) => formsWith(language, key)));
    for (const [form, posting] of found.flat()) add(into, form, posting, form === word ? EXACT : worth);
  }

  function add(into, form, posting, worth) {
    const before = into.get(form);
    if (!before || before.worth < worth) into.set(form, { posting, worth });
  }

  /** Georgian typed in Latin letters: by the keyboard, with or without Shift, or romanised. */
  async function byLatin(language, word, into) {
    const side = known.sides[language];
    await byKeys(language, analysis.keyboard(word), LATIN, into);
    const looks = Object.entries(SPACES).flatMap(([space, mark]) => analysis.latinKeys(word, space).map((key) => mark + key));
    const homes = await Promise.all(
      looks.map(async (look) => {
        const number = place(side.latin, look);
        if (number < 0) return [];
        const shard = await opened(`${language}/l${number}`, openWords);
        return (shard.fields.get(look) || []).slice(1).map(letters);
      }),
    );
    const found = await Promise.all([...new Set(homes.flat())].map((home) => formsWith(language, home)));
    for (const [form, posting] of found.flat()) add(into, form, posting, LATIN);
  }

  /** Forms that begin like an unfinished word. */
  async function byBeginning(language, beginning, into, worth = PREFIX) {
    const firsts = known.sides[language].words;
    const from = Math.max(0, place(firsts, beginning));
    const to = Math.min(place(firsts, `${beginning}\uffff`), from + MOST_SHARDS - 1);
    const numbers = [];
    for (let number = from; number <= to; number++) numbers.push(number);
    const shards = await Promise.all(numbers.map((number) => words(language, number)));
    for (const shard of shards) {
      for (const key of shard.keys) {
        if (!key.startsWith(beginning)) continue;
        for (const [form, posting] of entry(shard, key).forms) add(into, form, posting, worth);
      }
    }
  }

  /** Whether forms stand in fewer documents: a word that is rare in Latin letters may be meant to be Georgian. */
  const fewerThan = (count, forms) => weighed(forms).size < count;

  const isLatin = (word) => /^[a-z]+$/i.test(word);

  /** A word in Georgian letters of which there is nothing, as the Latin word whose keys were pressed, where there is that. */
  async function meant(languages, typed, unfinished) {
    const { word } = typed;
    if (!isGeorgian(word) || word.length < SHORTEST_PRESSED) return typed;
    const has = async (find, asked) => {
      const all = languages.map(async (language) => {
        const into = new Map();
        await find(language, asked, into);
        return into.size;
      });
      return (await Promise.all(all)).some(Boolean);
    };
    const exactly = (language, asked, into) => byKeys(language, asked, KEY, into);
    const beginning = async (language, asked, into) => {
      if (asked.length >= SHORTEST_BEGINNING) await byBeginning(language, asked, into);
    };
    const pressed = analysis.unshifted(word);
    if (emptyWords.has(pressed) || (await has(exactly, word)) || (await has(beginning, word))) return typed;
    // an acronym may stand in a case: განჰრის, ენოცის
    const stems = analysis.keys(word, "ka");
    const bare = [...stems, ...stems.map((stem) => `${stem}ი`)].map(analysis.unshifted);
    for (const asked of new Set([pressed, ...bare])) {
      if (asked.length >= SHORTEST_PRESSED && !emptyWords.has(asked) && (await has(exactly, asked))) return { word: asked };
    }
    return unfinished && (await has(beginning, pressed)) ? { word: pressed } : typed;
  }

  /** All forms that a typed word may mean: itself and its inflections, else what it begins, else Latin for Georgian. */
  async function formsOf(language, typed, unfinished) {
    const into = new Map();
    const word = typed.word;
    await byKeys(language, word, KEY, into);
    if (typed.whole) await byKeys(language, typed.whole, KEY, into);
    if (typed.raw && isLatin(word) && known.sides[language].latin.length && fewerThan(FEW, into)) await byLatin(language, typed.raw, into);
    if ((unfinished || !into.size) && word.length >= SHORTEST_BEGINNING) await byBeginning(language, word, into);
    if (!into.size && word.length >= SHORTEST_KIN) {
      await byBeginning(language, word.slice(0, Math.ceil(KINSHIP * word.length)), into, KIN);
    }
    return into;
  }

  // --- weighing documents

  /** For one word: the weight of every document that has a form of it. */
  function weighed(forms) {
    const weights = new Map();
    for (const { posting, worth } of forms.values()) {
      for (let at = 0, here = 0; at < posting.length; at++) {
        let gap = 0;
        for (let shift = 0, digit = 32; digit > 31; shift += 5) {
          digit = VALUE[posting[at++]];
          gap |= (digit & 31) << shift;
        }
        here += gap;
        const weight = worth * (2 ** (VALUE[posting[at]] / known.steps) - 1);
        weights.set(here, (weights.get(here) || 0) + weight);
      }
    }
    return weights;
  }

  /** Documents with how many of the words they have and how well: document → [words, score]. */
  function scored(language, lists) {
    const count = known.sides[language].count;
    const scores = new Map();
    for (const weights of lists) {
      const rarity = Math.log(1 + (count - weights.size + 0.5) / (weights.size + 0.5));
      for (const [here, weight] of weights) {
        const worth = (rarity * weight * (SATURATION + 1)) / (weight + SATURATION);
        const before = scores.get(here);
        if (before) {
          before[0] += 1;
          before[1] += worth;
        } else {
          scores.set(here, [1, worth]);
        }
      }
    }
    return scores;
  }

  /** The words of a question as typed and as read, the empty ones left out where there are others. */
  function asked(text) {
    const seen = new Set();
    const found = [];
    for (const raw of text.slice(0, LONGEST).split(/\s+/u)) {
      for (const typed of typedIn(raw)) {
        if (seen.has(typed.word) || found.length >= MOST_WORDS) continue;
        seen.add(typed.word);
        found.push(typed);
      }
    }
    const full = found.filter(({ word }) => !emptyWords.has(word));
    return full.length ? full : found;
  }

  /** The words between two spaces. A compound is asked for by its parts, the first of which may be the whole as well. */
  function typedIn(raw) {
    const [first, ...others] = analysis.words(raw);
    if (!first) return [];
    if (!others.length) return [{ word: first, raw: bare(raw) }];
    const whole = others.length === 2 && others[1] === first + others[0] ? others.pop() : undefined;
    return [{ word: first, raw: first, whole }, ...others.map((word) => ({ word, raw: word }))];
  }

  /** A word without what stands around it, its capitals kept: Shift tells letters apart on a Georgian keyboard. */
  const bare = (raw) => raw.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}’']+$/gu, "");

  /** The keys that a word may have in a name: its own, and those of what it means in Latin letters. */
  function headsOf(word, forms) {
    const meant = isLatin(word) ? [...forms.keys()].filter(isGeorgian) : [];
    return [...new Set([word, ...meant].map((one) => keysOf(one)[0]))].slice(0, MOST_HEADS);
  }

  /** For one word of a question: the weights of documents, the forms that were found, and their keys in names. */
  async function found(language, typed, unfinished) {
    const forms = await formsOf(language, typed, unfinished);
    const weights = weighed(forms);
    const names = new Set(forms.keys());
    for (const name of await writtenOut(language, typed.word)) {
      const lists = await Promise.all(name.map((word) => formsOf(language, { word, raw: word }, false)));
      addWhole(weights, lists.map(weighed));
      for (const forms of lists) for (const form of forms.keys()) names.add(form);
    }
    return { weights, names, heads: headsOf(typed.word, forms) };
  }

  /** Adds documents that have every word of a name, as worth as its least. */
  function addWhole(weights, lists) {
    const [first, ...others] = lists.sort((a, b) => a.size - b.size);
    for (const [here, weight] of first || []) {
      const least = others.reduce((least, list) => Math.min(least, list.get(here) || 0), weight);
      if (least) weights.set(here, Math.max(weights.get(here) || 0, WRITTEN_OUT * least));
    }
  }

  /** The documents of a language that answer: {scores, forms, any}. */
  async function answers(language, question, typing) {
    const all = await Promise.all(question.map((typed, n) => found(language, typed, typing && n === question.length - 1)));
    const scores = scored(language, all.map(({ weights }) => weights).filter((weights) => weights.size));
    const most = question.length;
    const complete = [...scores.values()].filter(([count]) => count === most).length;
    const any = complete < FEW;
    for (const [here, found] of scores) {
      if (found[0] === most) continue;
      if (any) found[0] = 0; // how many of the words does not matter beside which
      else scores.delete(here);
    }
    if (any) await addKin(language, question, scores);
    await lift(language, question, all.map(({ heads }) => heads), scores);
    return { scores, forms: new Set(all.flatMap(({ names }) => [...names])), any: any && scores.size > complete };
  }

  /** Puts the pages first that are called what was asked; see scripts/kb/search/names.py. */
  async function lift(language, question, heads, scores) {
    if (!question.length) return;
    const nameOf = (parts) => MARK + [...parts].sort().join(MARK);
    const ways = heads.reduce((ways, some) => ways.flatMap((way) => some.map((one) => [...way, one])).slice(0, MOST_WAYS), [[]]);
    const found = await Promise.all(ways.map((way) => formsWith(language, nameOf(way))));
    const name = nameOf(question.map(({ word }) => word));
    const named = new Map();
    for (const [form, posting] of found.flat()) add(named, form, posting, form === name ? EXACT : KEY);
    let best = 0;
    for (const [, score] of scores.values()) best = Math.max(best, score);
    for (const [here, weight] of weighed(named)) {
      const [count, score] = scores.get(here) || [question.length, 0];
      scores.set(here, [count, score + weight * best]);
    }
  }

  /** Adds, to pages that were found, what their themes have to do with the question; with none found, finds those pages. */
  async function addKin(language, question, scores) {
    if (!known.kin || !question.length) return;
    const keys = new Set(question.flatMap(({ word }) => keysOf(word)));
    const columns = await columnsOf(language);
    const none = !scores.size;
    for (const { facet, value, phrases } of await kin()) {
      const spoken = new Set(phrases.filter((phrase) => phrase.every((word) => word.some((key) => keys.has(key)))).flat(2));
      const covered = question.filter(({ word }) => keysOf(word).some((key) => spoken.has(key))).length;
      const column = covered && columns.find(({ name }) => name === facet);
      if (column) addOfValue(column, value, covered, scores, none);
    }
  }

  function addOfValue({ sets, places }, value, covered, scores, none) {
    const has = sets.map((some) => some.includes(value));
    const all = places.reduce((sum, place) => sum + has[place], 0);
    const worth = OF_A_KIN * covered * Math.log(1 + places.length / (all + 1));
    places.forEach((place, here) => {
      if (!has[place] || !(none || scores.has(here))) return;
      const [count, score] = scores.get(here) || [0, 0];
      scores.set(here, [count, score + worth]);
    });
  }

  /** What speaks of which value: every phrase as words, every word as its keys. */
  const kin = () =>
    opened("kin", (written) =>
      Object.entries(written).flatMap(([facet, values]) =>
        Object.entries(values).map(([value, phrases]) => ({
          facet,
          value,
          phrases: phrases.map((phrase) => asked(phrase).map(({ word }) => keysOf(word))),
        })),
      ),
    );

  /** Adds what a second question finds, after all that the first found. */
  function follow(first, second) {
    for (const [here, [count, score]] of second.scores) {
      if (!first.scores.has(here)) first.scores.set(here, [count - 1000, score]);
    }
    for (const form of second.forms) first.forms.add(form);
  }

  // --- terms of the glossary

  /** The glossary: each term's name and its keys in both languages, and its abbreviation. */
  const glossary = () =>
    opened("terms", (rows) =>
      rows.map(([ka, en, abbreviation]) => ({
        ka: { name: ka, key: keyOf(ka) },
        en: { name: en, key: keyOf(en) },
        abbreviation: abbreviation ? analysis.words(abbreviation).join(" ") : "",
      })),
    );

  const keyOf = (name) => asked(name).map(({ word }) => keysOf(word)[0]).sort().join(" ");

  /** The terms whose name in either language is what was asked: [{from, to, lang}]. */
  async function termsFor(question) {
    if (!known.terms || !question.length) return [];
    const key = question.map(({ word }) => keysOf(word)[0]).sort().join(" ");
    const found = [];
    for (const { ka, en } of await glossary()) {
      if (ka.key === key && en.name) found.push({ from: ka.name, to: en.name, lang: "en" });
      else if (en.key === key && ka.name) found.push({ from: en.name, to: ka.name, lang: "ka" });
    }
    return found;
  }

  /** The names, as words, that an abbreviation stands for. */
  async function writtenOut(language, word) {
    if (!known.terms) return [];
    const names = (await glossary()).filter(({ abbreviation }) => abbreviation === word).map((term) => term[language].name);
    return names.filter(Boolean).map((name) => asked(name).map(({ word }) => word));
  }

  // --- facets

  /** For every facet: its values, the combinations, and which of them each document has. */
  const columnsOf = (language) =>
    opened(`${language}/facets`, (written) =>
      Object.entries(written).map(([name, [values, sets, places]]) => ({
        name,
        values,
        sets: sets.map((some) => numbers(some).map((at) => values[at])),
        places: column(places),
      })),
    );

  /** Whether a document passes the facets that were chosen, one of them left out. */
  function passes(columns, chosen, here, except) {
    return columns.every(({ name, sets, places }) => {
      if (name === except || !chosen[name]) return true;
      return sets[places[here]].some((value) => chosen[name].has(value));
    });
  }

  /** How many documents each value of each facet would leave. */
  function counted(columns, chosen, documents, counts) {
    for (const { name, sets, places } of columns) {
      const bySet = new Array(sets.length).fill(0);
      for (const here of documents) if (passes(columns, chosen, here, name)) bySet[places[here]] += 1;
      const sums = (counts[name] = counts[name] || {});
      bySet.forEach((count, set) => {
        if (count) for (const value of sets[set]) sums[value] = (sums[value] || 0) + count;
      });
    }
  }

  /** The facets of a question as sets, those that the index does not know as ones that nothing passes. */
  function chosenOf(facets) {
    const chosen = {};
    for (const [name, values] of Object.entries(facets || {})) {
      const list = (Array.isArray(values) ? values : [values]).map(String);
      if (list.length) chosen[name] = new Set(list);
    }
    return chosen;
  }

  const knows = (columns, chosen) =>
    Object.keys(chosen).every((name) => columns.some((one) => one.name === name));

  // --- both languages

  /** For each English document the number of its Georgian twin, or -1. */
  const twins = () =>
    opened("twins", (written) => column(written).map((gap, n) => n + (gap & 1 ? -(gap + 1) / 2 : gap / 2)));

  /** Leaves out of the second language what the first has already. */
  async function withoutTwins(languages, found) {
    const [first, second] = languages.map((language) => found.get(language).scores);
    const twin = await twins();
    const isTwin = languages[0] === "ka" ? (en) => first.has(twin[en]) : backwards(twin, first);
    for (const here of [...second.keys()]) if (isTwin(here)) second.delete(here);
  }

  function backwards(twin, first) {
    const known = new Set([...first.keys()].map((en) => twin[en]));
    return (ka) => known.has(ka);
  }

  // --- what is shown

  async function shown(language, here) {
    const { starts } = known.sides[language];
    const chunk = place(starts, here);
    const rows = await load(`${language}/d${chunk}`);
    const [id, url, title, facts, date, text] = rows[here - starts[chunk]];
    return { id, url, title: letters(title), facts: letters(facts), date, text: letters(text) };
  }

  /** Where the forms stand in a text: [[from, to], …]. */
  function marked(text, forms) {
    const found = [];
    for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+(?:[.'’-][\p{L}\p{N}]+)*/gu)) {
      const parts = analysis.words(match[0]).some((word) => forms.has(word)) ? pieces(match, forms) : [];
      found.push(...parts);
    }
    return found;
  }

  /** A word with a hyphen is marked in part where only a part matches. */
  function pieces(match, forms) {
    const found = [];
    for (const part of match[0].matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
      const from = match.index + part.index;
      if (analysis.words(part[0]).some((word) => forms.has(word))) found.push([from, from + part[0].length]);
    }
    return found.length ? found : [[match.index, match.index + match[0].length]];
  }

  /** The part of a text around its first match, on whole words. */
  function excerptOf(text, forms) {
    const first = marked(text, forms)[0];
    let from = first && first[0] > EXCERPT - AROUND ? text.lastIndexOf(" ", first[0] - AROUND) + 1 : 0;
    if (from < 0) from = 0;
    let to = from + EXCERPT >= text.length ? text.length : text.lastIndexOf(" ", from + EXCERPT);
    if (to <= from) to = Math.min(text.length, from + EXCERPT);
    return (from ? "… " : "") + text.slice(from, to) + (to < text.length ? " …" : "");
  }

  async function hit([language, here, score], forms, columns) {
    const { id, url, title, facts, date, text } = await shown(language, here);
    const excerpt = excerptOf(text, forms.get(language));
    const facets = {};
    for (const { name, sets, places } of columns.get(language)) facets[name] = sets[places[here]];
    return {
      id, url, title, score, excerpt, lang: language, facts, date, facets,
      marks: marked(excerpt, forms.get(language)),
      titleMarks: marked(title, forms.get(language)),
    };
  }

  // --- order

  const byWorth = (scores) => (a, b) => {
    const [x, y] = [scores.get(a), scores.get(b)];
    return y[0] - x[0] || y[1] - x[1] || a - b;
  };

  async function ordered(language, scores, documents, sort) {
    if (sort !== "title" && sort !== "newest") return documents.sort(byWorth(scores));
    const order = await load(`${language}/orders`);
    const rank = new Map(numbers(order[sort]).map((here, n) => [here, n]));
    return documents.sort((a, b) => rank.get(a) - rank.get(b));
  }

  // --- the question as a whole

  function everything(language) {
    const scores = new Map();
    for (let here = 0; here < known.sides[language].count; here++) scores.set(here, [0, 0]);
    return { scores, forms: new Set(), any: false };
  }

  /** What each language finds: language → {scores, forms, any}. */
  async function foundIn(languages, question, options, terms) {
    const found = new Map();
    for (const language of languages) {
      const all = !question.length && (options.all || Object.keys(options.facets || {}).length);
      const own = all ? everything(language) : await answers(language, question, options.typing);
      for (const term of terms) {
        if (term.lang === language) follow(own, await answers(language, asked(term.to), false));
      }
      found.set(language, own);
    }
    if (languages.length > 1) await withoutTwins(languages, found);
    return found;
  }

  function languagesOf(options) {
    const page = document.documentElement.lang === "en" ? "en" : "ka";
    const first = options.first === "ka" || options.first === "en" ? options.first : page;
    const asked = options.lang === undefined ? page : options.lang;
    return asked === "both" ? [first, first === "ka" ? "en" : "ka"] : [asked === "en" ? "en" : "ka"];
  }

  /**
   * Finds pages.
   * @param {string} text what was typed
   * @param {{lang?: "ka"|"en"|"both", first?: "ka"|"en", facets?: Object<string, string[]>, limit?: number, offset?: number,
   *   sort?: "relevance"|"newest"|"title", all?: boolean, typing?: boolean}} [options]
   *   facets: any of a facet's values, all facets; all: no words find every page; typing: the last word may be unfinished
   * @returns {Promise<{total: number, hits: Object[], counts: Object, any: boolean, terms: Object[]}>}
   *   counts: for each facet and value how many pages it would leave, given the other facets;
   *   any: whether pages with only some of the words are among them; terms: the glossary's term in the other language
   */
  async function query(text, options = {}) {
    const languages = languagesOf(options);
    const typed = asked(String(text === null || text === undefined ? "" : text));
    const question = await Promise.all(typed.map((one, n) => meant(languages, one, options.typing && n === typed.length - 1)));
    const limit = options.limit === undefined ? 10 : Math.max(0, options.limit);
    const offset = Math.max(0, options.offset || 0);
    const chosen = chosenOf(options.facets);
    const terms = await termsFor(question);
    const found = await foundIn(languages, question, options, terms);
    const [places, forms, columns, counts] = [[], new Map(), new Map(), {}];
    for (const language of languages) {
      const { scores, forms: own } = found.get(language);
      const all = [...scores.keys()];
      const sets = all.length ? await columnsOf(language) : [];
      const left = knows(sets, chosen) ? all.filter((here) => passes(sets, chosen, here)) : [];
      counted(sets, chosen, all, counts);
      const order = await ordered(language, scores, left, options.sort);
      places.push(...order.map((here) => [language, here, scores.get(here)[1]]));
      forms.set(language, own);
      columns.set(language, sets);
    }
    const hits = await Promise.all(places.slice(offset, offset + limit).map((one) => hit(one, forms, columns)));
    const any = [...found.values()].some((one) => one.any);
    return { total: places.length, hits, counts, any, terms };
  }

  /** What facets and their values are called in a language, in order of display. */
  async function ready({ lang } = {}) {
    const labels = await load(`${lang === "en" ? "en" : "ka"}/labels`);
    const facets = Object.entries(labels).map(([name, [label, values]]) => ({
      name,
      label,
      values: Object.entries(values).map(([value, called]) => ({ value, label: called })),
    }));
    return { facets };
  }

  return { put, query, ready };
})();
