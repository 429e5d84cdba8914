from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from pytest_sprintready.reading.document import Link
from pytest_sprintready.reading.links import has_anchor, links, local_link
from pytest_sprintready.reading.prose import read_document


@pytest.mark.parametrize(
    ("target", "page", "path", "anchor"),
    [
        pytest.param("a.md", "README.md", "a.md", "", id="beside"),
        pytest.param("a.md#b", "docs/x.md", "docs/a.md", "b", id="beside in a folder, with an anchor"),
        pytest.param("../a.md", "docs/x.md", "a.md", "", id="above"),
        pytest.param("./a%20b.md", "README.md", "a b.md", "", id="encoded"),
        pytest.param("/a.md", ".github/CONTRIBUTING.md", "a.md", "", id="from the root"),
        pytest.param("#b", "README.md", "", "b", id="the page itself"),
        pytest.param("LICENSE", "README.md", "LICENSE", "", id="capitals without suffix"),
    ],
)
def test_a_link_within_the_repository(target: str, page: str, path: str, anchor: str) -> None:
    found = local_link(Link(target, "text", 1), page, site=False)
    assert found is not None
    assert (found.path, found.anchor) == (path, anchor)


@given(st.text(max_size=60), st.booleans())
def test_no_target_breaks_the_reading(target: str, site: bool) -> None:
    found = local_link(Link(target, "text", 1), "docs/page.md", site=site)
    assert found is None or not found.path.startswith("..")


@given(st.text(max_size=200))
def test_an_anchor_of_a_document_is_found_by_its_own_slug(title: str) -> None:
    text = "# " + title.replace("\n", " ")
    document = read_document("README.md", text)
    assert all(has_anchor(document, text, section.slug) for section in document.sections)


@pytest.mark.parametrize(
    ("anchor", "there"),
    [
        ("install", True),
        ("user-content-install", True),
        ("install-1", True),
        ("Old-Name", True),
        ("by-id", True),
        ("attribute", True),
        ("valid", False),
        ("elsewhere", False),
    ],
)
def test_an_anchor_leads_to_a_heading_or_a_named_target(anchor: str, there: bool) -> None:
    text = '# Install\n\n<a name="old-name"></a>\n<p ID=\'by-id\'>\n\n## Use {#attribute}\n\ngrid="valid"\n'
    assert has_anchor(read_document("README.md", text), text, anchor) is there


def test_links_in_comments_are_no_links() -> None:
    document = read_document("README.md", "<!-- [a](b.md) -->\n\n[c](d.md)\n")
    assert [link.target for link in links(document)] == ["d.md"]
