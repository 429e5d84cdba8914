import pytest


def test_light():
    assert pytest
