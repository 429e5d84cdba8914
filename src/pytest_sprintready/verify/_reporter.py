"""The pytest plugin that tells `verify` what happened, as values. It is copied to where the tests run.

It stands alone, and must work in any pytest since 4 and any Python since 3.7. It changes nothing about a run: it undoes
the two environment variables that brought it, so that what the tests start is not reported, too.
"""
# ruff: noqa: ANN001, ANN202, ARG001, BLE001, PTH100, PTH105, PTH109, PTH118, PTH120, PTH123, S110, S112, UP
# mypy: ignore-errors

from __future__ import annotations

import json
import os
import sys
import time

import pytest

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_NAME = __name__
_REPORTS = os.environ.pop("SPRINTREADY_REPORTS", "")
# Files that name tests: those to leave out, and those that alone are to run. For xdist's workers as well.
_LEFT_OUT = os.environ.get("SPRINTREADY_LEFT_OUT", "")
_ONLY = os.environ.get("SPRINTREADY_ONLY", "")
_MOST = 300  # failures told in full
_EVERY = 1.0  # seconds between two states written

_state = {
    "pid": os.getpid(),
    "started": time.time(),
    "finished": None,
    "exit": None,
    "executable": sys.executable,
    "version": ".".join(str(part) for part in sys.version_info[:3]),
    "prefix": sys.prefix,
    "base_prefix": sys.base_prefix,
    "path": list(sys.path),
    "folder": os.getcwd(),
    "pytest": getattr(pytest, "__version__", ""),
    "args": [],
    "rootdir": "",
    "collected": None,
    "first_pass": None,
    "counts": {},
    "failures": [],
    "internal": "",
}
_counts = _state["counts"]
_written = [0.0]


def _leave_no_trace():
    for name, part, separator in (("PYTHONPATH", _FOLDER, os.pathsep), ("PYTEST_ADDOPTS", "-p " + _NAME, " ")):
        value = os.environ.get(name)
        if value is None:
            continue
        rest = value.replace(part, "", 1).strip(separator + " ")
        if rest:
            os.environ[name] = rest
        else:
            del os.environ[name]


def _write(force=False):
    now = time.time()
    if not _REPORTS or (not force and now - _written[0] < _EVERY):
        return
    _written[0] = now
    path = os.path.join(_REPORTS, str(int(_state["started"] * 1000)) + "-" + str(_state["pid"]) + ".json")
    try:
        with open(path + ".new", "w", encoding="utf-8") as file:
            json.dump(_state, file)
        os.replace(path + ".new", path)
    except Exception:
        pass


@pytest.hookimpl(hookwrapper=True)
def pytest_sessionstart():
    yield
    # Not before: xdist has started its workers now, which need these to load this plugin as well.
    _leave_no_trace()


_write(force=True)


def _count(name, number=1):
    _counts[name] = _counts.get(name, 0) + number


def _raised(error):
    """One exception and those behind it, the last one raised first."""
    chain = []
    while error is not None and len(chain) < 8:
        frames = []
        trace = error.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            frames.append([code.co_filename, trace.tb_lineno])
            trace = trace.tb_next
        attributes = {}
        for name in ("name", "path", "errno", "strerror", "filename", "argname", "lineno", "code", "returncode", "cmd"):
            try:
                value = getattr(error, name, None)
            except Exception:
                continue
            if isinstance(value, (str, int)):
                attributes[name] = str(value)[:500]
        for name in ("output", "stderr"):  # of a command that failed: its end tells why
            value = getattr(error, name, None)
            if isinstance(value, bytes):
                value = value.decode("utf-8", "replace")
            if value and isinstance(value, str):
                attributes[name] = value[-2000:]
        kinds = [kind.__module__ + "." + kind.__name__ for kind in type(error).__mro__ if kind is not object]
        try:
            message = str(error)[:2000]
        except Exception:
            message = ""
        chain.append({"types": kinds, "message": message, "attributes": attributes, "frames": frames[-30:]})
        if error.__cause__ is not None:
            error = error.__cause__
        else:
            error = _met_by_a_doctest(error) or (None if error.__suppress_context__ else error.__context__)
    return chain


