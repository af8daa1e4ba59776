"""What is kept and what a visit brought come in; what is to be kept now, and the health of the source, go out. Pure.

Of fetching it may import what a `visit` is, `parsing` for its plain data, `limits` and `failure`; no network and no disk.
"""
