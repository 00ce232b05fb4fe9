"""Everything a person reads that is not a label: prompts, measures, longer texts, crisis lines. See README.md.

`load_content` reads and checks it all; what it gives never changes. Who shows what, and when, is
decided elsewhere.
"""

from kapjournal.content.freshness import StaleLine, warn_of_stale_lines
from kapjournal.content.loading import ContentError, Problem, load_content
from kapjournal.content.measures import Item, Measure, Option
from kapjournal.content.values import Content, Country, Emergency, Line, Pack, Prompt, Text
from kapjournal.content.zones import country_of_zone

__all__ = [
    "Content",
    "ContentError",
    "Country",
    "Emergency",
    "Item",
    "Line",
    "Measure",
    "Option",
    "Pack",
    "Problem",
    "Prompt",
    "StaleLine",
    "Text",
    "country_of_zone",
    "load_content",
    "warn_of_stale_lines",
]
