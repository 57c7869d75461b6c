"""One grammar of names, in text and in Python; what is no name is an error where it enters."""

from collections.abc import Callable
from typing import Any

import pytest
from sympy import Dummy, Expr, Symbol, log, sqrt

from symbolic.language.claims import Always, claim, differ, member, relation
from symbolic.language.errors import NotationError, SyntaxErrorInClaim
from symbolic.language.names import GREEK, Kind, check_name
from symbolic.language.notation import Family, Softmax, Subset, Sum, c, i, j, k, p, y, z
from symbolic.language.parser import parse_claim
from symbolic.search.form.names import OwnIndex, OwnSubset

NO_NAMES = [
    "", "max z", "min b", "0'", "i'", "big z", "ab", "y_1", "1", "_0", "a.", "é", "Δ", "where 0", "delta", "y\n",
]  # fmt: skip
WORDS = ["oo", "inf", "infinity", "given", "where", "in", "iff", "not", "sum", "exp", "cosh", "softmax", "entropy"]
TAKEN = ["n", "lambda", "lam", "λ", "T", "Z", "p"]
NAMES = ["a", "y1", "K", "x007", *GREEK]


def scalar(name: str) -> Expr:
    return Symbol(name, real=True)


def index(name: str) -> Expr:
    """An index symbol of that name; what is called n as well as made like n would be n."""
    return Symbol(name, integer=True, positive=True, even=True if name == "n" else None)


@pytest.mark.parametrize("name", NO_NAMES + WORDS + TAKEN)
@pytest.mark.parametrize(
    "enter",
    [
        Family,
        Subset,
        lambda name: relation(scalar(name), "==", 1),
        lambda name: relation(1, "<", c + scalar(name) ** 2),
        lambda name: claim(z[index(name)], "==", 1),
        lambda name: claim(Sum(y[k] * z[index(name)], k), "==", 1),
        lambda name: claim(Softmax(z, scalar(name))[i], ">", 0),
        lambda name: claim(p[i], "<", 1, [differ(i, index(name))]),
    ],
)
def test_what_is_no_name_is_refused_where_it_enters(enter: Callable[[str], Any], name: str) -> None:
    with pytest.raises(NotationError, match=r"is not a name|is the .*import it|names a subset"):
        enter(name)


@pytest.mark.parametrize("name", [name for name in NO_NAMES + WORDS if name.strip() == name and " " not in name])
def test_text_refuses_the_same(name: str) -> None:
    with pytest.raises(SyntaxErrorInClaim):
        parse_claim(f"{name}[i] == 1")


@pytest.mark.parametrize("name", NAMES)
def test_names_by_the_grammar_are_taken(name: str) -> None:
    for kind in (Kind.FAMILY, Kind.INDEX, Kind.NUMBER)[: 2 if name == "pi" else 3]:
        check_name(name, kind)
    assert Family(name)[i].family.name == name
    if name[0].isupper():
        assert Subset(name).name == name
    assert claim(Sum(y[index(name)], index(name)), "==", 1).lhs == parse_claim(f"sum(y[{name}], {name}) == 1").lhs


@pytest.mark.parametrize(
    "symbol",
    [
        Symbol("c"),
        Symbol("c", positive=True),
        Symbol("c", complex=True),
        Symbol("n", real=True),
        Symbol("n", positive=True),
        Symbol("n", integer=True, positive=True),
        Symbol("lambda", positive=True),
        Dummy("c", real=True),
        Symbol("i", integer=True),
        OwnIndex("c"),
    ],
    ids=lambda each: f"{type(each).__name__} {each.assumptions0}"[:60],
)
def test_a_symbol_with_other_assumptions_is_refused(symbol: Symbol) -> None:
    for made in (lambda: relation(symbol, "<", 1), lambda: claim(c, "==", 0, [Always(relation(1, "<", 2), symbol)])):
        with pytest.raises(NotationError, match=r"is not a symbol of the notation|import it"):
            made()


@pytest.mark.parametrize("name", ["e", "pi"])
def test_the_numbers_e_and_pi_are_no_scalars(name: str) -> None:
    assert claim(Family(name)[i], ">", 0) == parse_claim(f"{name}[i] > 0")
    with pytest.raises(NotationError, match="is the number"):
        claim(scalar(name), "==", 1)


def test_a_subset_begins_with_a_capital_letter() -> None:
    with pytest.raises(NotationError, match="capital letter"):
        Subset("a")


PROVED_BY_THEIR_NAMES: list[Callable[[], Any]] = [
    lambda: claim(sqrt(y[i] ** 2 - 2 * y[i] * scalar("base y") + scalar("base y") ** 2), "==", y[i] - scalar("base y")),
    lambda: claim(z[i], "==", z[j], [member(i, Subset("big z")), member(j, Subset("big z"))]),
    lambda: claim(
        log(y[index("i'")] - c) + sqrt(c**2 + y[j] ** 2 - 2 * c * y[j]), "==", y[j] - c + log(y[index("i'")] - c)
    ),
]


@pytest.mark.parametrize("made", PROVED_BY_THEIR_NAMES)
def test_false_claims_that_were_proved_by_their_names(made: Callable[[], Any]) -> None:
    """They are not claims: "base y" was taken for an extreme, "big z" for where z is largest, i' for a bound class."""
    with pytest.raises(NotationError, match="is not a name"):
        made()


def test_the_kernel_s_own_names_are_of_a_type_of_their_own() -> None:
    """No symbol equals them, whatever its name: a claim built around the checks is refused by the kernel, too."""
    assert index("argmax z") != OwnIndex("argmax z")
    assert OwnSubset("A") != Subset("A")
