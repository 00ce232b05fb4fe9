"""Series and their words: from ratings to the values that pictures, tables and sentences show.

Pure functions. A day is a proleptic ordinal (`date.toordinal`) of the person's own calendar, so no
clock and no time zone is read here.
"""
