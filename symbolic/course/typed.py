"""What a student types, as it is meant: signs of a word processor are those of a keyboard, quotation marks are none.

>>> as_meant("“lambda·p[i] − c²”."), bare("“lambda·p[i] − c²”.")
('“lambda*p[i] - c^2”.', 'lambda*p[i] - c^2')
"""

from __future__ import annotations

__all__ = ["as_meant", "bare"]

SIGNS = str.maketrans(
    {"−": "-", "–": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "∗": "*", "÷": "/", "²": "^2", "³": "^3"}
)
QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "„": "“", "‘": "’", "«": "»"}


def as_meant(text: str) -> str:
    """The text with the signs of a keyboard."""
    return text.translate(SIGNS)


def bare(text: str) -> str:
    """One expression, without quotation marks around it or a full stop behind it."""
    said = as_meant(text).strip().rstrip(".;").rstrip()
    while len(said) > 1 and QUOTES.get(said[0]) == said[-1]:
        said = said[1:-1].strip().rstrip(".;").rstrip()
    return said
