from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.reading.shell import split_line
from pytest_sprintready.reading.workflows import (
    installed_packages,
    is_ci_file,
    read_workflow,
    run_commands,
    services_of,
    system_packages,
)

if TYPE_CHECKING:
    from pytest_sprintready.reading.workflow import Workflow

GITHUB = ".github/workflows/ci.yml"


def read(path: str, text: str) -> Workflow:
    workflow = read_workflow(path, dedent(text))
    assert workflow is not None
    return workflow


def commands(workflow: Workflow) -> list[tuple[str, int]]:
    return [
        (command.text, command.line)
        for job in workflow.jobs
        for step in job.steps
        for command in run_commands(step, workflow.path)
    ]


@pytest.mark.parametrize(
    ("path", "system"),
    [
        (GITHUB, "github"),
        (".github/workflows/x.yaml", "github"),
        (".forgejo/workflows/x.yml", "forgejo"),
        (".gitlab-ci.yml", "gitlab"),
        ("azure-pipelines.yaml", "azure"),
        (".circleci/config.yml", "circleci"),
        (".travis.yml", "travis"),
        (".cirrus.yml", "cirrus"),
        ("appveyor.yml", "appveyor"),
        (".github/workflows/sub/x.yml", ""),
        (".github/dependabot.yml", ""),
        ("docs/.travis.yml", ""),
        ("README.md", ""),
    ],
)
def test_ci_files_are_known_by_their_path(path: str, system: str) -> None:
    assert is_ci_file(path) == system


def test_a_github_workflow_is_read_with_the_line_of_each_command() -> None:
    workflow = read(
        GITHUB,
        """\
        name: CI
        on:
          push:
          pull_request:
        env: {A: "1"}
        defaults:
          run:
            working-directory: lib
        jobs:
          tests:
            name: Tests
            runs-on: ubuntu-latest
            if: github.repository == 'a/b'
            strategy:
              matrix:
                python: ["3.10", "3.12"]
            env: {B: "2"}
            services:
              db:
                image: postgis/postgis:16
              cache:
                image: ${{ matrix.redis }}
            steps:
              - uses: actions/checkout@v4
                with: {submodules: true}
              - name: Install
                run: |
                  pip install -e .

                  pip list
              - run: >-
                  pytest
                  -n auto
                env: {C: "3"}
                working-directory: other
                if: always()
              - run: tox
              - run: print("no shell")
                shell: python {0}
          call:
            uses: ./.github/workflows/other.yml
        """,
    )
    assert (workflow.name, workflow.system, workflow.triggers) == ("CI", "github", ("push", "pull_request"))
    assert commands(workflow) == [("pip install -e .", 28), ("pip list", 30), ("pytest -n auto", 32), ("tox", 37)]
    tests, call = workflow.jobs
    assert (tests.name, tests.line, tests.title, tests.runs_on) == ("tests", 10, "Tests", "ubuntu-latest")
    assert tests.matrix == {"python": ["3.10", "3.12"]}
    assert (tests.services, tests.service_lines) == (("postgis/postgis:16", "cache"), (19, 21))
    assert (tests.steps[0].uses, tests.steps[0].settings) == ("actions/checkout@v4", {"submodules": True})
    assert tests.steps[1].directory == "lib"
    assert tests.steps[2].env == {"A": "1", "B": "2", "C": "3"}
    assert tests.steps[2].directory == "other"
    assert tests.steps[2].condition == "github.repository == 'a/b' && always()"
    assert call.uses == "./.github/workflows/other.yml"


@pytest.mark.parametrize("on", ["push", "[push, pull_request]"], ids=["a word", "a list"])
def test_triggers_may_be_a_word_or_a_list(on: str) -> None:
    assert read(GITHUB, f"on: {on}\njobs: {{}}\n").triggers[0] == "push"


