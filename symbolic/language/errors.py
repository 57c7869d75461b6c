"""The errors that this package raises at input it cannot take: all are `ValueError`s with a plain message."""

__all__ = ["NotProved", "NotationError", "SymbolicError", "SyntaxErrorInClaim", "Undefined", "Unsupported"]


class SymbolicError(ValueError):
    """The root of the package's own errors."""


class NotationError(SymbolicError):
    """An object of the notation was built or used in a way that has no meaning: z[0], d/dn, z[1.5]."""


class NotProved(SymbolicError):
    """A claim that was required to be proved is not, or is vacuous: the message is the answer to it."""


class SyntaxErrorInClaim(SymbolicError):
    """A line of the claim language could not be read.

    `position` is the offset of the offending character; with the line as `text`, a caret shows it. `advice` are lines
    that say what may have been meant, and what a claim looks like.

    >>> print(SyntaxErrorInClaim("expected `)`", 3, "exp(c"[:3]))
    expected `)`
        exp
           ^
    """

    def __init__(self, message: str, position: int, text: str = "", advice: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join((message + _caret(text, position), *advice)))
        self.message, self.position, self.text, self.advice = message, position, text, advice


def _caret(text: str, position: int, width: int = 60) -> str:
    """The neighbourhood of the position with a caret under it; empty if there is no text."""
    start = max(0, position - width)
    shown = "".join(each if each.isprintable() else " " for each in text[start : position + width])
    return f"\n    {shown.rstrip()}\n    {' ' * (position - start)}^" if text.strip() else ""


class Unsupported(SymbolicError):
    """An expression is well formed but outside what the kernel, or the evaluator, can treat."""


class Undefined(SymbolicError):
    """An expression is nowhere defined, or not at the point asked for: 1/(c - c), log(0)."""
