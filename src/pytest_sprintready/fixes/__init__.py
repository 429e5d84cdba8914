"""A failed check becomes edits of files: planned and judged in memory, shown as a diff, written in one step each.

planning   which fixes help, in what order          passages   what a guide says, topic by topic
registry   which function mends which check         markup     ... in Markdown or reStructuredText
writing    edits become files                       placing    ... and where
"""

_OF_DOCUMENTS = (101, 102, *range(104, 116), *range(118, 124))
_OF_TESTS = (201, 202, 205, 206, 208, 212)
_OF_ISSUES = range(301, 308)
_OF_COMMUNITY = (*range(401, 406), 408, 410, 411, 413)
_OF_SET_UP = (501, *range(503, 509), 510, 512, 513)

MENDED = frozenset(f"SR{number}" for number in (*_OF_DOCUMENTS, *_OF_TESTS, *_OF_ISSUES, *_OF_COMMUNITY, *_OF_SET_UP))
"""Checks that some fixer knows, to be had without loading the fixers."""