def _met_by_a_doctest(error):
    met = getattr(error, "exc_info", None)
    if isinstance(met, tuple) and len(met) == 3:
        return met[1]
    failures = getattr(error, "failures", None)
    return failures[0] if isinstance(failures, list) and failures and isinstance(failures[0], BaseException) else None


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    try:
        if call.excinfo is not None:
            report = outcome.get_result()
            if report.outcome == "failed":
                report.sprintready_raised = _raised(call.excinfo.value)
                report.sprintready_marks = sorted({mark.name for mark in item.iter_markers()})
    except BaseException:
        pass


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_make_collect_report(collector):
    outcome = yield
    try:
        report = outcome.get_result()
        call = getattr(report, "call", None)
        if report.outcome == "failed" and call is not None and call.excinfo is not None:
            report.sprintready_raised = _raised(call.excinfo.value)
    except BaseException:
        pass


def _captured(report):
    """What the test and the programs it started printed, as far as pytest kept it."""
    text = "\n".join(str(text) for name, text in getattr(report, "sections", ()) if " log " not in name)
    return text if len(text) <= 6000 else text[:3000] + "\n...\n" + text[-3000:]


def _fail(stage, report):
    if len(_state["failures"]) < _MOST:
        _state["failures"].append(
            {
                "node": report.nodeid,
                "stage": stage,
                "raised": getattr(report, "sprintready_raised", []),
                "marks": getattr(report, "sprintready_marks", []),
                "text": str(getattr(report, "longreprtext", "") or "")[-3000:],
                "captured": _captured(report),
            }
        )


def pytest_configure(config):
    try:
        _state["args"] = [str(each) for each in config.invocation_params.args]
        _state["rootdir"] = str(config.rootdir)
    except Exception:
        pass
    if hasattr(config, "workerinput"):
        global _REPORTS  # noqa: PLW0603
        _REPORTS = ""
    _write(force=True)


def pytest_collectreport(report):
    if report.skipped:
        _count("skipped")
    if report.failed:
        _count("uncollected")
        _fail("collect", report)
        _write()


def _named(path):
    try:
        with open(path, encoding="utf-8") as file:
            return set(json.load(file))
    except Exception:
        return set()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    left_out, only = _named(_LEFT_OUT), _named(_ONLY)
    kept = [item for item in items if item.nodeid not in left_out and (not only or item.nodeid in only)]
    if len(kept) < len(items):
        staying = set(map(id, kept))
        gone = [item for item in items if id(item) not in staying]
        items[:] = kept
        config.hook.pytest_deselected(items=gone)


def pytest_deselected(items):
    _count("deselected", len(items))


def pytest_collection_finish(session):
    _state["collected"] = len(session.items)
    _write(force=True)


def pytest_runtest_logreport(report):
    expected = hasattr(report, "wasxfail")
    if report.when == "call":
        if expected:
            _count("xpassed" if report.passed else "xfailed")
        elif report.passed:
            _count("passed")
            if _state["first_pass"] is None:
                _state["first_pass"] = time.time()
                _write(force=True)
        elif report.failed:
            _count("failed")
            _fail("run", report)
        else:
            _count("skipped")
    elif report.failed:
        _count("errors")
        _fail("setup", report)
    elif report.skipped:
        _count("xfailed" if expected else "skipped")
    _write()


def pytest_internalerror(excrepr, excinfo):
    _state["internal"] = str(excrepr)[-3000:]
    if len(_state["failures"]) < _MOST:
        _state["failures"].append(
            {"node": "", "stage": "start", "raised": _raised(excinfo.value), "marks": [], "text": str(excrepr)[-3000:]}
        )


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session, exitstatus):
    _state["finished"] = time.time()
    _state["exit"] = int(exitstatus)
    _write(force=True)
