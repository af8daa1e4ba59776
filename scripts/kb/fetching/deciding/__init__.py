"""What a round makes of what came: old items and entries in, new items out. Pure."""
