"""Edits of YAML that keep what the author wrote: comments, order, quotes, indentation."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pytest_sprintready.errors import FileProblem

if TYPE_CHECKING:
    from collections.abc import Callable


def edited_yaml(path: str, text: str, change: Callable[[Any], None]) -> str:
    """Return YAML with a change made to its data, comments, order and quotes kept.

    Raises FileProblem for a file that would not survive being read and written unchanged.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    for mapping, sequence, offset in ((2, 4, 2), (2, 2, 0), (4, 4, 2), (4, 4, 0), (4, 6, 4)):
        yaml = YAML()
        yaml.preserve_quotes = True
        yaml.width = 10_000
        yaml.indent(mapping=mapping, sequence=sequence, offset=offset)
        yaml.explicit_start = text.startswith("---")
        try:
            data = yaml.load(text)
        except YAMLError as error:
            raise FileProblem(path, f"cannot be edited: {str(error).splitlines()[0]}") from error
        if _dumped(yaml, data) == text:
            change(data)
            return _dumped(yaml, data)
    raise FileProblem(path, "would not keep its style")


def _dumped(yaml: Any, data: Any) -> str:
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()
