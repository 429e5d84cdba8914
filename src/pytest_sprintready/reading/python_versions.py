"""Which minor versions of Python a specifier admits."""

from __future__ import annotations

from pytest_sprintready.reading.patterns import pattern

# Stable Pythons that an installer gives today. A new one joins once projects had some months to follow; see
# https://devguide.python.org/versions/ (read November 2026).
CURRENT = ("3.14", "3.15")
_CLAUSE = pattern(r"(>=|<=|==|!=|~=|<|>)\s*v?([0-9]{1,4}(?:\.[0-9]{1,4}){0,3})(\.\*)?")
# A minor version is admitted if its first or some later patch is: `!=3.14.1` and `>=3.14.2` exclude no minor.
_PATCHES = (0, 1, 2, 5, 99)


def admits(specifier: str, minor: str) -> bool:
    """Return whether some patch of a minor version ("3.12") satisfies a specifier (PEP 440); "" admits all.

    Poetry's `||` joins alternatives. Raises ValueError for what is no specifier.
    """
    return any(_admits(part.strip(), minor) for part in specifier.split("||"))


def _admits(specifier: str, minor: str) -> bool:
    clauses = []
    for written in filter(None, (part.strip() for part in specifier.split(","))):
        found = _CLAUSE.fullmatch(written)
        if found is None or (found[3] and found[1] not in {"==", "!="}):
            return _admits_by_packaging(specifier, minor)
        clauses.append((found[1], _numbers(found[2]), bool(found[3])))
    return any(
        all(_satisfies((*_numbers(minor), patch), *clause) for clause in clauses)
        for patch in _PATCHES
    )  # fmt: skip


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _satisfies(version: tuple[int, ...], mark: str, wanted: tuple[int, ...], star: bool) -> bool:
    width = max(len(version), len(wanted))
    short = version[: len(wanted)]
    if star:
        return (short == wanted) == (mark == "==")
    left = version + (0,) * (width - len(version))
    right = wanted + (0,) * (width - len(wanted))
    if mark == "~=":
        return left >= right and version[: len(wanted) - 1] == wanted[:-1]
    return {
        ">=": left >= right,
        "<=": left <= right,
        "<": left < right,
        ">": left > right,
        "==": left == right,
        "!=": left != right,
    }[mark]


def _admits_by_packaging(specifier: str, minor: str) -> bool:
    """Leave what is written unusually to the library, which costs as much to import as a check of a repository."""
    from packaging.specifiers import SpecifierSet

    accepted = SpecifierSet(specifier)  # InvalidSpecifier is a ValueError
    return any(accepted.contains(f"{minor}.{patch}") for patch in _PATCHES)
