"""No column that the threat model does not name, and none that it names in vain."""

import re
from pathlib import Path

from kapjournal.database.tables import metadata

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "threat-model.md"


def test_the_threat_model_names_every_column() -> None:
    listed = re.findall(r"^\| (\w+\.\w+) \|", DOCUMENT.read_text(), re.MULTILINE)
    columns = [
        f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns
    ]
    assert sorted(listed) == sorted(columns)
