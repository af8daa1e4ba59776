"""A page a kind of record, theme and unit: one entry in, the frozen plain data of its page out. They stand on the pieces."""
