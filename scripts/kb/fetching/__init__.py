"""Fetching: public feeds and watched pages come into `networks/_fetched/`, and nothing that the web sends breaks them."""
