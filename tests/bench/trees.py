"""Record trees of any size, made of the real records: each network's folder again and again under a new id."""

import itertools
import shutil
from pathlib import Path


def grow(source: Path, target: Path, records: int) -> int:
    """Copy the tree at `source` and repeat its networks until `target` holds so many records; returns their number."""
    shutil.copytree(source, target)
    count = sum(1 for path in target.rglob("*.yml") if path.parent.name != "_office")
    networks = sorted(folder.name for folder in source.iterdir() if (folder / "network.yml").is_file())
    for number in itertools.count(2):
        for network in networks:
            for path in sorted((source / network).rglob("*.yml"), key=lambda p: (p.name != "network.yml", p)):
                if count >= records:
                    return count
                _repeat(path, source, target, network, f"{network}-{number}")
                count += 1
    return count


def _repeat(path: Path, source: Path, target: Path, network: str, new: str) -> None:
    text = path.read_text("utf-8")
    if path.name != "network.yml":
        text = text.replace(f"[{network}]", f"[{new}]").replace(f"- {network}\n", f"- {new}\n")
    copy = target / new / path.relative_to(source / network)
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(text, "utf-8")
