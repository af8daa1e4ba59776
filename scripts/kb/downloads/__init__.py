"""What the site offers besides pages, a file a format: the knowledge base in, (name, bytes) out."""
