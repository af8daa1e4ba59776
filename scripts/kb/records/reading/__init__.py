"""The one reader of the record tree: files → KnowledgeBase and every problem in them."""

from kb.records.reading.place import FOLDERS, LISTS, OFFICE, PLURALS, ROBOTS, SCHEMA_ENDING, Place, placed
from kb.records.reading.reader import Reader, load

__all__ = ["FOLDERS", "LISTS", "OFFICE", "PLURALS", "ROBOTS", "SCHEMA_ENDING", "Place", "Reader", "load", "placed"]
