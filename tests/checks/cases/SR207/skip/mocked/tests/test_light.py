import requests
import responses


@responses.activate
def test_light():
    assert requests.get("https://lamps.dev/status").ok
