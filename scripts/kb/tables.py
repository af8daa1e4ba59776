"""The program's own data files, read once."""

from importlib.resources import files
from typing import Any

import yaml


def own_yaml(name: str) -> dict[str, Any]:
    """A YAML file that lies beside the modules, as plain values."""
    safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load((files("kb") / name).read_text("utf-8"), Loader=safe))  # noqa: S506 - it is a safe loader
