"""Why the sign of an expression is visible, in words that a student knows.

    reason(terms, op, given) -> str     of a sum of terms that stands against 0 by op, under hypotheses, as text

What stands between backquotes is a formula (language/prose.py).

>>> reason(["lambda*sum(sum(p[k]*p[l]*(z[k] - z[l])^2, l), k)/2"], ">=")
'a sum of squares, weighted by probabilities'
>>> reason(["sum(p[k], k != i)"], ">", ["n >= 2"])
'probabilities are positive, and there is a class other than `i`'
>>> reason(["(c - 1)^2/c"], ">=", ["c > 0"])
'a square; `c > 0`'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from symbolic.kernel.refused import Refused
from symbolic.kernel.syntax import Call, Chain, Item, Membership, Name, Node, Numeral, Raised, Related, parse
from symbolic.search.tidy import alike, factors, is_sum, summands, written

__all__ = ["reason"]

LOG_GAP = "`x - 1 - log(x)` is never negative, and 0 only at 1"
EXP_GAP = "`exp(x)` is at least `1 + x`, and equal only at 0"
PAIR = "exp increases, so both factors have one sign"
ABOVE, BELOW = "no value is above the largest", "no value is below the smallest"
BOTH = "no value is above the largest or below the smallest"
STRICT = ("<", ">", "!=")
SIGN = re.compile(r"\S+ (>|>=|!=|<|<=) 0")
ONLY_SIGN = re.compile(r"\S+ (>|>=|!=|<|<=) 0|min\(\w+\) < max\(\w+\)|\w+ != \w+")
EXTREME = re.compile(r"`[^`]+ == (max|min)\(\w+\)`")
RELATION = re.compile(r" (==|!=|<=|>=|<|>) ")


def reason(terms: Sequence[str], op: str, given: Sequence[str] = ()) -> str:
    """The reasons of the terms, each said once."""
    said = _Reasons(op in STRICT, tuple(given))
    if not terms:
        return ", ".join(_said(each) for each in given if not ONLY_SIGN.fullmatch(each))
    try:
        found = dict.fromkeys(words for each in terms for words in said.of(parse(each)) if words)
    except Refused:
        return "by the hypotheses" if given else ""
    if ABOVE in found and BELOW in found:
        found = {BOTH if each == ABOVE else each: None for each in found if each != BELOW}
    words = "; ".join(each for each in found if each and not any(each.startswith(f"{other}, and ") for other in found))
    if extreme := EXTREME.fullmatch(words):
        words += f", and {ABOVE if extreme[1] == 'max' else BELOW}"
    unequal = said.unequal() if op in STRICT else ""
    telling = not any(each.startswith(PLAIN) or re.search(" [<>] (?!0`)", each) for each in found)
    if not words and any(not isinstance(parse(each), Numeral) for each in terms):
        return WRITTEN_OUT
    return f"{words}; not all are 0, as {unequal}" if unequal and telling and unequal not in words else words


@dataclass(frozen=True)
class _Reasons:
    """Whether a strict sign is to be shown, and the hypotheses."""

    strict: bool
    given: tuple[str, ...]

    def of(self, node: Node) -> list[str]:
        """The reasons of a term, in full."""
        found = self.kinds(node)
        return [self.plain(node, found)] if all(each in PLAIN for each in found) else found

    def kinds(self, node: Node) -> list[str]:
        """The reasons of its factors; the plain ones only if there is no other."""
        above = [part for part, exponent in factors(node) if exponent > 0]
        pairs = [part for part in above if any(sign < 0 for sign, _ in summands(part)) and self.gap(part) is None]
        if len(pairs) > 1 and any(map(_grows, pairs)):
            return [self.by_sign(PAIR)]
        telling = [words for part in above for words in self.factor(part) if words not in PLAIN]
        under = [part for part, exponent in factors(node) if exponent < 0]
        telling += [words for part in under if telling for words in self.below(part)]
        found = [words for part, _ in factors(node) for words in self.factor(part)]
        return telling or [words for words in found if words in PLAIN] or found

    def below(self, node: Node) -> list[str]:
        """The hypotheses by which what is divided by is positive, if it is not so at once."""
        even = isinstance(node, Raised) and isinstance(node.exponent, Numeral) and node.exponent.value % 2 == 0
        return [] if even or _is_positive(node) else self.signs(node)

    def plain(self, node: Node, found: list[str]) -> str:
        """Nothing but positive factors, and sums of such."""
        if isinstance(node, Numeral):
            return ""
        words = next((each for each in PLAIN if each in found), POSITIVE)
        if words == POSITIVE:
            words = " and ".join(self.signs(node)) or words
        missing = self.another(node) if self.strict else ""
        return f"{words}, and {missing}" if missing else words

    def another(self, node: Node) -> str:
        """That there is a class, where a sum leaves some out."""
        for each in _inside(node):
            if isinstance(each, Call) and each.name in ("sum", "count") and len(each.arguments) > 1:
                others = [written(c.second) for c in each.arguments[1:] if isinstance(c, Related) and c.op == "!="]
                inside = [c.subset for c in each.arguments[1:] if isinstance(c, Membership) and c.holds]
                if inside and not others:
                    return f"`{inside[0]}` is not empty"
                if others:
                    return f"there is a class other than {' and '.join(f'`{at}`' for at in others)}"
        return ""

    def factor(self, node: Node) -> list[str]:
        match node:
            case Raised(base, Numeral(value)) if value % 2 == 0 and not _is_positive(base):
                return [SQUARES[0]]
            case Call("sum" | "mean" | "var" as name, arguments):
                return self.under_sum(name, arguments[0])
            case Call("log", (argument,)):
                return [self.logarithm(argument)]
            case Call("entropy", _):
                return self.logarithms()
            case Call("count" | "size", _):
                return [COUNT]
            case Call("abs", _):
                return ["an absolute value is never negative"]
            case Raised(base, Numeral()):
                return self.factor(base)
            case Name() | Item(Name()) if not _is_positive(node):
                known = [each for each in self.about(node) if not each.startswith("`sum(")]
                return known or self.signs(node, "<") or [POSITIVE]
        if is_sum(node):
            return self.difference(node)
        return [SHARE if _is_share(node) else EXP if _is_exp(node) else POSITIVE]

    def under_sum(self, name: str, body: Node) -> list[str]:
        if body == parse("1"):
            return [COUNT]
        weights = [part for part, _ in factors(body) if _is_share(part)]
        found = self.kinds(body) if name != "var" else [SQUARES[0]]
        weighted = ", weighted by probabilities" if weights or name != "sum" else ""
        alone = dict.fromkeys(SQUARES, f"a sum of squares{weighted}")
        return [alone.get(each, each) for each in found]

    def difference(self, node: Node) -> list[str]:
        gap = self.gap(node)
        if gap is not None:
            return [gap]
        parts = [part for _, part in summands(node)]
        if all(sign > 0 for sign, _ in summands(node)) and not (_extremes(node) and any(map(_has_difference, parts))):
            return [words for part in parts for words in self.kinds(part)]
        counted = re.fullmatch(r"n - (\d+)", written(node))
        if counted:
            said = f"n >= {counted[1]}"
            return [f"`{said}`" if said in self.given else "the classes that are named are different"]
        itself = self.itself(node)
        if itself:
            return [itself]
        because = self.about(node) or _extremes(node)
        in_exponents = any(map(_grows, parts)) and (because == self.about(node) or _any(node, _is_exp))
        if in_exponents or not because:
            said = ", ".join([*because, *self.signs(node, "<" if because else "<>")])
            return [", and ".join(filter(None, ["exp increases" if in_exponents else "", said]))]
        return because if because == _extremes(node) else [", ".join(because)]

    def itself(self, node: Node) -> str:
        """The hypothesis that says just this, at the classes that stand here."""
        text = written(node)
        for each in reversed(self.given):
            for said in (each, *_at_other_classes(each, text)):
                sides = RELATION.split(said)
                if len(sides) == 3 and (alike(sides[0], sides[2], text) or alike(sides[2], sides[0], text)):
                    return f"`{said}`"
        return ""

    def gap(self, node: Node) -> str | None:
        """u - 1 - log u, exp(u) - 1 - u, |u| - u, |u| + u"""
        terms = summands(node)
        heads = [each for _, term in terms for each, _ in factors(term) if isinstance(each, Call)]
        named = {each.name for each in heads}
        if "log" in named and len(_flat(node)) > 2 and any(isinstance(each, Numeral) for each in _flat(node)):
            return LOG_GAP
        if "exp" in named and len(_flat(node)) > 2 and any(isinstance(each, Numeral) for each in _flat(node)):
            return EXP_GAP
        if "abs" in named and not named & {"max", "min"} and len(terms) >= 2:
            signs = {sign for sign, term in terms if not (isinstance(term, Call) and term.name == "abs")}
            return "`abs(x) >= x`" if signs == {-1} else "`abs(x) >= -x`" if signs == {1} else ABSOLUTE
        return None

    def logarithm(self, argument: Node) -> str:
        if is_sum(argument) and all(sign > 0 for sign, _ in summands(argument)):
            return "a logarithm of more than 1 is positive"
        return self.logarithms()[0]

    def logarithms(self) -> list[str]:
        below = [each for each in self.given if re.fullmatch(r".*\] <=? 1", each)]
        so = "each logarithm is negative" if below and below[-1].endswith(" < 1") else "no logarithm is positive"
        return [f"`{below[-1]}`, so {so}" if below else "log increases"]

    def by_sign(self, words: str) -> str:
        """The same where a hypothesis makes the rate negative."""
        negative = [each for each in self.given if each.endswith(" < 0") and " " not in each.removesuffix(" < 0")]
        return words.replace("exp increases", f"exp increases and `{negative[0]}`") if negative else words

    def unequal(self) -> str:
        """The first hypothesis that two are apart, or else that one is not 0."""
        found = [each for each in self.given if re.search(r" (<|>|!=) ", each) and re.search(r"\[|max|min", each)]
        found.sort(key=lambda each: SIGN.fullmatch(each) is not None)
        return _said(found[0]) if found else ""

    def about(self, node: Node) -> list[str]:
        """What hypotheses say of the same families or letters, beyond their signs."""
        names = {each.name for each in _inside(node) if isinstance(each, Name)} - {"lambda", "n"}
        names |= {"z"} if "p" in names else set()
        simple = (each for each in self.given if not re.search(r"(exp|log)\(", each))
        found = [_said(each) for each in simple if _letters(each) & names and not ONLY_SIGN.fullmatch(each)]
        if any("argmax" in each for each in found):
            found += [f"`{each}`" for each in self.given if re.fullmatch(r"\w+ (not )?in \w+", each)]
        return found

    def signs(self, node: Node, op: str = "<>") -> list[str]:
        """The hypotheses that give its letters and families a sign."""
        names = {each.name for each in _inside(node) if isinstance(each, Name)}
        signs = [each for each in self.given if SIGN.fullmatch(each) and re.search(f"[{op}]", each)]
        return [f"`{each}`" for each in signs if _letters(each) & names]


WRITTEN_OUT = "which is seen when it is written out"
SHARE = "probabilities are positive"
EXP = "exp is positive"
COUNT = "a number of classes is never negative"
POSITIVE = "each factor is positive"
ABSOLUTE = "an absolute value is at least the number, and at least its negative"
POSITIVES = ("lambda", "T", "n", "Z")
SQUARES = ("a square", "a sum of squares")
PLAIN = (COUNT, SHARE, EXP, POSITIVE)


def _said(hypothesis: str) -> str:
    """A hypothesis between backquotes; one about all classes of a range is said with the range."""
    every = re.fullmatch(r"all\((.*?), (\w+ .*)\)", hypothesis)
    return (
        f"`{every[1]}` for {' and '.join(f'`{each}`' for each in every[2].split(', '))}" if every else f"`{hypothesis}`"
    )


def _at_other_classes(hypothesis: str, text: str) -> Iterator[str]:
    """A hypothesis about any class, at another one."""
    for old, new in product(re.findall(r"\[([a-z])\]", hypothesis), set(re.findall(r"\[([a-z])\]", text))):
        yield hypothesis.replace(f"[{old}]", f"[{new}]")


def _letters(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z_]\w*", text))


def _flat(node: Node) -> list[Node]:
    return [each for _, part in summands(node) for each in (_flat(part) if is_sum(part) else [part])]


def _inside(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Call(_, arguments):
            parts: tuple[Node, ...] = arguments
        case Chain(first, rest):
            parts = (first, *(each for _, each in rest))
        case Raised(base, exponent):
            parts = (base, exponent)
        case Related(_, first, second):
            parts = (first, second)
        case Item(of, _):
            parts = (of,)
        case _:
            parts = ()
    for part in parts:
        yield from _inside(part)


def _any(node: Node, kind: Callable[[Node], bool]) -> bool:
    return any(map(kind, _inside(node)))


def _is_exp(node: Node) -> bool:
    return isinstance(node, Call) and node.name == "exp"


def _is_share(node: Node) -> bool:
    return isinstance(node, Item) and (node.of == Name("p") or isinstance(node.of, Call))


def _is_positive(node: Node) -> bool:
    """Is it positive at once?"""
    if is_sum(node):
        return all(sign > 0 and _is_positive(part) for sign, part in summands(node))
    match node:
        case Name(name) if name in POSITIVES:
            return True
        case Numeral() | Call("exp"):
            return True
        case Call("sum", arguments):
            return _is_positive(arguments[0])
        case Chain():
            return all(_is_positive(part) for part, _ in factors(node))
        case Raised(base, _):
            return _is_positive(base)
    return _is_share(node)


def _grows(node: Node) -> bool:
    """Is it made of exponentials, or of probabilities?"""
    return _any(node, lambda each: _is_share(each) or _is_exp(each))


def _has_difference(node: Node) -> bool:
    return any(sign < 0 for part, _ in factors(node) for sign, _ in summands(part))


def _extremes(node: Node) -> list[str]:
    named = {each.name for each in _inside(node) if isinstance(each, Call)}
    return [words for name, words in (("max", ABOVE), ("min", BELOW)) if name in named]
