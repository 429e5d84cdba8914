"""Words after a program taken apart into options, values and the rest; which options of known programs take a value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence


class Arguments(NamedTuple):
    """What follows a program, taken apart."""

    options: list[tuple[str, str]]
    """Options with their values, "" for flags."""
    words: list[str]
    rest: list[str]
    """What follows `--`, or the first word where parsing stops there."""

    def values(self, *names: str) -> list[str]:
        """Return every value given to the options `names`, in order."""
        return [value for name, value in self.options if name in names and value]

    def last(self, *names: str) -> str:
        """Return the value that counts where an option is given twice, "" for none."""
        return next(iter(reversed(self.values(*names))), "")


def parsed(
    words: Sequence[str],
    valued: frozenset[str] = frozenset(),
    many: frozenset[str] = frozenset(),
    *,
    stop_at_word: bool = False,
    stop_after: frozenset[str] = frozenset(),
    guess: frozenset[str] | None = None,
) -> Arguments:
    """Take a call's words after the program apart.

    `valued` options take one value, `many` all words up to the next option. With `guess` (the known flags), a word
    after an unknown long option is dropped, since nobody can tell whether it is its value. What follows the value of
    a `stop_after` option belongs to something else.
    """
    options: list[tuple[str, str]] = []
    plain: list[str] = []
    index = 0
    while index < len(words):
        word = words[index]
        index += 1
        if word == "--":
            return Arguments(options, plain, list(words[index:]))
        if not word.startswith("-") or word == "-":
            if stop_at_word:
                return Arguments(options, plain, list(words[index - 1 :]))
            plain.append(word)
            continue
        name, equals, value = word.partition("=")
        if not equals and not word.startswith("--") and len(word) > 2 and word not in valued and word not in many:
            name, value = _short(word, valued | many)
            equals = "=" if value else ""
        if equals:
            options.append((name, value))
        elif name in many:
            taken = 0
            while index < len(words) and not words[index].startswith("-"):
                options.append((name, words[index]))
                index += 1
                taken += 1
            if not taken:
                options.append((name, ""))
        elif name in valued and index < len(words) and not _OPTION.match(words[index]):
            options.append((name, words[index]))
            index += 1
            if name in stop_after:
                return Arguments(options, plain, list(words[index:]))
        else:
            options.append((name, ""))
            if guess is not None and word.startswith("--") and name not in guess and index < len(words):
                index += not words[index].startswith("-")
    return Arguments(options, plain, [])


_OPTION = pattern(r"--?[A-Za-z]")  # argparse takes no such word for a value, either


def _short(word: str, valued: frozenset[str]) -> tuple[str, str]:
    """Split `-rfile`, `-xk` and `-xkname` into the option that takes a value and the value that is glued to it."""
    for place in range(1, min(len(word), 6)):
        option = "-" + word[place]
        if option in valued:
            return option, word[place + 1 :].removeprefix("=")
        if not word[place].isalpha():
            break
    return word, ""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, for tables that read as a list."""
    return frozenset(text.split())


# Options that take the next word, or all words up to the next option (MANY), as the programs' own --help lists them.

PIP_VALUED = word_set(
    "-e --editable -r --requirement -c --constraint -t --target -i --index-url --extra-index-url -f --find-links "
    "--group --prefix --root --src --python-version --platform --python -p --progress-bar --upgrade-strategy "
    "--config-settings -C --cache-dir --trusted-host --only-binary --no-binary --report --log --timeout --retries "
    "--overrides --override -P --upgrade-package --reinstall-package --extra --resolution --index --default-index "
    "-b --build-constraint --build-constraints --torch-backend --prerelease"
)

UV_VALUED = PIP_VALUED | word_set(
    "--group --only-group --no-group --extra --no-extra --with -w --with-editable --with-requirements --package "
    "--env-file --directory --project --index-strategy --keyring-provider --fork-strategy --config-setting "
    "--config-file --link-mode --refresh-package --color --exclude-newer --python-platform --allow-insecure-host "
    "--no-build-package --no-binary-package --no-build-isolation-package --from --no-install-package -o --output-file "
    "--format"
) - {"-e", "-r", "-t", "-c"}  # fmt: skip

NOX_MANY = word_set("-s -e --session --sessions -t --tags --tag -p --pythons --python")

