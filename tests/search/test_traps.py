"""Where SymPy answers wrongly without saying so, the answer here is right, or there is none.

`traps.tsv` lists, for each of the 44 traps, what is answered: a verdict on claims that say the same
(SymPy's answer among the refuted), or a refusal of the object that SymPy gets wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sympy
from sympy import (
    Derivative,
    DiagMatrix,
    Function,
    IndexedBase,
    Integral,
    KroneckerDelta,
    Limit,
    MatrixSymbol,
    Max,
    OneMatrix,
    Piecewise,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    Trace,
    binomial,
    exp,
    factorial,
    log,
    oo,
    sin,
    symbols,
)
from sympy.tensor.array.expressions import ArrayContraction, ArraySymbol, ArrayTensorProduct

from symbolic.language.claims import Proved, Refuted
from symbolic.language.errors import SymbolicError, Unsupported
from symbolic.language.parser import parse_claim
from symbolic.search.decision import decide
from symbolic.search.form.admission import admit
from tests.oracle import CannotSay, agrees

FILE = Path(__file__).with_name("traps.tsv")
ROWS = [line.split("\t") for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#")]

i, j, k = symbols("i j k", integer=True)
n = Symbol("n", integer=True, positive=True)
a, b, u, r1, r2, z1, z2, z3, T_ = symbols("a b u r1 r2 z1 z2 z3 T_", positive=True)
s, t, X, m = symbols("s t X m")
x, y, z, F = map(IndexedBase, "xyzF")
A, one, E3 = MatrixSymbol("A", 3, 1), OneMatrix(3, 1), MatrixSymbol("E", 3, 3)
AA, U, V = MatrixSymbol("A", 3, 3), MatrixSymbol("U", 3, 3), MatrixSymbol("V", 3, 3)
AB, BB = ArraySymbol("A", (3,)), ArraySymbol("B", (3,))
f = Function("f")


def softmax_of(at: sympy.Expr, bound: sympy.Expr) -> sympy.Expr:
    return exp(z[at]) / Sum(exp(z[bound]), (bound, 1, n))


def chance(first: sympy.Expr, *others: sympy.Expr) -> sympy.Expr:
    return exp(first / T_) / sum(exp(each / T_) for each in (first, *others))


# What SymPy was asked about, as its own objects: none may enter the kernel.
OBJECTS: dict[str, Callable[[], object]] = {
    "S01": lambda: Sum(y[i] * x[i], (i, 1, n)),
    "S02": lambda: softmax_of(i, i),
    "S03": lambda: Sum(x[i] * x[j], (j, 1, n)),
    "S04": lambda: Limit((a * exp(-a * s) + b * exp(-b * s)) * exp(b * s), s, oo),
    "S05": lambda: Limit(chance(a, b), T_, 0, "+"),
    "S06": lambda: Limit(chance(z1, z2, z3), T_, 0, "+"),
    "S07": lambda: Limit(T_ * log(exp(a / T_) + exp(b / T_)), T_, 0, "+"),
    "S08": lambda: Limit(chance(r1, r2), T_, 0, "+"),
    "S09": lambda: Limit(exp(-a * s) / (exp(-a * s) + exp(-b * s)), s, oo),
    "S10": lambda: Integral(t * exp(-t - exp(-t)), (t, -oo, oo)),
    "S11": lambda: log((one.T * A.applyfunc(exp))[0, 0]),
    "S12": lambda: A.applyfunc(exp) / (one.T * A.applyfunc(exp))[0],
    "S13": lambda: Trace(E3) + 1,
    "S14": lambda: Trace((AA - U * V).T * (AA - U * V)) / 2,
    "S15": lambda: E3[1, 1],
    "S16": lambda: Sum(Piecewise((KroneckerDelta(i, j), x[i] > 0), (0, True)), (i, 1, n)),
    "S17": lambda: Sum(Piecewise((x[i], sympy.Eq(i, k)), (0, True)), (i, 1, n)),
    "S18": lambda: Sum(Piecewise((1, i < 3), (0, True)), (i, 1, n)),
    "S19": lambda: Sum(Piecewise((x[i], sympy.Eq(i, k)), (y[i], True)), (i, 1, n)),
    "S20": lambda: KroneckerDelta(2 * i, j),
    "S21": lambda: Sum(KroneckerDelta(i, Rational(3, 2)), (i, 1, 5)),
    "S22": lambda: Sum(exp(-((i - 50) ** 2)), (i, 1, 100)),
    "S23": lambda: Max(X, X**2),
    "S24": lambda: Sum(Derivative(F[i], X), (i, 0, 3)),
    "S25": lambda: Sum(1, (i, 1, -3)),
    "S26": lambda: Sum(i, (i, 1, Rational(5, 2))),
    "S27": lambda: Sum(x[i], (i, 1, n)),
    "S28": lambda: ArrayContraction(ArrayTensorProduct(AB, BB), (0, 1)),
    "S29": lambda: Sum(binomial(n, k) * factorial(n - k), (k, 0, n)),
    "S30": lambda: Sum(Derivative(f(t), (t, k)), (k, 1, 3)),
    "S31": lambda: DiagMatrix(A),
    "S32": lambda: exp(s * z[j]) / Sum(exp(s * z[i]), (i, 1, n)),
    "S33": lambda: Sum(softmax_of(i, k), (i, 1, n)),
    "S34": lambda: Sum(x[i], (i, 1, n)) - Sum(x[j], (j, 1, n)),
    "S35": lambda: sympy.Matrix([[a * (1 - a), -a * b], [-a * b, b * (1 - b)]]),
    "S36": lambda: softmax_of(j, i),
    "S37": lambda: exp(z[j]) / Sum(exp(z[i]), (i, 1, 0)),
    "S38": lambda: 0 * log(S.Zero),
    "S41": lambda: Product(n + 2 ** (-k), (k, 0, n - 1)),
    "S42": lambda: Sum(exp(X * sin(n / m)), (n, 1, m)),
    "S43": lambda: Sum(sympy.Identity(3)[i, j], (i, 0, 2), (j, 0, 2)),
    "S44": lambda: Sum(Sum(Piecewise((1, sympy.Eq(i, j)), (0, True)), (i, 0, 2)), (j, 0, 2)),
}

CLAIMS = [row for row in ROWS if row[1] in ("proved", "refuted")]


def test_every_trap_is_answered() -> None:
    assert {row[0] for row in ROWS} == {f"S{number:02}" for number in range(1, 45)}
    assert {row[0] for row in ROWS if row[1] == "refused"} <= OBJECTS.keys()


@pytest.mark.parametrize(("trap", "verdict", "text", "about"), CLAIMS, ids=lambda each: each[:60])
def test_the_answer_is_right(trap: str, verdict: str, text: str, about: str) -> None:
    expected = {"proved": Proved, "refuted": Refuted}[verdict]
    assert isinstance(decide(parse_claim(text)), expected), about


@pytest.mark.parametrize("text", [row[2] for row in CLAIMS])
def test_the_oracle_says_the_same(text: str) -> None:
    verdict = next(row[1] for row in CLAIMS if row[2] == text)
    try:
        assert agrees(parse_claim(text), points=6) is (verdict == "proved")
    except CannotSay:
        assert "limit(" in text


@pytest.mark.parametrize("text", [row[2] for row in ROWS if row[1] == "invalid"])
def test_what_is_no_claim_is_refused(text: str) -> None:
    with pytest.raises(SymbolicError, match=r"\w+ \w+"):
        decide(parse_claim(text))


@pytest.mark.parametrize("trap", OBJECTS)
def test_what_sympy_gets_wrong_does_not_enter(trap: str) -> None:
    with pytest.raises(Unsupported, match=r"\w+ \w+"):
        admit(OBJECTS[trap]())
