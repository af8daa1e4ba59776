"""Public feeds and watched pages come in, items, texts and the health of sources go out to `networks/_fetched/`.

Nothing that the web sends breaks it. A round goes down its rooms: `wire`, `parsing`, `deciding`; below them all stand `limits`
and `failure`. Of the house it asks `editing` for drafts, `search` for the words of a text, `upkeep` for links, and what is below.
"""
