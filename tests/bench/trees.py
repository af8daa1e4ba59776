"""Record trees of any size, made of the real records: what stands in a network's folder again and again, as a base grows."""

import itertools
import shutil
from pathlib import Path


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
