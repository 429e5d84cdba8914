"""A failed check becomes edits of files: planned and judged in memory, shown as a diff, written in one step each.

planning   which fixes help, in what order          passages   what a guide says, topic by topic
registry   which function mends which check         markup     ... in Markdown or reStructuredText
writing    edits become files                       placing    ... and where
"""
