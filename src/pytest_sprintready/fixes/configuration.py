"""What stands in pyproject.toml: dependencies of the tests, the Pythons admitted, the table of the sprint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pytest_sprintready.checks._guide import known
from pytest_sprintready.config import OWN_FILE, SHARED_FILE
from pytest_sprintready.facts import imports
from pytest_sprintready.fixes import toml
from pytest_sprintready.fixes.model import Edit, Fix, LeftAlone
from pytest_sprintready.fixes.registry import fixer
from pytest_sprintready.reading.loaders import load_toml
from pytest_sprintready.reading.requirements import normalised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.fixes.registry import Case

# Dependencies of the tests --------------------------------------------------------------------------------------


@fixer("SR212")
def declare_test_dependencies(case: Case) -> Fix | LeftAlone:
    """Declare pytest, and the plugins that CI installs by name, in one place."""
    named = [name for name in imports.installed_by_ci(case.facts) if re.match(r"pytest(-|$)", name)]
    names = ["pytest", *(name for name in named if name not in {"pytest", "pytest-sprintready"})]
    edit, where = declared(case.facts, names)
    if edit is None:
        return LeftAlone("SR212", where, paste="\n".join(names))
    return Fix("SR212", f"declare {', '.join(names)} in {where}", (edit,))


@fixer("SR206")
def declare_plugins(case: Case) -> Fix | LeftAlone:
    """Declare the plugins that pytest's configuration needs."""
    names = list(dict.fromkeys(each.distribution for each in imports.unmet_plugins(case.facts)))
    edit, where = declared(case.facts, names)
    if edit is None:
        return LeftAlone("SR206", where, paste="\n".join(names))
    return Fix("SR206", f"declare {', '.join(names)} in {where}", (edit,))


@fixer("SR205")
def declare_imports(case: Case) -> Fix | LeftAlone:
    """Declare what tests import; which distribution holds a module is a guess, so a human has to look."""
    names = list(dict.fromkeys(each.distribution for each in imports.undeclared_imports(case.facts)))
    edit, where = declared(case.facts, names)
    if edit is None:
        return LeftAlone("SR205", where, paste="\n".join(names))
    return Fix("SR205", f"declare {', '.join(names)} in {where}", (edit,), safe=False)


def declared(facts: Facts, names: Sequence[str]) -> tuple[Edit | None, str]:
    """Return the edit that declares distributions where the test dependencies stand, and that place in words.

    None with a reason where that place cannot be edited.
    """
    places = [place for place in known(facts.test_dependencies_in, ()) if place != "none"]
    places.sort(key=lambda place: not re.search(r"[:/_.-]tests?(ing)?\b", place))
    for place in places:
        kind, _, name = place.partition(":")
        if kind in {"extra", "group"} and (edit := _in_table(facts, kind, name, names)):
            return edit, f"the {'extra' if kind == 'extra' else 'dependency group'} {name} of {SHARED_FILE}"
        if kind == "requirements":
            path = facts.dependency_places[place].place.path
            text = facts.snapshot.read(path)
            lines = text.rstrip("\n") + "\n" if text.strip() else ""
            return Edit(path, text, lines + "".join(f"{each}\n" for each in names)), path
    if places:
        return None, f"the test dependencies stand in {places[0]}, which is not edited here"
    if facts.snapshot.has(SHARED_FILE):
        return _new_group(facts, names), f"the dependency group test of {SHARED_FILE}"
    path = "requirements-test.txt"
    if facts.snapshot.has(path):
        return None, f"there is a {path} already"
    return Edit(path, None, "".join(f"{each}\n" for each in names)), path


def _in_table(facts: Facts, kind: str, name: str, names: Sequence[str]) -> Edit | None:
    """Return the edit of an extra or group of pyproject.toml, None where it stands elsewhere (setup.py, Poetry)."""
    if not facts.snapshot.has(SHARED_FILE):
        return None
    text = facts.snapshot.read(SHARED_FILE)
    table = ("project", "optional-dependencies") if kind == "extra" else ("dependency-groups",)
    here: Any = load_toml(SHARED_FILE, text)
    for part in table:
        here = here.get(part, {}) if isinstance(here, dict) else {}
    key = next((key for key in here if normalised(key) == normalised(name)), None)
    return None if key is None else Edit(SHARED_FILE, text, toml.with_items(SHARED_FILE, text, table, key, names))


def _new_group(facts: Facts, names: Sequence[str]) -> Edit:
    text = facts.snapshot.read(SHARED_FILE)
    if "poetry" in facts.project.tools and not re.search(r"^\[project\]", text, re.MULTILINE):
        table = ("tool", "poetry", "group", "test", "dependencies")
        return Edit(SHARED_FILE, text, toml.with_values(SHARED_FILE, text, table, dict.fromkeys(names, "*")))
    return Edit(SHARED_FILE, text, toml.with_items(SHARED_FILE, text, ("dependency-groups",), "test", names))


