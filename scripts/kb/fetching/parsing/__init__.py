"""Bytes of the web become entries and texts, in a process of its own; pure but for that."""
