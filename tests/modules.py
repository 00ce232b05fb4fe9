"""The product's own modules and source files, for tests about all of them."""

import ast
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules, walk_packages
from types import ModuleType

import kapjournal

ROOT = Path(kapjournal.__file__).parents[1]
NOT_A_DOMAIN = {
    "__main__",
    "application",
    "charts",
    "clock",
    "content",
    "database",
    "demo",
    "errors",
    "insights",
    "language",
    "records",
    "serving",
    "settings",
    "texts",
    "vault",
    "verbs",
}


@cache
def domain_modules() -> tuple[ModuleType, ...]:
    """Every module in which a verb may stand: all but those known to have none."""
    tops = [it.name for it in iter_modules(kapjournal.__path__) if it.name not in NOT_A_DOMAIN]
    return tuple(module for name in tops for module in _with_submodules(import_module(f"kapjournal.{name}")))


def _with_submodules(package: ModuleType) -> list[ModuleType]:
    found = walk_packages(getattr(package, "__path__", []), f"{package.__name__}.")
    return [package, *(import_module(it.name) for it in found)]


@cache
def sources(*folders: str) -> dict[str, ast.Module]:
    """The syntax trees of all files below some folders (or of single files), by path from the root."""
    paths = [path for folder in folders for path in files_of(ROOT / folder)]
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(paths)
    }


def files_of(place: Path) -> list[Path]:
    """A file, or all Python files below a folder."""
    return [place] if place.is_file() else list(place.rglob("*.py"))
