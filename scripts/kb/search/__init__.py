"""Words of a text, their keys, and the index: documents in, small scripts out that a browser loads one by one."""
