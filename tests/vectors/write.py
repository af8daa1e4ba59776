"""Write the answers beside the questions in `words.tsv` and `texts.tsv`: `python tests/vectors/write.py`.

The first column is the question and stays: a word, or a text as a JSON string. To add one, add a line with nothing else.
An empty answer to a word is the word itself.
Run it when the rules were changed on purpose, and read the difference before it is committed.
"""

import json
from pathlib import Path

from kb.search import english, georgian
from kb.search.analysis import words

HERE = Path(__file__).parent
HEADER = ["word", "ka", "en", "national", "unshifted", "romanised", "keys", "keyboard"]


def word_row(word: str) -> list[str]:
    """All that is asked of a word, in the order of the header: keys parted by a space, then spellings."""
    several = [
        georgian.keys(word),
        english.keys(word),
        georgian.latin_keys(word, "national"),
        georgian.latin_keys(word, "unshifted"),
    ]
    folds = [georgian.romanised(word), georgian.unshifted(word), georgian.keyboard(word)]
    return row_of(word, [*(" ".join(keys) for keys in several), *folds])


def row_of(word: str, answers: list[str]) -> list[str]:
    """A row of the file."""
    return [word, *("" if answer == word else answer for answer in answers)]


def text_row(question: str) -> list[str]:
    """A text in JSON and its words."""
    return [question, " ".join(words(text_of(question)))]


def text_of(question: str) -> str:
    """The text that a JSON string says."""
    return str(json.loads(question))


def questions(name: str) -> list[str]:
    """The first column of a file, without its header, each once."""
    lines = (HERE / name).read_text("utf-8").splitlines()[1:]
    return list(dict.fromkeys(line.split("\t")[0] for line in lines))


def written() -> dict[str, str]:
    """The files as they must be, by name."""
    tables = {
        "words.tsv": [HEADER, *(word_row(word) for word in sorted(questions("words.tsv")))],
        "texts.tsv": [["text", "words"], *(text_row(text) for text in questions("texts.tsv"))],
    }
    return {name: "".join("\t".join(row) + "\n" for row in rows) for name, rows in tables.items()}


if __name__ == "__main__":
    for name, text in written().items():
        (HERE / name).write_text(text, "utf-8")
