"""An address comes in, bounded bytes or a reason go out; nothing here knows what the bytes mean.

Of fetching it may import `limits` and `failure` alone; `http` and `pinned` alone import requests and urllib3.
"""
