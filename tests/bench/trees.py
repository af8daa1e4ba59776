"""Record trees of any size, made of the real records, in two shapes.

Wide: each network's folder again and again under a new id, so that 10,000 records stand in some 600 networks.
Deep: what stands in a network's folder again and again, so that they stand in the 22 networks that there are.
"""

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


def deepen(source: Path, target: Path, records: int) -> int:
    """Copy the tree at `source` and repeat what its networks hold until `target` holds so many records; returns their number."""
    shutil.copytree(source, target)
    count = sum(1 for path in target.rglob("*.yml") if path.parent.name != "_office")
    paths = [path for path in sorted(source.rglob("*/*/*.yml")) if not path.relative_to(source).parts[0].startswith("_")]
    for number in itertools.count(2):
        for path in paths:
            if count >= records:
                return count
            copy = target / path.relative_to(source).with_name(f"{path.stem}-{number}.yml")
            copy.write_text(path.read_text("utf-8"), "utf-8")
            count += 1
    return count


def _repeat(path: Path, source: Path, target: Path, network: str, new: str) -> None:
    text = path.read_text("utf-8")
    if path.name != "network.yml":
        text = text.replace(f"[{network}]", f"[{new}]").replace(f"- {network}\n", f"- {new}\n")
    copy = target / new / path.relative_to(source / network)
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(text, "utf-8")
