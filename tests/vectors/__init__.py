"""What Python and the browser must both give: `words.tsv` and `texts.tsv`."""
