"""The page in a real Chromium: what people see, reach and are protected from. `nox -s browser` runs these."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from pytest_sprintready.report import html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request

    from pytest_sprintready.audit.results import Audit

pytestmark = [pytest.mark.slow, pytest.mark.browser]

NAMED = os.environ.get("SPRINTREADY_CHROMIUM", "")
CHROMIUM = NAMED or shutil.which("chromium") or ""
PHONE, LAPTOP, WALL = (360, 740), (1366, 850), (1920, 1080)
VIEWS = ("overview", "projects", "project-beacon", "board")


class Seen(NamedTuple):
    """An open page, and what it did that a page of ours never does."""

    page: Page
    wrong: list[str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not NAMED:
        pytest.importorskip("playwright.sync_api", reason="`nox -s browser` installs playwright")
        if not CHROMIUM:
            pytest.skip("no chromium on the path; `nox -s browser` installs Debian's, or set SPRINTREADY_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Seen]]:
    """Return a function that writes a page to a disk and opens it from there, all its requests recorded."""
    contexts: list[BrowserContext] = []

    def opened(
        page: str, place: str = "", *, size: tuple[int, int] = LAPTOP, script: bool = True, **options: Any
    ) -> Seen:
        file = tmp_path / f"{len(contexts)}.html"
        file.write_text(page, encoding="utf-8")
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=script,
            reduced_motion="reduce",  # half way between two colours, contrast is nobody's fault
            **options,
        )
        contexts.append(context)
        wrong: list[str] = []
        tab = context.new_page()
        tab.set_default_timeout(30_000)  # a busy machine is no fault of the page

        def requested(request: Request) -> None:
            if not request.url.startswith(file.as_uri()):
                wrong.append(f"asks for {request.url}")

        def asked(dialog: Dialog) -> None:
            wrong.append(f"opens a dialog: {dialog.message}")
            dialog.dismiss()

        tab.on("request", requested)
        tab.on("dialog", asked)
        tab.on("console", lambda message: wrong.append(f"says {message.text}"))
        tab.on("pageerror", lambda error: wrong.append(f"fails with {error}"))
        tab.on("popup", lambda _: wrong.append("opens a window"))
        tab.goto(file.as_uri() + (f"#{place}" if place else ""))
        if script:
            tab.wait_for_selector("html[data-shown]", state="attached")
        return Seen(tab, wrong)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def page(audit: Audit, example: Any) -> str:
    return html.render(audit, example.history())


def go(tab: Page, place: str) -> None:
    tab.evaluate(
        "place => new Promise(done => { addEventListener('hashchange', done, {once: true}); location.hash = place })",
        place,
    )


@contextlib.contextmanager
def going(tab: Page) -> Iterator[None]:
    """Wait until the page has followed what is done inside to another address."""
    tab.evaluate("() => { window.arrived = new Promise(done => addEventListener('hashchange', done, {once: true})) }")
    yield
    tab.evaluate("() => window.arrived")


def announced(tab: Page, text: str) -> None:
    tab.get_by_role("status").filter(has_text=text).wait_for(state="attached")


def names(tab: Page) -> list[str]:
    return tab.locator("#projects-table tbody th a").all_inner_texts()


def cards(tab: Page) -> list[str]:
    return tab.locator("#board-list h3").all_inner_texts()


# What it shows


def test_it_opens_from_a_disk_and_asks_for_nothing(show: Callable[..., Seen], page: str) -> None:
    seen = show(page)
    for place in VIEWS:
        go(seen.page, place) if place != "overview" else None
        assert seen.page.locator("main > section:visible").count() == 1
    assert seen.wrong == []


def test_the_overview_tells_how_many_are_ready(show: Callable[..., Seen], page: str) -> None:
    tab = show(page).page
    assert tab.locator(".headline").inner_text() == "5 of 14 projects are ready"
    with going(tab):
        tab.get_by_role("link", name="5 nearly ready").click()
    assert names(tab) == ["beacon", "ember", "prism", "منارة", "מגדלור"]


def test_what_most_lack_leads_to_those_that_lack_it(show: Callable[..., Seen], page: str) -> None:
    tab = show(page).page
    with going(tab):
        tab.get_by_role("link", name="pytest is configured for a plugin").click()
    assert names(tab) == ["ember", "glow", "firefly"]


# The table


def test_columns_sort_by_mouse_and_keyboard_both_ways(show: Callable[..., Seen], page: str) -> None:
    tab = show(page, "projects").page
    button = tab.get_by_role("button", name="Project")
    button.click()
    assert names(tab)[:3] == ["beacon", "ember", "firefly"]
    assert tab.locator("th[data-key=project]").get_attribute("aria-sort") == "ascending"
    button.press("Enter")
    assert names(tab)[-3:] == ["firefly", "ember", "beacon"]
    assert tab.locator("th[data-key=project]").get_attribute("aria-sort") == "descending"


def test_what_is_not_known_sorts_last_either_way(show: Callable[..., Seen], page: str) -> None:
    tab = show(page, "projects").page
    button = tab.get_by_role("button", name="First green test")
    button.click()
    assert names(tab)[0] == "wick"
    assert names(tab)[-1] == "منارة"
    button.click()
    assert names(tab)[0] == "prism"
    assert names(tab)[-1] == "منارة"


def test_searching_narrows_and_is_announced_and_kept_in_the_address(show: Callable[..., Seen], page: str) -> None:
    tab = show(page, "projects").page
    tab.get_by_role("search", name="Projects").get_by_label("Search").fill("mirJAM")
    assert names(tab) == ["wick"]
    announced(tab, "1 of 14 projects")
    assert tab.url.endswith("#projects?q=mirJAM")


def test_an_address_restores_what_was_sent(show: Callable[..., Seen], page: str) -> None:
    tab = show(page, "projects?status=ready&sort=-recommended&q=k").page
    assert names(tab) == ["kindling", "wick"]
    assert tab.get_by_label("Status").input_value() == "ready"
    assert tab.locator("th[data-key=recommended]").get_attribute("aria-sort") == "descending"


@pytest.mark.parametrize(
    "place", ["projects?status=constructor&sort=__proto__&lacks=x", "%E0%A4%A", "project-nobody", "?"]
)
def test_a_strange_address_shows_something(show: Callable[..., Seen], page: str, place: str) -> None:
    seen = show(page, place)
    assert seen.page.locator("main > section:visible").count() == 1
    assert seen.wrong == []


def test_where_nothing_matches_it_says_so(show: Callable[..., Seen], page: str) -> None:
    tab = show(page, "projects?q=xyzzy").page
    assert tab.get_by_text("No project is like that").is_visible()
    assert names(tab) == []


def test_arrows_go_from_row_to_row(show: Callable[..., Seen], page: str) -> None:
    tab = show(page, "projects").page
    tab.get_by_role("link", name="lantern").focus()
    for key, name in (("ArrowDown", "beacon"), ("ArrowDown", "wick"), ("ArrowUp", "beacon"), ("End", "matchbox")):
        tab.keyboard.press(key)
        assert tab.evaluate("document.activeElement.textContent") == name
    with going(tab):
        tab.keyboard.press("Enter")
    assert tab.get_by_role("heading", name="matchbox").is_visible()


def test_more_rows_come_on_demand_and_take_the_focus(
    show: Callable[..., Seen], example: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "STATIC_PROJECTS", 10)
    tab = show(html.render(example.audit(130)), "projects").page
    assert len(names(tab)) == 100
    assert tab.get_by_text("30 further projects").is_visible()
    tab.locator("#projects").get_by_role("button", name="Show more").click()
    assert len(names(tab)) == 130
    assert tab.evaluate("document.activeElement.textContent") == names(tab)[100]


# A project


def test_a_project_shows_evidence_linked_at_the_commit(show: Callable[..., Seen], page: str, example: Any) -> None:
    tab = show(page, "project-beacon").page
    assert tab.title() == "beacon · Sprint of Lights"
    evidence = tab.get_by_role("link", name="CONTRIBUTING.md:10").first
    assert (
        evidence.get_attribute("href") == f"https://github.com/example/beacon/blob/{example.COMMIT}/CONTRIBUTING.md#L10"
    )
    first = tab.locator(".mend > li").first.inner_text()
    assert first.startswith("A documented command names something that does not exist required SR106")


def test_a_view_moves_the_focus_to_its_heading(show: Callable[..., Seen], page: str) -> None:
    tab = show(page, "projects").page
    tab.get_by_role("link", name="ember").click()
    tab.wait_for_selector("#project h2")
    assert tab.evaluate("document.activeElement.textContent") == "ember"
    tab.go_back()
    tab.wait_for_selector("#projects-table", state="visible")
    assert tab.evaluate("document.activeElement.textContent") == "Projects"


def test_the_way_back_leads_to_what_was_searched_for(show: Callable[..., Seen], page: str) -> None:
    tab = show(page, "projects?status=nearly&sort=-issues").page
    for name in ("ember", "All projects"):
        with going(tab):
            tab.get_by_role("link", name=name).click()
    assert tab.url.endswith("#projects?status=nearly&sort=-issues")
    assert names(tab) == ["beacon", "prism", "מגדלור", "منارة", "ember"]


def test_the_way_to_the_first_green_test_is_a_timeline(show: Callable[..., Seen], page: str) -> None:
    tab = show(page, "project-prism").page
    assert "First green test after 3 min" in tab.locator("#project").inner_text()
    bars = tab.locator(".times rect").evaluate_all("bars => bars.map(bar => [bar.getBBox().x, bar.getBBox().width])")
    clone, install, tests, green = bars
    for (start, width), (following, _) in pairwise((clone, install, tests)):
        assert abs(start + width - following) < 5
    assert tests[0] < green[0] < sum(tests)


def test_a_project_that_cannot_be_read_says_why_and_what_to_do(show: Callable[..., Seen], page: str) -> None:
    shown = show(page, "project-matchbox").page.locator("#project").inner_text()
    assert "was not found (404)" in shown
    assert "has it moved?" in shown


# The board


def test_the_board_is_filtered_by_each_of_its_choices(show: Callable[..., Seen], page: str) -> None:
    tab = show(page, "board").page
    everything = len(cards(tab))
    form = tab.get_by_role("search", name="Issues")
    for name, choice in (
        ("level", "some experience"),
        ("kind", "docs"),
        ("language", "Deutsch"),
        ("project", "wick"),
        ("mentor", "Noor"),
    ):
        form.locator(f"[name={name}]").select_option(choice)
        assert 0 < len(cards(tab)) < everything
        form.locator(f"[name={name}]").select_option("")
    assert len(cards(tab)) == everything
    form.get_by_label("Search").fill("half an hour")
    assert set(cards(tab)) == {"Support time zones with half an hour"}


def test_the_board_shows_only_what_can_be_taken(show: Callable[..., Seen], page: str, audit: Audit) -> None:
    tab = show(page, "board").page
    takeable = [
        judged.issue.title
        for project in audit.projects
        for judged in project.issues or ()
        if judged.verdict.readiness == "good"
    ]
    assert sorted(cards(tab)) == sorted(takeable)


def test_a_card_has_its_commands_to_copy(show: Callable[..., Seen], page: str) -> None:
    tab = show(page, "board?project=project-wick", permissions=["clipboard-read", "clipboard-write"]).page
    card = tab.locator(".card").first
    card.get_by_text("Set up and test").click()
    card.get_by_role("button", name="Copy: Run the tests, wick").click()
    announced(tab, "Copied")
    assert tab.evaluate("navigator.clipboard.readText()") == "nox -s tests"


def test_where_copying_is_refused_the_text_is_selected(show: Callable[..., Seen], page: str) -> None:
    tab = show(page, "project-wick").page
    tab.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    tab.get_by_role("button", name="Copy: Run the tests, wick").click()
    announced(tab, "Selected: press Ctrl or Command and C")
    assert tab.evaluate("getSelection().toString()").strip() == "nox -s tests"


def test_without_issues_the_board_says_how_to_get_them(show: Callable[..., Seen], example: Any) -> None:
    tab = show(html.render(example.audit(4, issues=False)), "board").page
    assert tab.get_by_text("sprintready audit sprint.toml --issues").is_visible()
    assert not tab.get_by_role("search", name="Issues").is_visible()


# For everybody


def test_colours_follow_the_system_and_the_switch(show: Callable[..., Seen], page: str) -> None:
    def paper(tab: Page) -> str:
        colour: str = tab.evaluate("getComputedStyle(document.body).backgroundColor")
        return colour

    light, dark = show(page, color_scheme="light").page, show(page, color_scheme="dark").page
    assert paper(light) != paper(dark)
    expected = paper(dark)
    light.get_by_role("button", name="Switch to dark colours").click()
    assert paper(light) == expected


@pytest.mark.parametrize("size", [(320, 640), PHONE, LAPTOP, WALL], ids=["320", "phone", "laptop", "wall"])
def test_no_width_makes_the_page_scroll_sideways(show: Callable[..., Seen], page: str, size: tuple[int, int]) -> None:
    tab = show(page, size=size).page
    for place in VIEWS:
        if place != "overview":
            go(tab, place)
        assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_print_leaves_out_what_is_for_hands_and_keeps_every_row(
    show: Callable[..., Seen], example: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "STATIC_PROJECTS", 10)
    tab = show(html.render(example.audit(130)), "projects").page
    tab.emulate_media(media="print")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(names(tab)) == 130
    assert not tab.locator("nav, .theme, form:visible, button.copy").first.is_visible()


def test_without_a_script_it_says_the_same(show: Callable[..., Seen], page: str) -> None:
    def said(text: str) -> list[str]:
        buttons = {"Copy", "All projects"}
        return [line for line in re.split(r"\s*\n\s*", text) if line and line not in buttons]

    without, with_script = show(page, script=False), show(page, "project-beacon")
    static = without.page.locator("article#project-beacon")
    # Lines are compared as a set of words: a browser breaks them elsewhere where there are buttons between.
    here, there = (
        " ".join(said(locator.inner_text())).split()
        for locator in (static, with_script.page.locator("#project article"))
    )
    missing = set(there) - set(here)
    assert missing <= {"github.com/example/beacon"}
    assert without.page.get_by_role("link", name="Sprint board").is_visible()
    assert without.page.locator("#projects-table tbody tr").count() == 14
    assert without.page.locator("#board-list > li").count() == len(cards(show(page, "board").page))
    assert without.page.get_by_role("searchbox").count() == 0
    assert without.wrong == []


def test_without_a_script_a_large_sprint_says_where_the_line_is(
    show: Callable[..., Seen], audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "STATIC_PROJECTS", 5)
    page = html.render(audit)
    assert show(page, "projects").page.locator("#projects-table tbody tr").count() == 14
    without = show(page, script=False).page
    assert without.get_by_text("more than the 5 that a page can list without JavaScript").is_visible()
    assert without.locator(".headline").inner_text() == "5 of 14 projects are ready"


# Accessibility. Thirty rows: axe needs half a minute for two thousand.


@pytest.fixture(scope="module")
def axe() -> Callable[[Page], list[str]]:
    from axe_playwright_python.sync_playwright import Axe

    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

    def violations(tab: Page) -> list[str]:
        found = Axe().run(tab, options=rules).response["violations"]
        return [
            f"{one['id']}: {node['html'][:150]} {node.get('failureSummary', '')}"
            for one in found
            for node in one["nodes"]
        ]

    return violations


@pytest.fixture(scope="module")
def thirty(example: Any) -> str:
    return html.render(example.audit(30), example.history())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(
    show: Callable[..., Seen], thirty: str, axe: Callable[[Page], list[str]], scheme: str
) -> None:
    tab = show(thirty, color_scheme=scheme, bypass_csp=True).page
    for place in VIEWS:
        if place != "overview":
            go(tab, place)
        assert axe(tab) == []


def test_axe_finds_no_violation_on_a_phone(
    show: Callable[..., Seen], page: str, axe: Callable[[Page], list[str]]
) -> None:
    tab = show(page, size=PHONE, bypass_csp=True).page
    for place in VIEWS:
        if place != "overview":
            go(tab, place)
        assert axe(tab) == []


def test_axe_finds_no_violation_where_everything_is_missing(
    show: Callable[..., Seen], example: Any, axe: Callable[[Page], list[str]]
) -> None:
    tab = show(html.render(example.audit(4, issues=False, outcomes=False)), "board", bypass_csp=True).page
    assert axe(tab) == []


def test_axe_finds_no_violation_in_the_page_without_its_script(
    show: Callable[..., Seen], example: Any, axe: Callable[[Page], list[str]]
) -> None:
    page = html.render(example.audit(3), example.history())
    # axe is a script itself, so ours is taken out instead of all being switched off.
    without = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    tab = show(without.replace("<html", "<html data-shown"), bypass_csp=True).page
    assert axe(tab) == []


def test_axe_would_see_a_fault(show: Callable[..., Seen], page: str, axe: Callable[[Page], list[str]]) -> None:
    tab = show(page, "projects", bypass_csp=True).page
    tab.evaluate(
        "document.querySelector('#projects [name=q]').closest('label').replaceWith(document.querySelector('#projects [name=q]'))"
    )
    assert any("label" in violation for violation in axe(tab))


# Hostile text

EVIL = {
    "script": "<script>alert(1)</script>",
    "end": "</script></style></title></textarea><script>alert(1)</script>",
    "image": '<img src="https://evil.example/x.png" onerror="alert(1)">',
    "svg": "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "frame": "<iframe src='javascript:alert(1)'></iframe><object data='data:text/html,x'></object>",
    "attribute": "\" onfocus=alert(1) autofocus x='",
    "javascript": "javascript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    "style": "<style>*{background:url(https://evil.example/x)}</style>",
    "markdown": "[a](javascript:alert(1)) ![b](https://evil.example/b.png)",
    "prototype": "__proto__",
    "constructor": "constructor",
}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("evil", EVIL.values(), ids=EVIL.keys())
def test_what_outsiders_write_is_shown_and_does_nothing(
    show: Callable[..., Seen], hostile_audit: Callable[[str], Audit], evil: str, script: bool
) -> None:
    seen = show(html.render(hostile_audit(evil)), script=script)
    if script:
        for place in ("projects", html.data.identifier(evil), "board", html.data.identifier(f"gone {evil}")):
            go(seen.page, place)
            visible = seen.page.locator("main").inner_text()
            assert evil.replace("`", "") in visible or place == html.data.identifier(f"gone {evil}")
            for link in seen.page.locator("main a:visible").all():
                assert (link.get_attribute("href") or "").startswith("#")
    else:
        assert evil in seen.page.locator("article h3").first.inner_text()
    assert seen.wrong == []


@pytest.mark.parametrize(
    "evil", [EVIL["script"], EVIL["image"], EVIL["style"], "<a href='javascript:alert(1)' id=lure>x</a>"]
)
def test_the_policy_holds_where_the_escaping_would_not(show: Callable[..., Seen], page: str, evil: str) -> None:
    seen = show(page.replace("<footer", f"{evil}<footer", 1))
    if "lure" in evil:
        seen.page.locator("#lure").click()
    seen.page.wait_for_timeout(200)
    assert seen.wrong
    assert all(
        "Content Security Policy" in one or "ERR_BLOCKED_BY_CSP" in one for one in seen.wrong if "asks" not in one
    )
    assert not any("dialog" in one for one in seen.wrong)
