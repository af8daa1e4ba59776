"""The bytes of an answer come in, entries or lines of plain text go out; pure, but for the process of its own in which it runs.

Of fetching it may import the `wire`, for what an answer is, `limits` and `failure`.
"""
