"""How long a candle burns."""


def minutes_left(length: float, draught: str = "none") -> float:
    """Return the minutes until a candle of `length` centimetres is out."""
    return length * {"none": 55, "light": 45, "strong": 30}[draught]
