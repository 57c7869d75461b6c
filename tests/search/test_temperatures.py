"""Temperatures by other names: the kernel accepts what is found, and not of the neighbour."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from symbolic.kernel import Refused, check
from symbolic.language.claims import Claim
from symbolic.language.parser import parse_claim
from symbolic.language.typeset import plain
from symbolic.search import along, averages, temperatures
from symbolic.search.case_trees import Node
from symbolic.search.derivations import _judge, _tree

Way = Callable[[Claim, temperatures.Prove], Iterator[Node]]

RANGE = "(max(z) - min(z))"
MEAN = "sum(z[k], k)/n"

# a claim that is true, and one that is not, an edit away
BY_NAMES = [
    ("c*log(sum(exp(z[k]/c), k)/n) <= {mean} + {range}^2/(8*c) given c > 0",
     "c*log(sum(exp(z[k]/c), k)/n) <= {mean} + {range}^2/(9*c) given c > 0"),
    ("log(sum(exp(c*z[k]), k)/n) <= c*{mean} + c^2*{range}^2/8 given c > 0",
     "log(sum(exp(c*z[k]), k)/n) <= c*{mean} + c*{range}^2/8 given c > 0"),
    ("T*log(Z/n) <= {mean} + lambda*{range}^2/8", "T*log(Z/n) <= {mean} + lambda*{range}^2/9"),
]  # fmt: skip
SCALED = [
    ("log(n) - entropy(softmax(z)) <= {range}^2/8", "log(n) - entropy(softmax(z)) <= {range}^2/9"),
    ("abs(softmax(z)[i] - 1/n) <= {range}/4", "abs(softmax(z)[i] - 1/n) <= {range}/5"),
    ("logsumexp(z) <= log(n) + {mean} + {range}^2/8", "logsumexp(z) <= log(n) + {mean} + {range}^2/9"),
]
INVERSES = [
    ("max(softmax(z/a)) >= max(softmax(z/b)) given a > 0, a <= b",
     "max(softmax(z/a)) >= max(softmax(z/b)) given b > 0, b <= a"),
    ("1 - max(softmax(z/a)) <= 1 - max(softmax(z/b)) given 0 < a, a < b",
     "1 - max(softmax(z/a)) <= 1 - max(softmax(z/b)) given 0 < b, b < a"),
    ("max(softmax(z)) >= max(softmax(z/b)) given b >= 1", "max(softmax(z)) >= max(softmax(z/b)) given b > 0, b <= 1"),
]  # fmt: skip
WAYS = [(temperatures.inverses, *pair) for pair in INVERSES]
WAYS += [(temperatures.by_names, *pair) for pair in BY_NAMES]
WAYS += [(temperatures.scaled, *pair) for pair in SCALED]


@pytest.mark.parametrize(("way", "true", "false"), WAYS)
def test_the_kernel_accepts_what_is_found_and_refuses_the_neighbour(way: Way, true: str, false: str) -> None:
    claim, neighbour = (parse_claim(each.format(range=RANGE, mean=MEAN)) for each in (true, false))

    def prove(said: Claim) -> Node | None:
        return along.derivation(said, _judge) or averages.derivation(said, _judge)

    found = next(way(claim, prove))
    check(plain(claim), found)
    with pytest.raises(Refused):
        check(plain(neighbour), found)
    assert next(way(neighbour, prove), None) is None


def test_what_has_no_other_temperature_is_not_tried() -> None:
    def prove(_: object) -> None:
        pytest.fail("asked")

    for line in ("p[i] <= 1", "x^2 >= 0", "c*x <= 1 given c > 0", "sum(exp(a*z[k] + z[k]/a), k) > 0 given a > 0"):
        assert not list(temperatures.by_names(parse_claim(line), prove))
    for line in ("p[i] <= 1", "sum(exp(z[k] + w[k]), k) > 0", "diff(logsumexp(z), z[i]) >= 0"):
        assert not list(temperatures.scaled(parse_claim(line), prove))


def test_a_largest_value_over_a_subset_is_attained_there() -> None:
    for line in ("max(z[k], k in A) <= c*log(sum(exp(z[k]/c), k in A)) given size(A) >= 1, c > 0",
                 "max(p[k], k in A) <= sum(p[k], k in A) given size(A) >= 1"):  # fmt: skip
        assert _tree(parse_claim(line)) is not None
    assert _tree(parse_claim("sum(p[k], k in A) <= max(p[k], k in A) given size(A) >= 1")) is None


SHARES = "q[k] >= 0, sum(q[k], k) == 1"
NATS = [
    (f"entropy(q)/log(n) <= 1 given {SHARES}, n >= 2", f"entropy(q)/log(n) <= 1 - 1/n given {SHARES}, n >= 2"),
    (f"sum(q[k]*l[k], k) >= entropy(q)/log(2) given {SHARES}, sum(2^(-l[k]), k) <= 1",
     f"sum(q[k]*l[k], k) >= entropy(q)/log(2) given {SHARES}, sum(2^(-l[k]), k) <= 2"),
]  # fmt: skip


@pytest.mark.parametrize(("true", "false"), NATS)
def test_entropies_in_bits_and_as_a_share_of_the_largest(true: str, false: str) -> None:
    claim, neighbour = map(parse_claim, (true, false))
    found = next(temperatures.in_nats(claim, _tree))
    check(plain(claim), found)
    with pytest.raises(Refused):
        check(plain(neighbour), found)
