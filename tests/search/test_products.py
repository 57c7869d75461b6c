"""Products of factors that are surely positive are exponentials of sums; the others stay products."""

import pytest

from symbolic.language.notation import Product
from symbolic.language.parser import parse_claim
from symbolic.search.form.products import with_products_as_sums

# a product that is an exponential, and one edit away one that is none
FACTORS = [
    ("p[k]", "-p[k]"),
    ("2*Z*n*T", "-2*Z*n*T"),
    ("y[k] + 1", "y[k] - 1"),
    ("y[k]*p[k]", "z[k]*p[k]"),
    ("sqrt(y[k])*exp(z[k])", "sqrt(z[k])*exp(z[k])"),
    ("p[k]^c", "abs(p[k])"),
    ("p[k] + y[k]", "p[k] + c"),
]


@pytest.mark.parametrize(("positive", "other"), FACTORS)
def test_only_what_is_positive_by_its_form_is_an_exponential(positive: str, other: str) -> None:
    for body, stays in ((positive, False), (other, True)):
        claim = parse_claim(f"prod({body}, k) < 5")
        assert with_products_as_sums(claim, {"y"}).lhs.has(Product) is stays
