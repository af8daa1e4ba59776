"""Addresses of the web as data: cleaned for keeping, reduced for comparing, judged by their host."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

from kb.records.item import LONGEST_LINK, UNSAFE
from kb.records.values import ADDRESS, is_public

# Parameters that only count readers or say where they came from: of WordPress plug-ins, mailing services and Liferay.
TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|mkt_tok|_hs\w+|pk_\w+|mtm_\w+|piwik_\w+"
    r"|p_l_back_url(?:_title)?|wt_mc|at_medium|at_campaign|s_cid|_ga|_gl|oly_\w+|vero_\w+|ref_src|trk|__twitter_impression)\Z",
    re.IGNORECASE,
)
ADDRESSING = re.compile(r"[!/{=]|%7B")  # a fragment by which a script finds its page, as HUDOC's: #{"itemid":["001-249529"]}
SAFE = "/%:@!$&'()*+,;=~-._?#[]"
INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)\Z")


def kept(value: str, base: str) -> str | None:
    """An address to keep: absolute, http(s), of a public host, without what only tracks readers; None for all else."""
    value = value.strip()
    if not value or len(value) > LONGEST_LINK or UNSAFE.search(value):
        return None
    try:
        parts = urlsplit(value if value[:5].lower() in ("http:", "https") else urljoin(base, value))
        if parts.scheme not in ("http", "https") or "@" in parts.netloc or not parts.hostname:
            return None
        netloc = parts.netloc.lower()
        clean = urlunsplit((parts.scheme, netloc, quote(parts.path, SAFE), untracked(parts.query), quote(parts.fragment, SAFE)))
    except (ValueError, UnicodeError):
        return None
    found = ADDRESS.match(clean)
    return clean if found and len(clean) <= LONGEST_LINK and is_public(found["host"].removesuffix(".")) else None


def untracked(query: str) -> str:
    """A query without its tracking parameters, everything else as it stood."""
    parts = [part for part in query.split("&") if part and not TRACKING.match(part.split("=", 1)[0])]
    return quote("&".join(parts), SAFE)


def identity(url: str | None) -> str:
    """What two forms of one address share: no scheme, no www, no last slash, no fragment, parameters in order.

    Empty for no address and for the front page of a site, which is nobody's own address.
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
        query = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(pair[0]))
    except ValueError:
        return ""
    path = INDEX.sub("", unquote(parts.path)).rstrip("/")
    fragment = unquote(parts.fragment) if ADDRESSING.search(parts.fragment) else ""
    if not path and not query and not fragment:
        return ""
    return f"{host}{port}{path}" + "".join(f"&{name}={value}" for name, value in query) + (fragment and f"#{fragment}")


def host_of(url: str) -> str:
    """The host of an address without www; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_own(url: str, own: Iterable[str]) -> bool:
    """Whether an address lies on one of the hosts, or below it."""
    host = host_of(url)
    return any(host == mine or host.endswith(f".{mine}") for mine in own if mine)
