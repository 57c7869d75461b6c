"""A figure that moves where scripts may run: drag the logits, or p in its triangle, and change the temperature.

    moving(z, T, shows, caption)      the figure, which in a notebook that is not trusted stands still, and says so

What it shows of logits z at temperature T is computed in `moving.js`, which is part of the output: p, exactly and
rounded, its limits at both ends of the temperature, the entropy, and, as `shows` says,

    jacobian      the entries of the Jacobian with their signs
    hot           p over T, with 1/n and the first-order term
    cold          p over T, with its limits as T goes to 0; ties are made and broken
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from html import escape
from importlib.resources import files
from typing import Literal

from symbolic.show.figures import Figure, Numbers, exp_normalise, jacobian_heatmap, simplex_path

__all__ = ["moving"]

Shows = Literal["jacobian", "hot", "cold"]
ASLEEP = (
    "This picture stands still. In JupyterLab, run its cell or use the command <em>Trust Notebook</em>, and the bars "
    "can be dragged. On a page it needs JavaScript."
)


def moving(z: Numbers, T: float = 1, shows: Shows = "cold", caption: str = "") -> Figure:
    """The figure for 2 to 6 logits between -4 and 4, multiples of 1/10; `ValueError` for others.

    >>> moving([2, 1, 0], shows="cold", caption="Drag the third bar up.").data["p1"][0] == 1/3
    True
    """
    logits = tuple(float(each) for each in z)
    if not 2 <= len(logits) <= 6 or any(abs(each) > 4 or abs(10 * each - round(10 * each)) > 1e-9 for each in logits):
        raise ValueError(f"expected 2 to 6 multiples of 1/10 between -4 and 4, not {logits}")
    if not 0.01 <= T <= 100:
        raise ValueError(f"T must lie between 1/100 and 100, not {T}")
    still = _still(logits, T, shows)
    html = (
        f'<figure class="softmax" data-logits="{",".join(f"{each:g}" for each in logits)}" data-temperature="{T:g}" '
        f'data-shows="{shows}">{still.html}<p class="still">{ASLEEP}</p>'
        f"<figcaption>{escape(caption, quote=False)}</figcaption></figure>"
    )
    return replace(still, html=f"{html}{_alive()}")


def _still(logits: tuple[float, ...], T: float, shows: Shows) -> Figure:
    if shows == "jacobian":
        return jacobian_heatmap(logits, 1 / T)
    return simplex_path(logits) if len(logits) == 3 else exp_normalise(logits, 1 / T)


@cache
def _alive() -> str:
    """The style and the script; what serves them itself, as the site does, takes them out by their marks."""
    style, script = ((files(__package__) / f"moving.{kind}").read_text("utf-8") for kind in ("css", "js"))
    return f'<style data-moving="">{style}</style><script type="module" data-moving="">{script}</script>'
