"""Make the pictures of a terminal in docs/images from real runs: commands in a pseudo-terminal, drawn by a browser.

Needs Linux or macOS, this package, nox's extra, and Chromium: `python docs/_tools/pictures.py [path of chromium]`.
"""

from __future__ import annotations

import fcntl
import html
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
EXAMPLE = ROOT / "tests" / "cases" / "lantern"

COLUMNS, LINE, CHARACTER, MARGIN = 88, 19, 8.43, 20

# What is typed, for each picture, and how many lines are kept of its beginning and end.
PICTURES = {
    "check": ("lantern", "sprintready check", 25, 4),
    "howto": ("project", "sprintready howto", 50, 1),
    "pytest": ("lantern", "pytest --sprintready -k 'draught or documented or plugins'", 50, 1),
}

COLOURS = {30: "#45475a", 31: "#d20f39", 32: "#2f7d1c", 33: "#9a6700", 34: "#1e66f5", 35: "#8839ef", 36: "#0b7285"}

PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #fbfbfd; }}
pre {{ margin: {margin}px; font: 14px/{line}px "DejaVu Sans Mono", monospace; color: #24273a;
  width: {columns}ch; white-space: pre-wrap; word-break: break-all; }}
b {{ font-weight: bold; }} .prompt {{ color: #7c7f93; }}
</style><pre>{text}</pre>"""


def main() -> int:
    """Make every picture; return 0."""
    browser = sys.argv[1] if len(sys.argv) > 1 else shutil.which("chromium") or "chromium"
    IMAGES.mkdir(exist_ok=True)
    for name, (place, command, head, tail) in PICTURES.items():
        with tempfile.TemporaryDirectory() as scratch:
            folder = ROOT if place == "project" else Path(shutil.copytree(EXAMPLE, Path(scratch, place)))
            if name == "pytest":  # which stops at an unknown option before there is anything to see
                settings = folder / "pyproject.toml"
                settings.write_text(settings.read_text().replace("--cov=lantern", ""))
            # What a program wrote over before the line ended was never to be read.
            lines = [line.rpartition("\r")[2] for line in run(command, folder).rstrip().split("\n")]
            shown = lines if len(lines) <= head + tail else [*lines[:head], "...", *lines[-tail:]]
            prompt = f'<span class="prompt">$</span> <b>{html.escape(command)}</b>'
            text = "\n".join([prompt, *map(as_html, shown)])
            draw(browser, text, Path(scratch), IMAGES / f"{name}.png")
    return 0


def run(command: str, folder: Path) -> str:
    """Return what a command prints on a terminal, escape sequences included."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    environment = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "TERM": "xterm", "LANG": "C.UTF-8"}
    environment |= {"PYTHONPATH": "src", "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(  # noqa: S602  our own commands, as they are typed
        command, shell=True, cwd=folder, stdout=follower, stderr=follower, stdin=follower, env=environment
    )
    os.close(follower)
    printed = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # how Linux says that the other end is closed
            break
        if not piece:
            break
        printed += piece
    process.wait()
    os.close(leader)
    return printed.decode().replace("\r\n", "\n")


def as_html(line: str) -> str:
    """Return a line with its colours as HTML."""
    parts = re.split(r"\x1b\[([\d;]*)m", line)
    shown, style = html.escape(parts[0]), ""
    for codes, text in zip(parts[1::2], parts[2::2], strict=True):
        for code in map(int, (codes or "0").split(";")):
            if code == 0:
                style = ""
            elif code == 1:
                style += "font-weight:bold;"
            elif code == 2:
                style += "opacity:.65;"
            elif code % 60 in COLOURS:
                style += f"color:{COLOURS[code % 60]};"
        shown += f'<span style="{style}">{html.escape(text)}</span>' if text and style else html.escape(text)
    return shown


def draw(browser: str, text: str, scratch: Path, target: Path) -> None:
    """Write a picture of the text."""
    page = scratch / "page.html"
    page.write_text(PAGE.format(text=text, margin=MARGIN, line=LINE, columns=COLUMNS + 1), encoding="utf-8")
    width = round((COLUMNS + 1) * CHARACTER) + 2 * MARGIN
    lengths = [len(html.unescape(re.sub(r"<[^>]*>", "", line))) for line in text.split("\n")]
    height = sum(max(1, -(-length // (COLUMNS + 1))) for length in lengths) * LINE + 2 * MARGIN
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--screenshot={target}",
         f"--window-size={width},{height}", f"--user-data-dir={scratch}/browser", page.as_uri()],
        check=True, capture_output=True,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
