"""Pieces that several pages show: date blocks, contacts, news, offers. They stand on the writer alone."""
