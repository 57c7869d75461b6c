"""The methods for an inequality in one case of the indices, one after the other.

Attempt(question, combine).proved(difference) -> bool
"""

from __future__ import annotations

from symbolic.search.form.facts import cleared
from symbolic.search.form.table import Restart
from symbolic.search.limits.laurent import Quotient, negate
from symbolic.search.order.concavity import Concavity
from symbolic.search.order.radicals import Radicals
from symbolic.search.order.wholesums import WholeSums

__all__ = ["Attempt"]

RESTARTS = 4  # of the methods, where they meet a denominator that is new


class Attempt(Radicals, WholeSums, Concavity):
    """The methods, one after the other, in one case."""

    def proved(self, difference: Quotient) -> bool:
        """Whether the claim is seen to hold in this case: the difference of the sides is > 0, >= 0 or not 0."""
        for _ in range(RESTARTS):
            try:
                return self._has_sign(difference)
            except Restart:
                self.field.dots = 0
                self.known.clear()
                self.field.known.clear()
                difference = self.field.settle(lambda: self.difference(self.field))
        return False

    def _has_sign(self, difference: Quotient) -> bool:
        strict = self.claim.op in ("<", ">", "!=")
        signs = (1, -1) if self.claim.op == "!=" else (1,)
        return any(self._is(difference if sign == 1 else negate(difference), strict, sign) for sign in signs)

    def _is(self, difference: Quotient, strict: bool, sign: int) -> bool:
        field = self.field
        poly = self._homogeneous(field, cleared(field, difference))
        methods = (
            lambda: self._polynomial(poly, strict),
            lambda: self._by_triangles(difference, strict),
            lambda: self._by_roots(poly, strict),
            lambda: self._by_sums(strict, sign),
            lambda: self._by_logarithms(strict, sign),
        )
        return any(map(self._tried, methods))
