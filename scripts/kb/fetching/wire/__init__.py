"""The wire: an address in, bounded bytes or a reason out; nothing here knows what the bytes mean."""
