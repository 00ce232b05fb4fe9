"""Reads every content file, strictly: a `Content`, or one error that names every fault of every file.

Layout, here and in a clinic's own folder: `<language>/prompts/*.toml`, `<language>/measures/*.toml` and
`crisis/*.toml`; the texts and `crisis/elsewhere.toml` are ours alone. What one field may hold is checked by its type in
`values` and `measures`, one table in `tables`, what makes packs fit together in `packs`, what keeps a measure from
being scored in `measure_faults`, and here the rest.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

import msgspec

from kapjournal.content.measure_faults import measure_faults
from kapjournal.content.measures import Measure, plain_id
from kapjournal.content.packs import ids, pack_faults
from kapjournal.content.tables import Fault, read_table
from kapjournal.content.values import Content, Country, Line, Pack, Texts

HERE = Path(__file__).parent
ELSEWHERE = "crisis/elsewhere.toml"

S = TypeVar("S", bound=msgspec.Struct)


class Problem(NamedTuple):
    """One fault: the file, the key in it (empty for the file as a whole), what is wrong."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in self if part)


class ContentError(ValueError):
    """Content files cannot be used. `problems` has every fault of every file."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def load_content(language: str = "en", extra: Path | None = None) -> Content:
    """All content of a language; the packs, measures and countries of the folder `extra` are added to ours.

    Raises ContentError with everything that is wrong, also when there is no such language or folder.
    """
    languages = sorted(path.parent.name for path in HERE.glob("*/texts.toml"))
    if language not in languages:
        raise ContentError([Problem(language, "", f"no such language; there is: {', '.join(languages)}")])
    problems = [] if extra is None else list(_folder_faults(extra, languages))
    roots = [HERE] if extra is None else [HERE, extra]
    packs = _read_packs(_files(roots, f"{language}/prompts"), problems)
    measures = _read_measures(_files(roots, f"{language}/measures"), problems)
    countries = _read_countries(_files(roots, "crisis"), problems)
    texts = _read(HERE / language / "texts.toml", Texts, problems)[1]
    elsewhere = _read(HERE / ELSEWHERE, Country, problems)[1]
    if problems or texts is None or elsewhere is None:
        raise ContentError(problems)
    by_name = MappingProxyType({name: getattr(texts, name) for name in texts.__struct_fields__})
    return Content(
        language=language,
        packs=packs,
        measures=measures,
        texts=by_name,
        countries=countries,
        elsewhere=elsewhere,
    )


def _folder_faults(extra: Path, languages: list[str]) -> Iterator[Problem]:
    """What is wrong with a clinic's folder before any file is read: nothing in it may be passed over in silence."""
    kinds = ("prompts", "measures")
    places = ["crisis", *(f"{language}/{kind}" for language in languages for kind in kinds)]
    named = " or ".join(places)
    if not extra.is_dir():
        yield Problem(str(extra), "", "no such folder")
    elif not any((extra / place).is_dir() for place in places):
        yield Problem(str(extra), "", f"not a content folder; there is no {named} in it")
    else:
        for path in sorted(extra.rglob("*.toml")):
            inside = path.relative_to(extra)
            hidden = any(part.startswith(".") for part in inside.parts)
            if not hidden and inside.parent.as_posix() not in places:
                yield Problem(str(path), "", f"not read here; files belong in {named}")


def _files(roots: list[Path], folder: str) -> list[Path]:
    paths = [path for root in roots for path in sorted((root / folder).glob("*.toml"))]
    return [path for path in paths if path != HERE / ELSEWHERE]


def _read(path: Path, kind: type[S], problems: list[Problem]) -> tuple[dict[str, Any], S | None]:
    """A file as it is written, and as a `kind`; empty and None where it cannot be read."""
    try:
        table = msgspec.toml.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(_name(path), "", f"cannot be read as TOML: {error}"))
        return {}, None
    faults: list[Fault] = []
    value = read_table(kind, table, faults)
    problems.extend(Problem(_name(path), *fault) for fault in faults)
    return table, value


def _name(path: Path) -> str:
    return path.relative_to(HERE).as_posix() if path.is_relative_to(HERE) else str(path)


def _read_packs(paths: list[Path], problems: list[Problem]) -> tuple[Pack, ...]:
    packs = []
    first_seen: dict[str, str] = {}
    for path in paths:
        table, pack = _read(path, Pack, problems)
        if pack is not None:
            packs.append(pack)
        if table:
            faults = pack_faults(table, ours=path.is_relative_to(HERE))
            problems.extend(Problem(_name(path), *fault) for fault in faults)
        for key, found in ids(table):
            if found in first_seen:
                problems.append(Problem(_name(path), key, f"{found} is already in {first_seen[found]}"))
            first_seen.setdefault(found, _name(path))
    return tuple(packs)


def _read_measures(paths: list[Path], problems: list[Problem]) -> tuple[Measure, ...]:
    """Measures; a folder may hold several versions of one."""
    measures = []
    seen: list[tuple[str, object, Path]] = []
    for path in paths:
        table, measure = _read(path, Measure, problems)
        if measure is not None:
            measures.append(measure)
        problems.extend(Problem(_name(path), *fault) for fault in measure_faults(table) if table)
        id, version = plain_id(str(table.get("id", ""))), table.get("version")
        for known, its_version, other in seen:
            if known == id and (its_version == version or other.parent != path.parent):
                problems.append(Problem(_name(path), "id", f"{id} is already in {_name(other)}"))
                break
        if id:
            seen.append((id, version, path))
    return tuple(measures)


def _read_countries(paths: list[Path], problems: list[Problem]) -> tuple[Country, ...]:
    """Countries by name. Every one has an emergency number and at least one line."""
    countries = []
    first_seen: dict[str, str] = {}
    for path in paths:
        table, country = _read(path, Country, problems)
        code = str(table.get("country"))
        if code in first_seen:
            problems.append(Problem(_name(path), "country", f"{code} is already in {first_seen[code]}"))
        first_seen.setdefault(code, _name(path))
        if country is not None:
            countries.append(country)
            problems.extend(Problem(_name(path), *fault) for fault in _country_faults(country, path.stem))
    return tuple(sorted(countries, key=lambda country: country.name))


def _country_faults(country: Country, stem: str) -> Iterator[Fault]:
    if stem != country.country.lower():
        yield Fault("country", f"the file must be named {country.country.lower()}.toml")
    if not country.emergency:
        yield Fault("emergency", "no emergency number")
    if not country.lines:
        yield Fault("line", "no line")
    for line in country.lines:
        yield from (Fault(f"line[{line.name}].{key}", message) for key, message in _line_faults(line))


def _line_faults(line: Line) -> Iterator[Fault]:
    if not (line.phone or line.sms or line.chat or line.web):
        yield Fault("phone", "needs one of phone, sms, chat, web")
    if line.phone and line.confidence != "high":
        yield Fault("confidence", "a telephone number must be of high confidence")
    if re.sub("[^0-9+]", "", line.phone_display or "") != (line.phone or ""):
        yield Fault("phone_display", "must show the digits of phone, no more and no fewer")
    if line.sms_text and not line.sms:
        yield Fault("sms_text", "a word to send needs a number")
