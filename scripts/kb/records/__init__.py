"""The records: files in, one knowledge base and every problem out; the only reader of `networks/`. It asks `words` alone."""
