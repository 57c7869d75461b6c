"""A quantity carried into another field is what that field makes of it by itself."""

import pytest

from symbolic.language.errors import Unsupported
from symbolic.language.parser import parse_expression
from symbolic.search.form.admission import admit
from symbolic.search.form.case_analysis import Case
from symbolic.search.form.moments import Field
from symbolic.search.form.transfer import transferred
from symbolic.search.limits.laurent import Quotient

ONE_CLASS = Case({"i": "i"})


def apart() -> Field:
    """Sums leave out the class i, and there is a further one."""
    field = Field(ONE_CLASS)
    field.apart, field.shift = True, 2
    return field


def written_out() -> Field:
    return Field(Case({"i": "i", "j": "j"}, n=2, written_out=True))


def value(field: Field, line: str) -> Quotient:
    return field.settle(lambda: field.value(admit(parse_expression(line)), {"i": "i"}))


QUANTITIES = [
    "n*p[i]",
    "c/Z + n",
    "log(Z)*exp(c/n)",
    "abs(y[i] - c)/n",
    "sum(z[k]^2*exp(z[k]), k) - z[i]",
    "sum(abs(y[k]), k)",
    "sum(log(1 + exp(y[k])), k)",
    "size(A) + sum(y[k], k in A)",
]


@pytest.mark.parametrize("line", QUANTITIES)
@pytest.mark.parametrize("target", [apart, written_out])
def test_it_is_the_same_quantity(line: str, target: type) -> None:
    source, other = Field(ONE_CLASS), target()
    expected = value(other, line)
    assert transferred(source, other, value(source, line)) == expected
    assert transferred(source, other, value(source, f"{line} + 1")) != expected


def test_what_has_no_counterpart_is_refused() -> None:
    source, other = Field(ONE_CLASS), apart()
    with pytest.raises(Unsupported, match="a product with other classes"):
        transferred(source, other, value(source, "prod(y[k], k)"))
    with pytest.raises(Unsupported, match="leave classes out"):
        transferred(other, source, value(other, "Z"))
    with other.dot(), pytest.raises(Unsupported, match="under another sum"):
        transferred(source, other, value(source, "Z"))
    total = value(source, "Z")
    with source.dot(), pytest.raises(Unsupported, match="under another sum"):
        transferred(source, other, total)
