"""The search index: documents in, small scripts out that a browser loads one by one."""