NOX_VALUED = word_set(
    "-k --keywords -f --noxfile -P --force-pythons --force-python --extra-pythons --extra-python -db "
    "--default-venv-backend -fb --force-venv-backend --report --envdir --no-venv-backend"
)

TOX_VALUED = word_set(
    "-e --env -c --conf --workdir --work-dir --root --toxinidir -x --override --installpkg --install-pkg --result-json "
    "--hashseed --discover --color --skip-env -o --output --parallel-live --index-url -i --force-dep"
)

TOX_MANY = word_set("-f -m --labels -p --parallel")  # the number after -p may be missing

MAKE_VALUED = word_set(
    "-C --directory -f --file --makefile -I --include-dir -o --old-file -W --what-if --assume-new --assume-old --eval"
)

PIXI_VALUED = word_set("-e --environment --manifest-path -m -x --platform -p --frozen-path")

PYTEST_VALUED = word_set(
    "-k -m -n -p -c -o -r -W -d --maxfail --tb --cov --durations --durations-min --junitxml --junit-xml --rootdir "
    "--ignore --ignore-glob --deselect --confcutdir --basetemp --import-mode --capture --color --cov-report "
    "--cov-config --cov-fail-under --cov-context --numprocesses --dist --maxprocesses --timeout --timeout-method "
    "--ds --dc --reruns --reruns-delay --count --log-level --log-cli-level --log-file --log-file-level --html "
    "--splits --group --store-durations --asyncio-mode --doctest-glob --last-failed-no-failures --lfnf "
    "--verbosity --override-ini --config-file --hypothesis-profile --hypothesis-seed --browser --driver --tx "
    "--show-capture --pastebin --randomly-seed --pythonwarnings --benchmark-min-rounds --doctest-report "
    "--mpl-baseline-path --random-order-seed"
)

PYTEST_FLAGS = word_set(
    "--lf --last-failed --ff --failed-first --nf --new-first --sw --stepwise --pdb --trace --collect-only --co "
    "--strict --strict-markers --strict-config --doctest-modules --doctest-continue-on-failure --no-cov "
    "--cov-append --cov-branch --verbose --quiet --exitfirst --showlocals --no-header --no-summary --setup-show "
    "--setup-only --setup-plan --cache-clear --cache-show --markers --fixtures --version --help --runslow "
    "--run-slow --slow --benchmark-only --benchmark-skip --benchmark-disable --reuse-db --create-db "
    "--nomigrations --no-migrations --mpl --pyargs --noconftest --keep-duplicates --full-trace --disable-warnings "
    "--disable-pytest-warnings --forked --looponfail --snapshot-update --update-snapshots --headed "
    "--no-success-flaky-report --doctest-plus --debug --flake-finder"
)


def expanded(word: str) -> list[str]:
    """Return what a word with braces stands for: `py{310,311}-x` is two names; at most 64, more are left alone."""
    done: list[str] = []
    waiting = [word]
    while waiting:
        if len(waiting) + len(done) > 64:
            return [word]
        current = waiting.pop(0)
        braces = re.search(r"\{([^{}]*,[^{}]*)\}", current)
        if braces is None:
            done.append(current)
        else:
            waiting.extend(
                current[: braces.start()] + part.strip() + current[braces.end() :] for part in braces[1].split(",")
            )
    return done


def split_outside_braces(value: str) -> list[str]:
    """Split at commas, those between braces apart: "py{310,311},lint" is two."""
    return [part.strip() for part in re.findall(r"(?:[^,{}]|\{[^{}]*\})+", value) if part.strip()]


def python_parts(words: Sequence[str]) -> tuple[str, str, Sequence[str]]:
    """Return (module of -m, script, the words after it)."""
    index = 0
    while index < len(words) and words[index].startswith("-"):
        word = words[index]
        index += 1
        if word in {"-W", "-X", "--check-hash-based-pycs"}:
            index += 1
        elif word in {"-c", "-"}:
            return "", "", ()
        elif word.startswith("-m") and len(word) > 2:
            return word[2:], "", words[index:]
        elif re.fullmatch(r"-[A-Za-z]*m", word):
            return (words[index] if index < len(words) else ""), "", words[index + 1 :]
    return "", (words[index] if index < len(words) else ""), words[index + 1 :]
