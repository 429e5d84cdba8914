from __future__ import annotations

import keyword

import pytest
from hypothesis import given, strategies as st

from pytest_sprintready.reading.imports import guarded_module, mentioned_modules, unguarded_imports


def modules(text: str) -> list[str]:
    return [each.module for each in unguarded_imports(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("import lamp", ["lamp"], id="plain"),
        pytest.param("import lamp.bulb as b, shade", ["lamp", "shade"], id="several"),
        pytest.param("from lamp.bulb import glow", ["lamp"], id="from"),
        pytest.param("from lamp import (\n    glow,\n    dim,\n)\n", ["lamp"], id="over several lines"),
        pytest.param("class A:\n    import lamp\n", ["lamp"], id="in a class body"),
        pytest.param("with warnings.catch_warnings():\n    import lamp\n", ["lamp"], id="in a with block"),
        pytest.param("try:\n    import lamp\nfinally:\n    pass\n", ["lamp"], id="in a try that expects nothing"),
        pytest.param("def skip(): raise X\nimport lamp", ["lamp"], id="after a function that raises"),
        pytest.param("pytestmark = pytest.mark.skip('x')\nimport lamp", ["lamp"], id="after a mark"),
    ],
)
def test_what_runs_with_the_file_counts(text: str, expected: list[str]) -> None:
    assert modules(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("from . import lamp\nfrom .bulb import glow", id="relative"),
        pytest.param("def f():\n    import lamp", id="in a function"),
        pytest.param("async def f():\n    import lamp", id="in a coroutine"),
        pytest.param("try:\n    import lamp\nexcept ImportError:\n    lamp = None", id="expected to fail"),
        pytest.param("try:\n    import lamp\nexcept Exception:\n    pass", id="expected to fail in any way"),
        pytest.param("if TYPE_CHECKING:\n    import lamp", id="for type checkers"),
        pytest.param("if sys.version_info < (3, 11):\n    import lamp", id="for a version"),
        pytest.param("if sys.platform == 'win32':\n    import lamp\nelse:\n    import shade", id="for a platform"),
        pytest.param("with suppress(ImportError):\n    import lamp", id="suppressed"),
        pytest.param("with contextlib.suppress(ImportError):\n    import lamp", id="suppressed, dotted"),
        pytest.param("with pytest.raises(ImportError):\n    import lamp", id="must fail"),
        pytest.param("lamp = pytest.importorskip('lamp')\nfrom lamp import glow", id="after importorskip"),
        pytest.param("if not HAS_LAMP:\n    pytest.skip('x', allow_module_level=True)\nimport lamp", id="after a skip"),
        pytest.param("if not HAS_LAMP:\n    raise unittest.SkipTest('x')\nimport lamp", id="after SkipTest"),
        pytest.param("try:\n    x()\nexcept E:\n    pytest.skip('x')\nimport lamp", id="after a skip on failure"),
        pytest.param("TEXT = '''\nimport lamp\n'''", id="in a text"),
        pytest.param("import lamp as", id="no Python"),
        pytest.param("\0import lamp", id="not even text"),
    ],
)
def test_what_is_guarded_or_no_import_is_left_out(text: str) -> None:
    assert modules(text) == []
    assert unguarded_imports(text, {"lamp"}) == ()


def test_an_import_knows_its_line() -> None:
    assert [(each.module, each.line) for each in unguarded_imports("import a\n\nfrom b import c\n")] == [
        ("a", 1),
        ("b", 3),
    ]


def test_asked_for_some_modules_no_others_are_given() -> None:
    text = "import a\nfrom b import (\n    c,\n)\nimport d\n"
    assert [each.module for each in unguarded_imports(text, {"b"})] == ["b"]


def test_asked_for_some_modules_a_mistake_further_down_does_not_matter() -> None:
    assert [each.module for each in unguarded_imports("import a\nthis is no Python\n", {"a"})] == ["a"]


def test_asked_for_some_modules_a_text_that_holds_an_import_is_no_import() -> None:
    text = "import a\nTEXT = '''\nimport b\n'''\n"
    assert [each.module for each in unguarded_imports(text, {"a", "b"})] == ["a"]


@pytest.mark.usefixtures("shallow_collection")
def test_deep_nesting_is_given_up() -> None:
    assert unguarded_imports("(" * 100_000) == ()
    assert unguarded_imports("\n".join(" " * n + "class A:" for n in range(90)) + "\n" + " " * 90 + "import a") == ()


_NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda name: not keyword.iskeyword(name))


@given(st.lists(_NAMES, max_size=5), st.text(max_size=40))
def test_what_is_imported_is_mentioned(names: list[str], noise: str) -> None:
    text = "\n".join([*(f"import {name}" for name in names), "# " + noise.replace("\n", " ").replace("\r", " ")])
    assert {each.module for each in unguarded_imports(text)} <= mentioned_modules(text)


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    assert {each.module for each in unguarded_imports(text, {"a"})} <= {"a"}
    mentioned_modules(text)


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ("try:\n    from lamp.bulb import glow\nexcept ImportError:\n    pass", "lamp"),
        ("try:\n    from lamp import light as glow\nexcept ImportError:\n    ok = False\n", "lamp"),
        ("try:\n    import glow.bulb\nexcept ModuleNotFoundError:\n    pass", "glow"),
        ("try:\n    import lamp.bulb as glow\nexcept Exception:\n    pass", "lamp"),
        ("def f():\n    try:\n        import glow\n    except ImportError:\n        pass", "glow"),
    ],
)
def test_a_name_from_an_import_that_may_fail_has_a_module(text: str, module: str) -> None:
    assert guarded_module(text, "glow") == module


@pytest.mark.parametrize(
    "text",
    [
        "import glow",
        "try:\n    import lamp\nexcept ImportError:\n    pass",
        "try:\n    import glow\nfinally:\n    pass",
        "try:\n    from .bulb import glow\nexcept ImportError:\n    pass",
        "try:\n    import lamp\nexcept ImportError:\n    import glow",
        "try:\n    import glow\nexcept",
    ],
    ids=["unguarded", "another name", "expects nothing", "its own", "the way out", "no Python"],
)
def test_other_names_have_none(text: str) -> None:
    assert not guarded_module(text, "glow")
