"""A measure of a clinic's own, made up for the tests."""

MEASURE = """
id = "northclinic-rest"
version = 1
title = "Rest"
why = "It asks how you rest."
source = "Made up for a test."
licence = "Our own."
recall = "the last week"
again_after_days = 7
stem = "How often did you rest:"
scoring = "sum"

[[option]]
code = "never"
text = "Never"
score = 0

[[option]]
code = "often"
text = "Often"
score = 2

[[option]]
code = "always"
text = "Always"
score = 3

[[item]]
id = "day"
text = "by day?"

[[item]]
id = "night"
text = "by night?"

[[band]]
words = "little"
least = 0
most = 4

[[band]]
words = "much"
least = 5
most = 6

[[change]]
at_least = 2
words = "a clear change"
citation = "Made up for a test."
"""
