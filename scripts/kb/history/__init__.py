"""Snapshots of the base and what changed between two of them, as data and in words. Below it stand `records` and `words`."""
