"""What people and forms do to record files: wishes in, edits of single files or refusals out."""
