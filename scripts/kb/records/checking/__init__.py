"""One file's check: bytes in, plain values with their lines or problems with words out."""
