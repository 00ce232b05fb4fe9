"""Sessions, phases, prompts, entries and drafts."""
