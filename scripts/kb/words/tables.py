"""The program's own data files, read once."""

from importlib.resources import files
from typing import Any

import yaml


def own_yaml(room: str | None, name: str) -> dict[str, Any]:
    """A YAML file that lies in a room beside its modules (`__package__` there), as plain values."""
    safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load((files(room or "kb") / name).read_text("utf-8"), Loader=safe))  # noqa: S506 - it is a safe loader