# Pythons --------------------------------------------------------------------------------------------------------


@fixer("SR501")
def drop_the_cap(case: Case) -> Fix | LeftAlone | None:
    """Take the upper bound out of requires-python; whether the project works there only its tests can tell."""
    facts = case.facts
    place = case.result.findings[0].place
    if place is None or place.line is None or not place.path.endswith((".toml", ".cfg", ".py")):
        return None
    text = facts.snapshot.read(place.path)
    lines = text.split("\n")
    line = lines[place.line - 1]
    new = re.sub(r" *, *<=? ?3[\d.]*\*?(?=[\"', ])|(?<=[\"'])<=? ?3[\d.]*\*? *, *", "", line)
    if new == line:
        return LeftAlone("SR501", "the bound is written in a way that is not edited here")
    lines[place.line - 1] = new
    return Fix("SR501", f"take the upper bound out of {place}", (Edit(place.path, text, "\n".join(lines)),), safe=False)


# The table of the sprint ----------------------------------------------------------------------------------------

_LISTS = ("mentors", "goals")


@fixer("SR404", "SR413", "SR405")
def declare_the_sprint(case: Case) -> Fix | LeftAlone | None:
    """Write what a maintainer answered into [tool.sprintready.sprint]."""
    answered = sprint_values(case.answers)
    sprint = case.facts.settings.sprint
    new = {key: value for key, value in answered.items() if not getattr(sprint, key)}
    wanted = {"SR404": ("lead", "contact"), "SR405": ("mentors",)}.get(
        case.code, ("lead", "contact", "capacity", "level", "goals")
    )
    lacking = tuple(key for key in wanted if not getattr(sprint, key) and key not in new)
    if lacking or not new:
        return LeftAlone(case.code, f"{' and '.join(lacking) or 'more mentors'}: only you know", asks=lacking)
    edit = sprint_table(case.facts, new)
    also = tuple(
        code for code in case.failing if code in {"SR404", "SR413"} - {case.code} and _settles(code, case, new)
    )
    return Fix(case.code, f"declare {', '.join(new)} in {edit.path}", (edit,), also=also)


def _settles(code: str, case: Case, new: dict[str, Any]) -> bool:
    wanted = ("lead", "contact") if code == "SR404" else ("lead", "contact", "capacity", "level", "goals")
    return all(key in new or getattr(case.facts.settings.sprint, key) for key in wanted)


def sprint_values(answers: Any) -> dict[str, Any]:
    """Return the answers that belong into [tool.sprintready.sprint], as TOML has them."""
    found: dict[str, Any] = {}
    for key in ("lead", "contact", "mentors", "capacity", "level", "goals"):
        value = answers.get(key, "").strip()
        if key in _LISTS and value:
            found[key] = tuple(part.strip() for part in value.split(",") if part.strip())
        elif key == "capacity" and value:
            if re.fullmatch(r"[1-9]\d{0,4}", value):
                found[key] = int(value)
        elif value:
            found[key] = value
    return found


def sprint_table(facts: Facts, values: dict[str, Any]) -> Edit:
    """Return the edit that declares these values, in the file that configures sprintready or would."""
    own = facts.settings.path == OWN_FILE or facts.snapshot.has(OWN_FILE) or not facts.snapshot.has(SHARED_FILE)
    path = OWN_FILE if own else SHARED_FILE
    table = ("sprint",) if own else ("tool", "sprintready", "sprint")
    if not facts.snapshot.has(path):
        return Edit(path, None, toml.with_table(path, "", table, values))
    text = facts.snapshot.read(path)
    return Edit(path, text, toml.with_values(path, text, table, values))


@fixer("SR302")
def declare_the_alias(case: Case) -> Fix | None:
    """Tell sprintready that the project's own label is the one for newcomers."""
    facts = case.facts
    labels = known(facts.beginner_labels, ())
    if not labels or facts.settings.beginner_labels:
        return None
    own = facts.snapshot.has(OWN_FILE) or not facts.snapshot.has(SHARED_FILE)
    path = OWN_FILE if own else SHARED_FILE
    table = () if own else ("tool", "sprintready")
    values = {"beginner-labels": (labels[0],)}
    if not facts.snapshot.has(path):
        edit = Edit(path, None, toml.with_table(path, "", table, values))
    else:
        text = facts.snapshot.read(path)
        edit = Edit(path, text, toml.with_values(path, text, table, values))
    return Fix("SR302", f'declare the label "{labels[0]}" in {path}', (edit,), safe=False)
