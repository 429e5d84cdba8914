"""The example's only test."""

from lantern import minutes_left


def test_a_draught_shortens_the_evening() -> None:
    assert minutes_left(12, "strong") < minutes_left(12)
