"""The propositions that are printed for Coq, evaluated at points: a reader of their own, which knows Coq's levels.

    holds(text, at)      are the premises true at the point, and is the conclusion?

Numbers are mpmath's, classes are 0, ..., n - 1, operations total as they are in Coq (1/0, ln 0 and sqrt (-1) are 0).
A derivative is a difference quotient, a filter the points that the oracle of the claim language goes through, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

from tests.oracle import At, closer, destination, mp, same_number

TOKEN = re.compile(
    r"\s*('I_\w+|\\(?:sum|prod)_|\\in\b|\\notin\b|=\?|<=\?|<\?|<=|>=|<>|=>|->|/\\|&&|!=|:>|%N|\d+|\w+'?|[-+*/^()<>=,:|~{}])"
)
Env = dict[str, Any]
Value = Callable[[Env], Any]
INFIX = {"->": (99, 98), "/\\": (80, 79), "&&": (40, 39), "+": (50, 49), "-": (50, 49), "*": (40, 39), "/": (40, 39),
         "^": (30, 30)}  # fmt: skip # the level of the whole, and the highest of its right side
RIGHT = {"->", "/\\", "^"}  # the left side is lower, the right side may be as high
COMPARED = {"=", "<>", "<", "<=", ">", ">=", "=?", "<=?", "<?", "!=", "\\in", "\\notin"}
FAR = (mp.mpf(10) ** 40, 3 * mp.mpf(10) ** 40, 9 * mp.mpf(10) ** 40)


class Reader:
    """A recursive descent; each method returns the meaning of what it has read."""

    def __init__(self, text: str) -> None:
        self.tokens = TOKEN.findall(text)
        assert "".join(self.tokens) == re.sub(r"\s", "", text), text

    def whole(self) -> Value:
        found = self.term()
        assert not self.tokens, f"not read: {' '.join(self.tokens)}"
        return found

    def peek(self) -> str:
        return self.tokens[0] if self.tokens else ""

    def take(self, expected: str = "") -> str:
        token = self.tokens.pop(0)
        assert expected in ("", token), f"{expected} expected, not {token} {' '.join(self.tokens)}"
        return token

    def term(self, level: int = 200) -> Value:
        """What may stand where a notation of the level may."""
        found, below = self.prefix(level)
        while (token := self.peek()) in INFIX or token in COMPARED:
            whole, right = INFIX.get(token, (70, 69))
            if whole > level or below > (whole - 1 if token in RIGHT or token in COMPARED else whole):
                break
            self.take()
            found, below = self.joined(token, found, self.term(whole if token in RIGHT else right)), whole
            if self.peek() == ":>":
                self.take(":>"), self.take("nat")
        return found

    def joined(self, token: str, left: Value, right: Value) -> Value:
        return lambda env: OPERATORS[token](left(env), lambda: right(env))

    def prefix(self, level: int) -> tuple[Value, int]:
        token = self.peek()
        if token in ("forall", "exists", "fun"):
            assert level >= 98, f"{token} at level {level}"
            return self.binder(self.take()), 200
        if token in ("-", "/"):
            self.take()
            inner = self.term(35)
            return (lambda env: -inner(env)) if token == "-" else (lambda env: inverse(inner(env))), 35
        if token.startswith("\\"):
            return self.big(self.take()), 41
        return self.application()

    def binder(self, word: str) -> Value:
        if word == "fun":
            name = self.take()
            self.take("=>")
            body = self.term()
            return lambda env: lambda x: body({**env, name: x})
        names = [self.take()]
        while self.peek() != ":":
            names.append(self.take())
        self.take(":")
        sort = self.take()
        self.take(",")
        body = self.term()
        if sort == "Rbar":
            return lambda env: body({**env, **{name: Unknown() for name in names}})
        every = all if word == "forall" else any

        def meaning(env: Env) -> bool:
            chosen = product(range(size(sort, env)), repeat=len(names))
            return every(body({**env, **dict(zip(names, each, strict=True))}) for each in chosen)

        return meaning

    def big(self, word: str) -> Value:
        self.take("(")
        name = self.take()
        self.take("<")
        bound = self.take()
        where = constant(True)
        if self.peek() == "|":
            self.take("|")
            where = self.term()
        self.take(")")
        body = self.term(41)
        fold = mp.fsum if word == "\\sum_" else mp.fprod

        def meaning(env: Env) -> Any:
            inside = ({**env, name: k} for k in range(size(bound, env)))
            return fold([body(each) for each in inside if where(each)])

        return meaning

    def application(self) -> tuple[Value, int]:
        head, *arguments = self.atom(), *self.arguments()
        if not arguments:
            return head, 0
        return lambda env: applied(head(env), [each(env) for each in arguments]), 10

    def arguments(self) -> list[Value]:
        found = []
        while re.match(r"\w|\(|'", self.peek()) and self.peek() not in ("of",):
            found.append(self.atom())
        return found

    def atom(self) -> Value:
        token = self.take()
        if token == "(":
            inside = self.term()
            self.take(")")
        elif token == "class":
            inside = constant(int(self.take()) - 1)
            self.take("of"), self.take()
        elif token.isdigit():
            inside = constant(mp.mpf(token))
        else:
            assert re.fullmatch(r"\w+'?", token), f"{token} {' '.join(self.tokens)}"
            inside = named(token)
        if self.peek() == "%N":
            self.take()
        return inside


class Unknown:
    """The limit that is said to exist: known once `filterlim` has been asked."""

    value: Any = None


def constant(value: Any) -> Value:
    return lambda env: value


def named(word: str) -> Value:
    return lambda env: env[word] if word in env else WORDS(env)[word]


def size(sort: str, env: Env) -> int:
    digits = sort.removeprefix("'I_")
    return int(digits) if digits.isdigit() else int(env[digits])


def applied(function: Any, arguments: Sequence[Any]) -> Any:
    for each in arguments:
        function = function(each)
    return function


def inverse(x: Any) -> Any:
    return 1 / x if x else mp.zero


def equal(a: Any, b: Any) -> bool:
    """The same, up to what rounding does; on the way to a limit to the last digit, as 10^-40 is not 0 there."""
    return a == b if isinstance(a, int) or mp.dps > 200 else same_number(a, b)


def less(a: Any, b: Any) -> bool:
    return bool(a < b) and not equal(mp.mpf(a), mp.mpf(b))


OPERATORS: dict[str, Callable[[Any, Callable[[], Any]], Any]] = {
    "->": lambda a, b: not a or b(), "/\\": lambda a, b: a and b(), "&&": lambda a, b: a and b(),
    "+": lambda a, b: a + b(), "-": lambda a, b: a - b(), "*": lambda a, b: a * b(),
    "/": lambda a, b: a * inverse(b()), "^": lambda a, b: a ** int(b()),
    "=": lambda a, b: equal(a, b()), "<>": lambda a, b: not equal(a, b()), "!=": lambda a, b: not equal(a, b()),
    "=?": lambda a, b: equal(a, b()), "<": lambda a, b: less(a, b()), "<?": lambda a, b: less(a, b()),
    "<=": lambda a, b: not less(b(), a), "<=?": lambda a, b: not less(b(), a), ">": lambda a, b: less(b(), a),
    ">=": lambda a, b: not less(a, b()), "\\in": lambda a, b: a in b(), "\\notin": lambda a, b: a not in b(),
}  # fmt: skip


# --- the words of proofs/notation.v --------------------------------------------------------------


def WORDS(env: Env) -> Env:
    """What the words mean for the classes of the point."""
    classes = range(env["n"])

    def softmax(scale: Any) -> Any:
        return lambda z: lambda i: mp.exp(scale * z(i)) / partition(scale)(z)

    def partition(scale: Any) -> Any:
        return lambda z: mp.fsum(mp.exp(scale * z(k)) for k in classes)

    def mean(scale: Any) -> Any:
        return lambda z: lambda v: mp.fsum(softmax(scale)(z)(k) * v(k) for k in classes)

    def upd(z: Any) -> Any:
        return lambda j: lambda t: lambda k: t if k == j else z(k)

    def along(F: Any, z: Any, j: int) -> Any:
        return lambda t: F(upd(z)(j)(t))

    return {
        "softmax": softmax, "partition": partition, "mean": mean, "upd": upd, "exp": mp.exp, "tanh": mp.tanh,
        "sinh": mp.sinh, "cosh": mp.cosh,
        "ln": ln, "Rabs": abs, "sqrt": lambda x: mp.sqrt(x) if x > 0 else mp.zero, "INR": mp.mpf,
        "Rpower": lambda x: lambda y: mp.exp(y * ln(x)), "delta": lambda i: lambda j: mp.mpf(i == j),
        "var": lambda s: lambda z: lambda v: mean(s)(z)(lambda k: v(k) ** 2) - mean(s)(z)(v) ** 2,
        "entropy": lambda q: -mp.fsum(q(k) * ln(q(k)) for k in classes),
        "kl": lambda q: lambda r: mp.fsum(q(k) * ln(q(k) * inverse(r(k))) for k in classes),
        "logsumexp": lambda w: ln(mp.fsum(mp.exp(w(k)) for k in classes)),
        "count": lambda P: mp.mpf(sum(bool(P(k)) for k in classes)),
        "vmax": lambda z: max(map(z, classes)), "vmin": lambda z: min(map(z, classes)),
        "vmax_on": lambda P: lambda z: max((z(k) for k in classes if P(k)), default=mp.zero),
        "vmin_on": lambda P: lambda z: min((z(k) for k in classes if P(k)), default=mp.zero),
        "Derive": lambda f: lambda x: slope(f, x),
        "partial": lambda F: lambda z: lambda j: slope(along(F, z, j), z(j)),
        "ex_derive": lambda f: lambda x: smooth(f, x),
        "ex_partial": lambda F: lambda z: lambda j: smooth(along(F, z, j), z(j)),
        "is_derive": lambda f: lambda x: lambda d: smooth(f, x) and equal(slope(f, x), d),
        "is_partial": lambda F: lambda z: lambda j: lambda d: (
            smooth(along(F, z, j), z(j)) and equal(slope(along(F, z, j), z(j)), d)
        ),
        "locally": lambda x: Way([[x]], x), "near": lambda z: lambda j: lambda P: P(z),
        "Rbar_locally": far, "p_infty": mp.inf, "m_infty": -mp.inf, "at_right": lambda x: Way(sides(x)[:1]),
        "locally'": lambda x: Way(sides(x)), "within": lambda D: lambda F: F.within(D),
        "from_sides": lambda D: lambda x: from_sides(Way(sides(x)).where(D)),
        "filterlim": lambda f: lambda F: lambda G: tends(f, F, G),
        "Rbar_le": lambda a: lambda b: not less(known(b), known(a)),
        "Rbar_lt": lambda a: lambda b: less(known(a), known(b)),
    }  # fmt: skip


def far(x: Any) -> Way:
    return Way([] if isinstance(x, Unknown) else [[each if x > 0 else -each for each in FAR]], x)


def ln(x: Any) -> Any:
    return mp.ln(x) if x > 0 else mp.zero


def slope(f: Any, x: Any) -> Any:
    return mp.diff(f, x)


def smooth(f: Any, x: Any) -> bool:
    """Are the difference quotients from left and right the same?"""
    step = mp.mpf(10) ** -(mp.dps // 3)
    right, left = (f(x + step) - f(x)) / step, (f(x) - f(x - step)) / step
    return bool(abs(right - left) <= mp.mpf(10) ** -12 * max(1, abs(right)))


@dataclass(frozen=True)
class Way:
    """A filter: points on each side from which it goes, and where it goes to; it says of a predicate if it holds."""

    sides: Sequence[Sequence[Any]]
    value: Any = None

    def __call__(self, P: Any) -> bool:
        return all(map(all, self.where(P)))

    def where(self, P: Any) -> list[list[bool]]:
        with closer():
            return [[bool(P(t)) for t in side] for side in self.sides]

    def within(self, D: Any) -> Way:
        """The same, through the points where D holds."""
        return Way([side for side, inside in zip(self.sides, self.where(D), strict=True) if all(inside)])


def sides(x: Any) -> list[list[Any]]:
    return [[x + 1 / far for far in FAR], [x - 1 / far for far in FAR]]


def from_sides(defined: list[list[bool]]) -> bool:
    """All or nothing on each side, and all on one."""
    return all(all(side) or not any(side) for side in defined) and any(map(all, defined))


def tends(f: Any, way: Way, target: Way) -> bool:
    """Do the values go, from each side, where they are said to go, or to the one place that is then known?"""
    with closer():
        found = [destination(*map(f, side)) for side in way.sides]
        if isinstance(target.value, Unknown):
            target.value.value = found[0]
        return bool(found) and all(same_number(each, known(target.value)) for each in found)


def known(value: Any) -> Any:
    return value.value if isinstance(value, Unknown) else value


# --- a proposition at a point --------------------------------------------------------------------


def holds(text: str, at: At) -> tuple[bool, bool]:
    """Are the premises of a printed proposition true at a point, and is its conclusion?"""
    quantified = re.match(r"forall ((?:\([^:]* : [^)]*\) ?)+),\n  ", text)
    body = text[quantified.end() :] if quantified else text
    *premises, conclusion = body.split(" ->\n  ")
    env = environment(at)
    return all(Reader(each).whole()(env) for each in premises), bool(Reader(conclusion).whole()(env))


def environment(at: At) -> Env:
    """The letters of a proposition at a point of the claim language."""
    letters: Env = {"n": at.n, "lambda": at.inverse_temperature, **at.scalars}
    letters |= {name: partial(lambda found, k: found[k], found) for name, found in at.families.items()}
    letters |= {f"class{k}": k - 1 for k in range(1, at.n + 1)}
    letters |= {name: k - 1 for name, k in at.indices.items()}
    return letters | {name: frozenset(k - 1 for k in found) for name, found in at.subsets.items()}
