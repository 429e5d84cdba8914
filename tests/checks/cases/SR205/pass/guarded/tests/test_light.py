import pytest

requests = pytest.importorskip("requests")

try:
    import yaml
except ImportError:
    yaml = None


def test_light():
    assert requests or yaml
