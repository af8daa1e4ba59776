"""What is due, fresh, watched, dead or to be done, seen from one day: the knowledge base in, lists of duties out."""
