"""A class under a binder has one number: what is read without being opened is refused, not taken for another."""

from __future__ import annotations

import pytest

from symbolic.kernel import Refused
from symbolic.kernel.checker import asked
from symbolic.kernel.refused import Budget
from symbolic.kernel.ring import CLOSED

CLAIM = "sum(max(sum(1/(y[l] + w[i]*(w[m] - w[k])), m), l), k) >= 0 given y[i] == sum(exp(z[k]*Z), k)"


def test_a_value_that_is_put_in_under_a_closed_binder_is_refused() -> None:
    """y[i] is a sum of sums: the sum over m, with it, would get the number of the class k, and w[m] be w[k]."""
    leaf = asked(CLAIM, Budget())
    field = leaf.signs.field
    (whole,) = leaf.difference().atoms()
    (largest,) = (each for each in whole.inner if each.kind == "max")
    (i,) = leaf.at.values()
    assert not any(c.kind == CLOSED for c in whole.classes)
    assert any(c.kind == CLOSED for c in largest.classes)
    with pytest.raises(Refused, match="not opened"):
        field.body(largest, i)
    (opened,) = (each for each in field.body(whole, field.open()).atoms() if each.kind == "max")
    assert field.body(opened, i).num
