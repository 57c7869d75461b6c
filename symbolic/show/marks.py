r"""The part of a page that a program writes: it stands between `<!-- name -->` and `<!-- /name -->`.

    between(text, name)         the part as it stands
    put(text, name, made)       the page with the part made anew

>>> page = "Sizes:\n<!-- sizes -->\n4 lines\n<!-- /sizes -->\n"
>>> between(page, "sizes")
'4 lines'
>>> put(page, "sizes", "5 lines")
'Sizes:\n<!-- sizes -->\n5 lines\n<!-- /sizes -->\n'
>>> put(page, "words", "7 words")
Traceback (most recent call last):
ValueError: there are 0 places marked words, not one
"""

from __future__ import annotations

import re

__all__ = ["between", "put"]


def between(text: str, name: str) -> str:
    """The part as it stands; `ValueError` if it is not there once."""
    found = re.findall(rf"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", text, re.DOTALL)
    if len(found) != 1:
        raise ValueError(f"there are {len(found)} places marked {name}, not one")
    return str(found[0])


def put(text: str, name: str, made: str) -> str:
    """The text with another part; `ValueError` if it is not there once."""
    old, new = (f"<!-- {name} -->\n{part}\n<!-- /{name} -->" for part in (between(text, name), made))
    return text.replace(old, new)
