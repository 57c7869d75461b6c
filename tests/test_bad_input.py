"""What is no input of a public function is refused with a sentence, by the package's own errors, and text is never run.

CALLS has every place of every public function; each gets ten things that do not belong there.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any

import pytest
import sympy

import symbolic as s
from symbolic.language.errors import SymbolicError
from symbolic.language.notation import A, T, i, j, k, n, p, y, z

OPAQUE = object()
FOREIGN = sympy.Symbol("foreign") ** 2 + sympy.sin(sympy.Symbol("foreign"))
BAD: dict[str, Any] = {
    "None": None, "an object": OPAQUE, "a list": [1, "a"], "text": "what is this", "empty text": "",
    "foreign": FOREIGN, "0": 0, "-1": -1, "2.5": 2.5, "a float": 1e-3,
}  # fmt: skip
NEVER = ("None", "an object", "a list")  # belong nowhere
CALLS: dict[str, Callable[[Any], Any]] = {
    "Count": lambda bad: s.Count(bad, k),
    "D of": lambda bad: s.D(bad, z[i]),
    "D in": lambda bad: s.D(p[i], bad),
    "Divergence": lambda bad: s.Divergence(bad, p),
    "Divergence from": lambda bad: s.Divergence(p, bad),
    "Entropy": lambda bad: s.Entropy(bad),
    "Except": lambda bad: s.Except(bad),
    "Family": lambda bad: s.Family(bad),
    "Family at": lambda bad: z[bad],
    "In": lambda bad: s.In(bad),
    "Limit of": lambda bad: s.Limit(bad, T, 0),
    "Limit in": lambda bad: s.Limit(p[i], bad, 0),
    "Limit at": lambda bad: s.Limit(p[i], T, bad),
    "LogSumExp": lambda bad: s.LogSumExp(bad),
    "Maximum": lambda bad: s.Maximum(bad, k),
    "Maximum of": lambda bad: s.Maximum.of(bad),
    "Mean": lambda bad: s.Mean(bad, k),
    "Minimum": lambda bad: s.Minimum(bad, k),
    "NotIn": lambda bad: s.NotIn(bad),
    "Product": lambda bad: s.Product(bad, k),
    "Size": lambda bad: s.Size(bad),
    "Softmax": lambda bad: s.Softmax(bad),
    "Softmax at": lambda bad: s.Softmax(z, bad),
    "Subset": lambda bad: s.Subset(bad),
    "Sum": lambda bad: s.Sum(bad, k),
    "Sum over": lambda bad: s.Sum(z[k], bad),
    "Sum where": lambda bad: s.Sum(z[k], k, bad),
    "Variance": lambda bad: s.Variance(bad, k),
    "argmax": lambda bad: s.argmax(bad, z),
    "argmax of": lambda bad: s.argmax(i, bad),
    "argmin": lambda bad: s.argmin(bad, z),
    "argmin of": lambda bad: s.argmin(i, bad),
    "as_record": lambda bad: s.as_record(bad, 1),
    "at": lambda bad: s.at(bad, n=2),
    "at n": lambda bad: s.at(p[1], n=bad),
    "claim": lambda bad: s.claim(bad, "==", 1),
    "claim op": lambda bad: s.claim(1, bad, 1),
    "claim given": lambda bad: s.claim(1, "==", 1, given=bad),
    "cross_entropy": lambda bad: s.cross_entropy(bad, p),
    "cross_entropy of": lambda bad: s.cross_entropy(y, bad),
    "decide": lambda bad: s.decide(bad),
    "delta": lambda bad: s.delta(i, bad),
    "derive": lambda bad: s.derive(bad),
    "derive given": lambda bad: s.derive("diff(p[i], z[j])", given=bad),
    "differ": lambda bad: s.differ(i, bad),
    "find": lambda bad: s.find(bad),
    "hessian": lambda bad: s.hessian(bad, n=2),
    "hessian n": lambda bad: s.hessian(s.LogSumExp(z), n=bad),
    "jacobian": lambda bad: s.jacobian(bad, n=2),
    "jacobian n": lambda bad: s.jacobian(n=bad),
    "log_softmax": lambda bad: s.log_softmax(bad),
    "log_softmax at": lambda bad: s.log_softmax(z, bad),
    "logit": lambda bad: s.logit(bad),
    "member": lambda bad: s.member(bad, A),
    "member of": lambda bad: s.member(i, bad),
    "numbers": lambda bad: s.numbers(bad, z=[1, 2]),
    "numbers z": lambda bad: s.numbers(p[1], z=bad),
    "numbers lam": lambda bad: s.numbers(p[1], z=[1, 2], lam=bad),
    "numbers n": lambda bad: s.numbers(n, n=bad),
    "numbers i": lambda bad: s.numbers(p[i], z=[1, 2], i=bad),
    "parse_claim": lambda bad: s.parse_claim(bad),
    "parse_expression": lambda bad: s.parse_expression(bad),
    "readable": lambda bad: s.readable(bad),
    "relation": lambda bad: s.relation(bad, "==", 1),
    "relu": lambda bad: s.relu(bad),
    "same": lambda bad: s.same(bad, j),
    "show": lambda bad: s.show(bad),
    "sigmoid": lambda bad: s.sigmoid(bad),
    "softplus": lambda bad: s.softplus(bad),
    "start": lambda bad: s.start(bad),
    "verify": lambda bad: s.verify(bad),
    "verify given": lambda bad: s.verify("p[i] > 0", given=bad),
    "verify seconds": lambda bad: s.verify("p[i] > 0", seconds=bad),
}
MADE = {"Answer", "Claim", "Derivation", "Invalid", "Point", "Proved", "Refuted", "Result", "Unknown"}  # plain data
OTHERS = {"all_results", "verify_many"}


def test_every_public_function_is_tried() -> None:
    objects = {name: getattr(s, name) for name in s.__all__}
    public = {name for name, made in objects.items() if callable(made) and not isinstance(made, sympy.Basic)}
    errors = {name for name in public if inspect.isclass(objects[name]) and issubclass(objects[name], Exception)}
    assert public - errors - MADE - OTHERS == {name.partition(" ")[0] for name in CALLS}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("kind", BAD)
def test_it_is_refused_with_a_sentence_or_taken(kind: str, call: str) -> None:
    taken = nullcontext() if kind not in NEVER else pytest.raises(SymbolicError, match=r"\S+ \S+ \S+ \S+")
    with taken, suppress(*([] if kind in NEVER else [SymbolicError])):
        CALLS[call](BAD[kind])


@pytest.mark.parametrize("kind", BAD)
def test_in_a_stream_it_is_an_invalid_claim(kind: str) -> None:
    (answer,) = s.verify_many([BAD[kind]])
    assert isinstance(answer.verdict, s.Invalid)


def test_text_is_read_where_an_expression_stands() -> None:
    z1, z2 = sympy.symbols("z1 z2", real=True)
    assert s.at("sum(z[k], k)", n=2) == z1 + z2
    assert s.numbers("p[1]", z=[0, 0]) == sympy.Rational(1, 2)
    assert s.jacobian("p[i]", n=2) == s.jacobian(n=2)
    assert s.hessian("logsumexp(z)", n=2) == s.hessian(s.LogSumExp(z), n=2)
    assert s.readable("exp(lambda*z[i])/Z") == p[i]


@pytest.mark.parametrize("call", ["D of", "D in", "Limit of", "Sum", "sigmoid", "at", "numbers", "claim"])
def test_text_is_never_run(call: str, tmp_path: Any) -> None:
    left = tmp_path / "run"
    with pytest.raises(SymbolicError):
        CALLS[call](f"open({str(left)!r}, 'w')")
    assert not left.exists()


def test_a_class_is_a_whole_number() -> None:
    with pytest.raises(SymbolicError, match="i is a class"):
        s.numbers(p[i], z=[1, 2], i=2.5)
    with pytest.raises(SymbolicError, match="n is a number of classes"):
        s.jacobian(n=0)
