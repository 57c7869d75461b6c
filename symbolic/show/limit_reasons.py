"""Why a limit is visible from a form of the function, in words that a student knows.

    taken_out(form) -> str                                 why the form is the function
    why(form, variable, end, given) -> str                 why it goes where it goes

What stands between backquotes is a formula (language/prose.py).

>>> why("exp(lambda*(z[i] - max(z)))/sum(exp(lambda*(z[k] - max(z))), k)", "T", "0")
'a class below the maximum dies out exponentially; as many terms as there are winners stay 1'
>>> why("(p[i] - 1/n)/lambda", "lambda", "0")
'a difference quotient: its limit is a derivative'
"""

from __future__ import annotations

import re

__all__ = ["taken_out", "why"]

TOP = re.compile(r"exp\(-?[^()]*\*?\(?\w+\[\w+\] - (max\(\w+\)|min\(\w+\)|\w+\[\w+\])\)?\)")
WINNERS = {
    "max": "a class below the maximum dies out exponentially; as many terms as there are winners stay 1",
    "min": "a class above the minimum dies out exponentially; as many terms as there are winners stay 1",
}
FACTOR = re.compile(r"sum\((?:lambda|[a-z])(?:\^\d+)?\*")


def taken_out(form: str) -> str:
    """The largest exponential, if the form has it taken out of its sums."""
    found = TOP.search(form)
    return f"the exponential of `{found[1]}` is taken out of the sums" if found else "both sides have one normal form"


def why(form: str, variable: str, end: str, given: tuple[str, ...] = ()) -> str:
    """The reasons, the most telling first."""
    found = TOP.search(form)
    far = end in ("oo", "-oo") if variable != "T" else end == "0"
    if found and far:
        return "; ".join(_of_classes(form, found[1], given))
    if far:
        return "an exponential outgrows every power" if "exp(" in form else "each part goes to its limit"
    divided = re.search(rf"/(?:\(?{re.escape('lambda' if variable == 'T' else variable)}\b)", form)
    if divided and not end.endswith("oo"):
        return "a difference quotient: its limit is a derivative"
    return "each part is continuous there"


def _of_classes(form: str, top: str, given: tuple[str, ...]) -> list[str]:
    alone = any(re.match(rf"all\({re.escape(top)} > ", each) for each in given)
    moving = not alone and "[" in top and not any(top in each for each in given)
    if alone:
        said = ["every other class dies out exponentially"]
    elif moving:
        said = [f"the terms of the other classes are nothing against that of `{top}`"]
    else:
        said = [WINNERS["min" if top.startswith("min") or any(f"{top} == min" in each for each in given) else "max"]]
    if re.search(r"log\(sum\(.*\)/lambda", form):
        said.append("the logarithm of what stays between 1 and `n` is bounded, and divided by `lambda`")
    if FACTOR.search(form):
        said.append("`x*exp(-x)` goes to 0")
    return said
