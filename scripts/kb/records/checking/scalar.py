"""What a value without quotes means: the letters that were written in, a text, a whole number, a truth or nothing out."""

import re

WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
LOOSE_BOOLEANS = frozenset(["yes", "no", "on", "off", "y", "n", "true", "false"])
TRUTHS = {"true": True, "false": False}
NOTHING = frozenset(["", "~", "null"])


def meaning(text: str) -> str | int | bool | None:
    """What a scalar without quotes means, once it is no loose boolean; dates and hours are texts."""
    if len(text) <= 5:
        if text in TRUTHS:
            return TRUTHS[text]
        if text.lower() in NOTHING:
            return None
    return int(text) if WHOLE_NUMBER.match(text) else text


def is_loose(text: str) -> bool:
    """Whether other programs take a scalar without quotes for true or false, and people for a word."""
    return len(text) <= 5 and text.lower() in LOOSE_BOOLEANS and text not in TRUTHS
