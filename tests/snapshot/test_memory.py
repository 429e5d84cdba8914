from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.snapshot import MAX_FILE_BYTES, History, MemorySnapshot

TREE = MemorySnapshot(
    {
        "README.md": "read me",
        "docs/index.md": "index",
        "docs/guide/start.md": "start",
        "docs-old.md": "old",
        "src/pkg/__init__.py": "",
    },
    links={
        "CONTRIBUTING.md": "docs/guide/start.md",
        "manual": "docs",
        "docs/up": "..",
        "chain": "CONTRIBUTING.md",
        "out": "../secret",
        "absolute": "/etc/passwd",
        "dangling": "nothing",
        "loop": "pool",
        "pool": "loop",
        "self/x": "x/y",
        "over-the-top": "docs/../../README.md",
    },
)


def test_files_are_sorted_and_links_count_only_if_they_lead_to_a_file_inside() -> None:
    assert TREE.files == (
        "CONTRIBUTING.md",
        "README.md",
        "chain",
        "docs-old.md",
        "docs/guide/start.md",
        "docs/index.md",
        "src/pkg/__init__.py",
    )


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("README.md", "README.md"),
        ("./README.md", "README.md"),
        ("docs/../README.md", "README.md"),
        ("docs//index.md", "docs/index.md"),
        ("CONTRIBUTING.md", "docs/guide/start.md"),
        ("chain", "docs/guide/start.md"),
        ("manual/guide/start.md", "docs/guide/start.md"),
        ("manual/up/manual/index.md", "docs/index.md"),
        ("dangling", "nothing"),
        ("out", ""),
        ("absolute", ""),
        ("over-the-top", ""),
        ("loop", ""),
        ("self/x", ""),
        ("../repo/README.md", ""),
        ("/README.md", ""),
        ("a/" * 10_000, ""),
    ],
    ids=lambda value: value[:30] or "nowhere",
)
def test_a_path_is_resolved_inside_the_repository_or_not_at_all(path: str, target: str) -> None:
    assert TREE.resolve(path) == target


@pytest.mark.parametrize(
    ("path", "is_file", "is_folder"),
    [
        ("README.md", True, False),
        ("readme.md", False, False),
        ("README.md/", False, False),
        ("chain", True, False),
        ("manual", False, True),
        ("manual/", False, True),
        ("docs", False, True),
        ("docs/guide/..", False, True),
        ("", False, True),
        (".", False, True),
        ("docs/..", False, True),
        ("..", False, False),
        ("out", False, False),
        ("dangling", False, False),
        ("loop", False, False),
        ("a\0b", False, False),
        ("\ud800", False, False),
    ],
    ids=ascii,
)
def test_files_and_folders_are_told_apart(path: str, is_file: bool, is_folder: bool) -> None:
    assert (TREE.has(path), TREE.is_folder(path)) == (is_file, is_folder)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("", ("CONTRIBUTING.md", "README.md", "chain", "docs-old.md", "docs/", "src/")),
        ("docs", ("guide/", "index.md")),
        ("manual/", ("guide/", "index.md")),
        ("docs/guide", ("start.md",)),
        ("src", ("pkg/",)),
        ("README.md", ()),
        ("nowhere", ()),
        ("..", ()),
    ],
    ids=["root", "docs", "link", "below", "only-folders", "file", "missing", "outside"],
)
def test_a_folder_names_what_is_directly_in_it(path: str, names: tuple[str, ...]) -> None:
    assert TREE.folder(path) == names


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain\n", "plain\n"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbfmark", "mark"),
        ("größe".encode("utf-8-sig"), "größe"),
        (b"\xff\xfe" + "größe\r\n".encode("utf-16-le"), "größe\n"),
        (b"\xfe\xff" + "größe".encode("utf-16-be"), "größe"),
        (b"\xff\xfe\x00\x00" + "größe".encode("utf-32-le"), "größe"),
        (b"\x00\x00\xfe\xff" + "größe".encode("utf-32-be"), "größe"),
        ("größe \u201cquoted\u201d".encode("cp1252"), "größe \u201cquoted\u201d"),
        (b"gr\xf6\x81e", "gr\xf6\x81e"),
        (b"\xff\xfea", "\ufffd"),
        (b"", ""),
    ],
    ids=["ascii", "line-ends", "bom", "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252",
         "latin-1", "broken-utf-16", "empty"],
)  # fmt: skip
def test_text_is_decoded_by_its_mark_or_as_what_people_write(data: bytes, text: str) -> None:
    assert MemorySnapshot({"f": data}).read("f") == text


@given(st.binary(max_size=64))
def test_any_bytes_are_text_without_carriage_returns_or_a_file_problem(data: bytes) -> None:
    try:
        text = MemorySnapshot({"f": data}).read("f")
    except FileProblem as problem:
        text = problem.reason
    assert "\r" not in text
    assert "\0" not in text


@given(
    st.dictionaries(st.text("abl./", max_size=8), st.text("abl./", max_size=12), max_size=8),
    st.text("abl./", max_size=12),
)
def test_links_of_any_shape_end_inside_or_nowhere(links: dict[str, str], path: str) -> None:
    snapshot = MemorySnapshot({"a/b": "", "b": ""}, links=links)
    target = snapshot.resolve(path)
    assert ".." not in target.split("/")
    assert not target.startswith("/")
    assert snapshot.resolve(target) == target


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("nowhere", "does not exist"),
        ("docs", "is a folder"),
        ("out", "leads out of the repository or in circles"),
        ("loop", "leads out of the repository or in circles"),
        ("dangling", "does not exist"),
    ],
    ids=["missing", "folder", "outside", "loop", "dangling"],
)
def test_reading_what_is_no_file_says_why(path: str, reason: str) -> None:
    with pytest.raises(FileProblem) as caught:
        TREE.read(path)
    assert (caught.value.path, caught.value.reason) == (path, reason)


def test_a_binary_file_is_a_problem_as_text_but_has_bytes() -> None:
    snapshot = MemorySnapshot({"logo.png": b"\x89PNG\0"})
    with pytest.raises(FileProblem, match=r"logo\.png: is a binary file"):
        snapshot.read("logo.png")
    assert snapshot.read_bytes("logo.png") == b"\x89PNG\0"


def test_a_file_over_the_limit_is_a_problem_that_names_both_sizes() -> None:
    snapshot = MemorySnapshot({"just.txt": b"x" * MAX_FILE_BYTES, "big.txt": b"x" * (MAX_FILE_BYTES + 2**20)})
    assert len(snapshot.read("just.txt")) == MAX_FILE_BYTES
    with pytest.raises(FileProblem, match=r"is 5\.0 MB; files over 4 MB are not read"):
        snapshot.read("big.txt")


def test_a_mapping_is_no_git_repository() -> None:
    assert not TREE.is_git
    assert (TREE.name, TREE.revision, TREE.remotes, TREE.tag_count) == ("memory", "", {}, None)
    assert (TREE.shallow, TREE.pack_bytes, TREE.last_change("README.md")) == (False, None, None)


def test_what_git_knows_can_be_stated_for_a_test() -> None:
    history = History()
    history.remotes = {"origin": "https://example.org/project"}
    snapshot = MemorySnapshot({}, history=history)
    assert snapshot.is_git
    assert snapshot.remotes == {"origin": "https://example.org/project"}