def test_a_gitlab_file_is_read_with_extends_and_references() -> None:
    workflow = read(
        ".gitlab-ci.yml",
        """\
        default:
          image: python:3.12
          before_script:
            - pip install tox
        .base:
          services: ["redis:7"]
        .lines:
          script:
            - make lint
        tests:
          extends: .base
          variables: {A: "1"}
          script:
            - tox -e py
            - |
              make docs
        lint:
          before_script: []
          script:
            - !reference [.lines, script]
        """,
    )
    assert commands(workflow) == [("pip install tox", 4), ("tox -e py", 14), ("make docs", 16), ("make lint", 9)]
    assert [(job.name, job.container, job.services) for job in workflow.jobs] == [
        ("tests", "python:3.12", ("redis:7",)),
        ("lint", "python:3.12", ()),
    ]


def test_an_azure_file_is_read_through_stages_and_template_conditions() -> None:
    workflow = read(
        "azure-pipelines.yml",
        """\
        trigger: [main]
        stages:
        - stage: a
          jobs:
          - job: tests
            pool: {vmImage: ubuntu-22.04}
            steps:
            - task: UsePythonVersion@0
              inputs: {versionSpec: "3.12"}
            - ${{ if eq(1, 1) }}:
              - script: tox
            - bash: |
                make docs
        """,
    )
    assert commands(workflow) == [("tox", 11), ("make docs", 13)]
    assert (workflow.jobs[0].runs_on, workflow.jobs[0].steps[0].uses) == ("ubuntu-22.04", "UsePythonVersion@0")


def test_a_circleci_file_is_read_through_its_own_commands() -> None:
    workflow = read(
        ".circleci/config.yml",
        """\
        commands:
          install:
            steps:
              - run: pip install .
        jobs:
          tests:
            docker:
              - image: cimg/python:3.12
              - image: cimg/postgres:16.0
            steps:
              - checkout
              - install
              - when:
                  condition: true
                  steps:
                    - run:
                        name: Test
                        command: |
                          pytest
        """,
    )
    assert commands(workflow) == [("pip install .", 4), ("pytest", 19)]
    assert [(name, str(place)) for name, place in services_of(workflow)] == [("postgresql", ".circleci/config.yml:9")]


def test_travis_appveyor_and_cirrus_files_are_read() -> None:
    travis = read(
        ".travis.yml",
        "services: [redis-server]\naddons: {apt: {packages: [libpq-dev]}}\ninstall: pip install tox\nscript:\n  - tox\n"
        "jobs:\n  include:\n    - name: lint\n      script: make lint\n",
    )
    assert commands(travis) == [("pip install tox", 3), ("tox", 5), ("make lint", 9)]
    assert [name for name, _ in services_of(travis)] == ["redis"]
    assert [name for name, _ in system_packages(travis)] == ["libpq-dev"]
    appveyor = read("appveyor.yml", "install:\n  - ps: pip install .\ntest_script:\n  - tox\n")
    assert commands(appveyor) == [("pip install .", 2), ("tox", 4)]
    cirrus = read(".cirrus.yml", "task:\n  name: A\n  test_script:\n    - tox\ntask:\n  name: B\n  script: nox\n")
    assert [(job.name, job.line) for job in cirrus.jobs] == [("A", 1), ("B", 5)]
    assert commands(cirrus) == [("tox", 4), ("nox", 7)]


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("postgres:16", "postgresql"),
        ("docker.io/postgis/postgis:16-3.4", "postgresql"),
        ("mariadb", "mysql"),
        ("bitnami/redis@sha256:ab", "redis"),
        ("mongo:7", "mongodb"),
        ("docker.elastic.co/elasticsearch/elasticsearch:8", "elasticsearch"),
        ("docker:24-dind", "docker"),
        ("ghcr.io/some/thing:1", "thing"),
    ],
)
def test_services_go_by_their_plain_names(image: str, name: str) -> None:
    text = f"jobs:\n  t:\n    services:\n      x: {{image: '{image}'}}\n    steps: []\n"
    assert [found for found, _ in services_of(read(GITHUB, text))] == [name]


