"""Products and sums as text, the way one writes them.

summands(1/2, "a ; b", [("n", -1)])     ["a/(2*n)", "b/(2*n)"]
"""

from __future__ import annotations

from fractions import Fraction

__all__ = ["bare", "closed", "product_of", "summands"]

Powers = list[tuple[str, Fraction]]


def summands(number: Fraction, piece: str, powers: Powers) -> list[str]:
    return [product_of(number, each, powers) for each in piece.split(" ; ")]


def product_of(number: Fraction, piece: str, powers: Powers) -> str:
    """A number, a piece and powers, as text: the piece stands last, so that a reader sees it."""
    if piece.endswith("/2"):
        piece, number = piece.removesuffix("/2"), number / 2
    above = [str(abs(number.numerator))] * (abs(number.numerator) != 1)
    below = [str(number.denominator)] * (number.denominator != 1)
    for text, exponent in powers:
        base = text if text.isalnum() or (text.endswith((")", "]")) and closed(text)) else f"({text})"
        power = base if abs(exponent) == 1 else f"{base}^{_exponent(abs(exponent))}"
        (above if exponent > 0 else below).append(power)
    if piece != "1" or not above:
        above.append(piece)
    over = "*".join(above) if below or len(above) > 1 or number < 0 else bare(above[0])
    text = over if not below else f"{over}/{below[0]}" if len(below) == 1 else f"{over}/({'*'.join(below)})"
    return text if number > 0 else f"-{text}"


def _exponent(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else f"({number})"


def closed(text: str) -> bool:
    """Is it one call or entry, whose last bracket closes the first?"""
    depth = 0
    for at, each in enumerate(text):
        depth += (each in "([") - (each in ")]")
        if each in ")]" and depth == 0 and at < len(text) - 1:
            return False
        if depth == 0 and each in "+-*/ ^":
            return False
    return True


def bare(text: str) -> str:
    """Without the brackets around the whole."""
    depth = 0
    for at, each in enumerate(text):
        depth += (each == "(") - (each == ")")
        if depth == 0 and at < len(text) - 1:
            return text
    return text[1:-1] if text.startswith("(") else text
