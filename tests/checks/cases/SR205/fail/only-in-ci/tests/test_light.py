import pytest
import requests


def test_light():
    assert requests and pytest
