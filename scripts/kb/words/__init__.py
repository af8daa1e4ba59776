"""Words of the interface, dates, quarters and numbers in both languages; what everything above says is said with these."""
