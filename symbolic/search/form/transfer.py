"""A normal form of one field in another, in which moments run over other classes.

transferred(source, target, quotient)     sums over all classes, with the named ones split off
"""

from __future__ import annotations

from symbolic.language.errors import Unsupported
from symbolic.search.form.generators import Abs, Entry, Exp, In, Log, Moment, N, Scalar
from symbolic.search.form.moments import Field
from symbolic.search.limits.laurent import Quotient, add, as_polynomial, constant, inverse, mapped, multiply, power

__all__ = ["transferred"]


def transferred(source: Field, target: Field, quotient: Quotient) -> Quotient:
    """The same quantity in the target field; the source's sums are over all classes."""
    if source.apart:
        raise Unsupported("sums that leave classes out")

    def image(number: int) -> Quotient:
        made = source.table[number]
        match made:
            case N():
                return add(target.size(), constant(-source.shift))
            case Exp(monomial):
                return target.exp(transferred(source, target, source.actual(monomial)))
            case Log(factor):
                return target.log_absolute(transferred(source, target, Quotient(as_polynomial(factor), {})))
            case Abs(factor):
                return target.absolute(transferred(source, target, Quotient(as_polynomial(factor), {})))
            case In(subset, at):
                return target.membership(subset, at)
            case Moment():
                return _sum(source, target, made)
            case Entry() | Scalar():
                return target.generator(made)
        raise Unsupported(f"a {type(made).__name__.lower()} with other classes")

    result = mapped(quotient.num, image, target.root)
    for factor, times in quotient.den.items():
        result = multiply(result, power(inverse(mapped(as_polynomial(factor), image, target.root)), times))
    return result


def _sum(source: Field, target: Field, made: Moment) -> Quotient:
    """The sum over all classes as that over the target's, and the named ones."""
    if target.dots:
        raise Unsupported("a sum under another sum")
    with source.dot() as dot, target.dot() as same:
        if dot != same:
            raise Unsupported("a sum under another sum")
        summand = transferred(source, target, source.opened(made, dot))
        apart = target.apart or target.case.written_out
        result = constant(0) if target.case.written_out else target.moment_sum(summand, dot)
        for each in target.case.named if apart else []:
            result = add(result, target.rename(summand, dot, each))
    return result
