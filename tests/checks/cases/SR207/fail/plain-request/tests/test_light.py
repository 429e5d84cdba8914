import requests


def test_light():
    assert requests.get("https://lamps.dev/status").ok
