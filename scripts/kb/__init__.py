"""The knowledge base: YAML records → checked model → bilingual site."""
