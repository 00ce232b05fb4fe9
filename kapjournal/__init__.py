"""kapjournal: a private journal for people in ketamine-assisted psychotherapy, without its screens."""

__version__ = "0.1.0"
