"""What letters are printed on: the templates of overrides/papers and overrides/mail in, proven Word files or the faults out."""
