"""Values out of parsed TOML and YAML that may have any shape."""

from __future__ import annotations

from typing import Any


def as_table(value: Any) -> dict[str, Any]:
    """Return a table, or {} for anything else."""
    return value if isinstance(value, dict) else {}


def as_texts(value: Any) -> list[str]:
    """Return the texts in a list, or [] for anything else."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def as_lines(value: Any) -> list[str]:
    """Return a text's lines, or a list's texts, without blank ones."""
    lines = value.split("\n") if isinstance(value, str) else as_texts(value)
    return [line.strip() for line in lines if line.strip()]
