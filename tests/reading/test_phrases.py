from __future__ import annotations

from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.phrases import mention, prose_words, titled, whole_text, without_code
from pytest_sprintready.reading.prose import read_document

TEXT = """# Lamps and *more*

First line,
second LINE.

```console
make light
```

<!-- hidden words -->

- Run `simply` now.
"""
DOCUMENT = read_document("GUIDE.md", TEXT)
SECTIONS = tuple(("GUIDE.md", section) for section in DOCUMENT.sections)


def test_a_phrase_may_run_over_a_line_break() -> None:
    assert mention(SECTIONS, "line", r"first line, second line") == Evidence("GUIDE.md", 3)


def test_a_heading_is_a_passage() -> None:
    assert mention(SECTIONS, "lamps") == Evidence("GUIDE.md", 1)


def test_comments_and_blocks_are_not_said() -> None:
    assert mention(SECTIONS, "hidden make") is None


def test_without_a_word_the_pattern_is_not_asked() -> None:
    assert mention(SECTIONS, "elephant", r"first") is None


def test_a_heading_is_found_by_its_pattern() -> None:
    assert titled(SECTIONS, r"lamps") == Evidence("GUIDE.md", 1)
    assert titled(SECTIONS, r"first") is None


def test_the_whole_text_has_blocks_and_no_comments() -> None:
    text = " ".join(whole_text(section) for _, section in SECTIONS)
    assert "make light" in text
    assert "hidden" not in text


def test_words_of_prose_are_counted_without_code_and_comments() -> None:
    assert prose_words(SECTIONS) == 7


def test_code_is_blanked_out() -> None:
    item = next(item for _, section in SECTIONS for item in section.items if "now" in item.text)
    assert "simply" not in without_code(item)  # type: ignore[arg-type]  # a list item is prose
