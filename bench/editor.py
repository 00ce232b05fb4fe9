"""The text box of kapjournal as its script uses it: every push has a save_id, and is saved once acknowledged."""

import os
from typing import Any

from bench.client import Run, RunFailed, Tab

WRITER_BYTES = 8


class Editor:
    """The editor on the page that a tab shows."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._key = next(
            it.id[it.id.index("box-") :]
            for it in tab.elements("bidi_component")
            if it.component_name.endswith("kapjournal_editor")
        )
        self._writer = os.urandom(WRITER_BYTES).hex()
        self._count = 0
        self._pushes = 0
        self._text = ""

    @property
    def save_id(self) -> str:
        """The save_id of the text written last, as hex."""
        return f"{self._writer}{self._count:016x}"

    async def write(self, text: str) -> Run:
        """Push a new text. Raises RunFailed if it is not acknowledged."""
        self._count, self._text = self._count + 1, text
        return await self.repeat()

    async def repeat(self) -> Run:
        """Push the same text again, as after a timeout. Raises RunFailed if it is not acknowledged."""
        self._pushes += 1
        told = self._tab.data(self._key)
        push: dict[str, Any] = {
            "save_id": self.save_id,
            "after": [],
            "base_version": told["version"],
            "text": self._text,
            "typed": True,
            "record": told["record"],
            "n": self._pushes,
        }
        run = await self._tab.push(self._key, {"save": push})
        answer = self._tab.data(self._key)["answer"] or {}
        if answer.get("save_id") != self.save_id or "version" not in answer:
            raise RunFailed(f"Not acknowledged: {answer}")
        return run