@pytest.mark.parametrize(
    ("step", "names"),
    [
        ("uses: ankane/setup-postgres@v1", ["postgresql"]),
        ("run: sudo systemctl start mysql.service", ["mysql"]),
        ("run: sudo service postgresql start", ["postgresql"]),
        ("run: sudo /etc/init.d/mysql start", ["mysql"]),
        ("{run: pytest, env: {PGHOST: localhost}}", ["postgresql"]),
        ("{run: pytest, env: {HOST: localhost}}", []),
        ("run: docker run -d -p 6379:6379 redis:7", ["redis"]),
        ("run: docker run app pytest", []),
        ("uses: docker/setup-buildx-action@v3", []),
    ],
)
def test_services_that_a_step_starts_are_found(step: str, names: list[str]) -> None:
    text = f"jobs:\n  t:\n    steps:\n      - {step}\n"
    assert [found for found, _ in services_of(read(GITHUB, text))] == names


@pytest.mark.parametrize(
    ("line", "packages"),
    [
        ("sudo apt-get install -y --no-install-recommends libxml2-dev libpq-dev=1.2", ("libxml2-dev", "libpq-dev")),
        ("apt-get -qq install git", ("git",)),
        ("brew install libomp", ("libomp",)),
        ("apk add --virtual deps gcc", ("gcc",)),
        ("pacman -S make", ("make",)),
        ("sudo apt-get update", ()),
        ("apt-get install $PACKAGES", ()),
        ("pip install x", ()),
    ],
)
def test_system_packages_of_a_line(line: str, packages: tuple[str, ...]) -> None:
    assert installed_packages(split_line(line)[0]) == packages


def test_system_packages_have_their_line() -> None:
    text = "jobs:\n  t:\n    steps:\n      - run: |\n          apt update\n          apt install -y gdal-bin\n"
    assert [(name, str(place)) for name, place in system_packages(read(GITHUB, text))] == [("gdal-bin", f"{GITHUB}:6")]


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n- b\n", "just text\n"])
def test_a_file_that_is_no_workflow_gives_none(text: str) -> None:
    assert read_workflow(GITHUB, text) is None


def test_a_file_that_is_no_ci_file_gives_none() -> None:
    assert read_workflow("mkdocs.yml", "a: 1\n") is None


def test_broken_yaml_is_one_clear_problem() -> None:
    with pytest.raises(FileProblem, match="not valid YAML"):
        read_workflow(GITHUB, "a: [\n")


def test_references_that_go_in_circles_end() -> None:
    text = ".a:\n  script: !reference [.a, script]\nt:\n  extends: [.a, t]\n  script:\n    - !reference [t, script]\n"
    assert commands(read(".gitlab-ci.yml", text)) == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["run", "tox", "a", "${{ x }}", "image", "when"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "jobs",
                    "steps",
                    "run",
                    "script",
                    "services",
                    "image",
                    "env",
                    "on",
                    "strategy",
                    "matrix",
                    "docker",
                    "stages",
                    "extends",
                    "include",
                    "task",
                    "defaults",
                    "with",
                    "uses",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(
    st.dictionaries(
        st.sampled_from(["jobs", "on", "env", "stages", "steps", "t", "task", "script", "services", "addons"]),
        VALUES,
        max_size=4,
    ),
    st.sampled_from(
        [
            GITHUB,
            ".gitlab-ci.yml",
            "azure-pipelines.yml",
            ".circleci/config.yml",
            ".travis.yml",
            ".cirrus.yml",
            "appveyor.yml",
        ]
    ),
)
def test_any_shape_of_yaml_is_read_without_an_error(values: dict[str, object], path: str) -> None:
    import json

    workflow = read_workflow(path, json.dumps(values))
    assert workflow is not None
    assert workflow.system == is_ci_file(path)
    assert len(services_of(workflow)) + len(system_packages(workflow)) + len(commands(workflow)) >= 0
