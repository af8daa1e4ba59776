"""What MkDocs makes: hand-written pages in, frames out, cut at their tokens; and what is wrong in these pages."""
