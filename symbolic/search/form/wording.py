"""Normal forms in the claim language, for the facts that a proof tells.

    written(field, polynomial)      the polynomial as a product of its factors

The classes of a tuple are k, l, m, ... and so are those that sums run over.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symbolic.search.form.generators import Abs, Entry, Exp, Generator, In, Log, Moment, N, Product, Scalar
from symbolic.search.form.moments import Field
from symbolic.search.form.names import Best
from symbolic.search.limits.laurent import Monomial, Polynomial, as_polynomial, factored

__all__ = ["added", "written"]

LETTERS = "klmopqrstuh"


def written(field: Field, poly: Polynomial) -> str:
    """The polynomial in the claim language, as a product of its factors.

    >>> from symbolic.search.form.case_analysis import Case
    >>> from symbolic.search.limits.laurent import add, constant, generator, multiply
    >>> field = Field(Case({"i": "i"}))
    >>> v = field.generator(Entry("v", "i"))
    >>> written(field, add(multiply(v, v), constant(-1)).num)
    '(v[i] + 1)*(v[i] - 1)'
    """
    if not poly:
        return "0"
    content, common, factors = factored(poly)
    parts = [_power(_sum(field, as_polynomial(factor)), times, len(factor) > 1) for factor, times in factors]
    parts = [*_monomial(field, common), *sorted(parts)]
    lead = [] if abs(content) == 1 and parts else [_number(abs(content))]
    return ("-" if content < 0 else "") + "*".join([*lead, *parts])


def added(field: Field, summands: Iterable[Polynomial]) -> str:
    """The polynomials, one after the other, as a sum."""
    first, *others = (written(field, each) for each in summands)
    return " + ".join([first, *(f"({each})" if each.startswith("-") else each for each in others)])


def _number(value: Any) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def _power(text: str, times: Any, many: bool) -> str:
    base = f"({text})" if many else text
    whole = times.denominator == 1
    return base if times == 1 else f"{base}^{times}" if whole and times > 0 else f"{base}^({times})"


def _sum(field: Field, poly: Polynomial) -> str:
    """The terms, positive ones first."""
    text = ""
    for monomial, value in sorted(poly.items(), key=lambda term: (term[1] < 0, not term[0], term[0])):
        factors = _monomial(field, monomial)
        lead = [] if abs(value) == 1 and factors else [_number(abs(value))]
        sign = (" - " if text else "-") if value < 0 else (" + " if text else "")
        text += sign + "*".join([*lead, *factors])
    return text


def _monomial(field: Field, monomial: Monomial) -> list[str]:
    parts = []
    for number, times in monomial:
        made = field.table[number]
        if isinstance(made, Exp) and times != 1:
            inside = _sum(field, {made.of: times})
            parts.append(f"exp({inside})")
        else:
            parts.append(_power(_generator(field, number, made), times, isinstance(made, N) and field.shift > 0))
    return parts


def _generator(field: Field, number: int, made: Generator) -> str:
    match made:
        case N():
            return f"n - {field.shift}" if field.shift else "n"
        case Scalar(name):
            return f"{name.which}({name.family})" if isinstance(name, Best) else str(name)
        case Entry(family, at):
            return f"{family}[{_class(at)}]"
        case In(subset, at):
            return f"[{_class(at)} in {subset}]"
        case Exp(monomial):
            return f"exp({'*'.join(_monomial(field, monomial))})"
        case Log(factor):
            return f"log({_sum(field, as_polynomial(factor))})"
        case Abs(factor):
            return f"abs({_sum(field, as_polynomial(factor))})"
        case Moment(monomial, over):
            below = "".join(f"/{_power(_sum(field, as_polynomial(each)), times, True)}" for each, times in over)
            text = "*".join(_monomial(field, monomial)) or "1"
            return f"sum({text}{below}, {_class(f'{field.height[number] - 1}.')})"
        case Product(factor):
            return f"prod({_sum(field, as_polynomial(factor))}, {_class(f'{field.height[number] - 1}.')})"
    return "*".join(_power(_sum(field, as_polynomial(each)), -times, True) for each, times in made.of)


def _class(at: str) -> str:
    """The letter of a class: of a tuple, or of those that a sum runs over."""
    if at == ".":
        return LETTERS[0]
    if at.startswith(":"):
        return LETTERS[int(at[1:]) - 1]
    return LETTERS[int(at[:-1])] if at[-1] in ".'" and at[:-1].isdigit() else at
