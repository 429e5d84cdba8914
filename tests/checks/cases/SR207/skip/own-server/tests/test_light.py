import requests


def test_light():
    assert requests.get("http://localhost:8000/status").ok
