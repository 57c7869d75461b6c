"""Where an expression is defined: what is known of others is enough, or it is not."""

import pytest
from sympy import oo

from symbolic.language.errors import Unsupported
from symbolic.language.notation import c
from symbolic.language.parser import parse_claim, parse_expression
from symbolic.search.form.domain import undefined_part

DEFINED = [
    ("log(c^2)", "log(c^2)"),
    ("log(c^2)", "1/c"),
    ("sqrt(c)", "sqrt(c)"),
    ("sqrt(c)", "log(c)"),
    ("sqrt(c)^3", "sqrt(c)"),
    ("1/sqrt(c)", "sqrt(c)+1/c"),
    ("entropy(y)", "entropy(y)"),
    ("entropy(y)", "sum(log(y[k]),k)"),
    ("kl(y,p)", "entropy(y)"),
    ("log(y[i])", "sum(log(y[k]),k)"),
    ("sum(log(y[k]),k in A)", "sum(log(y[k]),k in A)"),
    ("sum(log(y[k]),k in A)", "sum(log(y[k]),k)"),
    ("1/c^2", "1/c"),
    ("1/c", "1/(c*d)"),
    ("log(c*d)", "log(c*d)"),
    ("log(d*c)", "log(c)+log(d)"),
    ("log(c/d)", "log(c*d)"),
    ("1/(c+d)", "1/(c^2-d^2)"),
    ("1/(z[i]-c)", "sum(1/(z[k]-c),k)"),
    ("1/(c-z[i])", "sum(1/(z[k]-c),k)"),
    ("log(c-z[i])", "sum(log(c-z[k]),k)"),
    ("log(z[i]-y[i])", "sum(log(z[k]-y[k]),k) + z[i]+y[i]"),
    ("log(z[i]-y[i])", "sum(log(z[k]-y[k]),k) + y[i]*z[i]"),
    ("log(Z)", "c"),
    ("log(p[i])", "c"),
    ("1/n", "c"),
    ("sum(1/(z[k]-z[i]), k != i)", "sum(1/(z[k]-z[i]), k != i)"),
    ("sum(sum(1/z[l], l != k),k)", "sum(sum(1/z[l], l != k),k)"),
    ("sum(1/(z[k]-c),k)", "sum(1/(z[k]-c),k)^2"),
    ("1/sum(y[k],k)", "1/sum(y[k],k)"),
    ("diff(sum(1/y[k],k),y[j])", "sum(1/y[k],k)"),
    ("sum(diff(1/y[k], y[j]),k)", "diff(sum(1/y[k],k),y[j])"),
    ("sum(diff(1/y[k], y[j]),k)", "sum(diff(1/y[k], y[j]),k)"),
    ("limit(p[i],T,0)", "c"),
    ("abs(c)", "c"),
    ("sqrt(c^2)", "c"),
    ("tanh(c)", "d"),
    ("1/(1+exp(c))", "d"),
    ("1/c", "1/(d-d)"),
    ("2^(1/c)", "1/c"),
    ("c^(1/3)", "sqrt(c)"),
    ("sqrt(c-c)", "c"),
    ("c", "sqrt(c-c)"),
    ("log(y[i])", "sum(log(y[k]*(1+delta(i,k))), k)"),
    ("sum(1/(1-delta(i,k)+y[k]^2), k != i)", "c"),
    ("sum(diff(log(y[k]), y[j]), k in A)", "sum(diff(log(y[k]), y[j]), k in A)"),
    ("sum(sqrt(exp(y[k])), k)", "c"),
]

