"""What pages are made of: lines of words, blocks of lines, and the writer who makes them of records; plain data, no HTML."""
