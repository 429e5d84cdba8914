import pytest


@pytest.mark.slow
def test_light():
    assert True