UNDEFINED = [
    ("log(2+log(c)^2)", "c"),
    ("log(c*abs(d)) + log(d*abs(c))", "log(c*d)"),
    ("1/c", "sum(1/c, k != i)"),
    ("1/z[i]", "sum(1/(z[k]*(1-delta(i,k))+delta(i,k)),k)"),
    ("1/z[j]", "sum(delta(k,i)/z[k], k != j)"),
    ("log(c)", "sum(log(c), k != i)"),
    ("sum(log(x[k]*y[k]), k)", "sum(log(x[k]*y[k]), k != i)"),
    ("log(c^2)", "c"),
    ("diff(abs(c),c)", "abs(c)"),
    ("1/c", "sqrt(c)"),
    ("log(c)", "sqrt(c)"),
    ("1/sqrt(c)", "sqrt(c)"),
    ("sum(log(y[k]),k)", "entropy(y)"),
    ("log(y[i])", "sum(log(y[k]),k != i)"),
    ("log(y[i])", "sum(log(y[k]),k != j)"),
    ("log(y[i])", "sum(log(y[k]),k in A)"),
    ("sum(log(y[k]),k not in A)", "sum(log(y[k]),k in A)"),
    ("sum(log(y[k]),k)", "log(y[i])"),
    ("1/(c-c)", "c"),
    ("1/(1-delta(i,j))", "c"),
    ("1/(c*d)", "1/c"),
    ("log(c)", "log(c*d)"),
    ("log(-c)", "log(c)"),
    ("log(z[i]-c)", "sum(log(c-z[k]),k)"),
    ("log(y[i]-z[i])", "sum(log(z[k]-y[k]),k) + z[i]+y[i]"),
    ("1/(n-1)", "c"),
    ("1/z[i]", "sum(sum(1/z[l], l != k),k)"),
    ("1/sum(y[k],k)", "c"),
    ("1/sum(exp(y[k]),k != i)", "c"),
    ("sum(diff(1/y[k], y[j]),k)", "1/y[j]"),
    ("log(c)/log(c)", "log(c)"),
    ("log(abs(c))", "c"),
    ("diff(sqrt(c),c)", "sqrt(c)"),
    ("diff(sqrt(c),c)", "diff(sqrt(c),c)"),
    ("1/z[i]", "sum(1/y[k], k)"),
    ("log(z[i])", "sum(log(y[k]), k)"),
    ("1/(c-c)", "c"),
    ("log(-1)", "c"),
    ("log(log(-1))", "c"),
    ("2^(1/c)", "c"),
    ("c^d", "log(d)"),
]


def missing(expr: str, known: str, given: str = "n >= 1") -> str | None:
    """What is not known where `known` is defined."""
    return undefined_part(parse_expression(expr), [parse_expression(known)], parse_claim(f"c == c given {given}").given)


@pytest.mark.parametrize(("expr", "known"), DEFINED)
def test_it_is_defined_where_the_known_one_is(expr: str, known: str) -> None:
    assert missing(expr, known) is None


@pytest.mark.parametrize(("expr", "known"), UNDEFINED)
def test_it_is_not_defined_wherever_the_known_one_is(expr: str, known: str) -> None:
    assert missing(expr, known) is not None


SAID = [
    ("log(c)", "c", "a logarithm or root of what may be negative"),
    ("sqrt(c)", "c", "a logarithm or root of what may be negative"),
    ("1/c", "c", "a division by what may be 0"),
    ("1/(1 - delta(i,j))", "c", "a division by what may be 0, when i = j"),
    ("sum(1/(c - c), k)", "c", "a division by what may be 0"),
    ("1/log(-1)", "c", "it is nowhere defined"),
]


@pytest.mark.parametrize(("expr", "known", "said"), SAID)
def test_what_is_missing_is_said(expr: str, known: str, said: str) -> None:
    assert missing(expr, known) == said


def test_hypotheses_help() -> None:
    assert missing("log(c)/d", "1", "c > 0, d > 1") is None
    assert missing("log(c)/d", "1", "c > 0") is not None
    assert missing("log(y[i])", "c*y[i]", "y[k] > 0") is None


def test_an_infinite_value_asks_for_nothing() -> None:
    assert undefined_part(oo, [c], ()) is None
    assert undefined_part(-oo, [c], ()) is None


NOT_SAID = [("1/c", "sum(1/(d-d)/c, k != i)"), ("log(c)", "sum(log(log(-1)), k != i)"), ("c", "c^d")]


@pytest.mark.parametrize(("expr", "known"), NOT_SAID)
def test_of_what_may_be_undefined_throughout_nothing_is_said(expr: str, known: str) -> None:
    with pytest.raises(Unsupported):
        missing(expr, known)
