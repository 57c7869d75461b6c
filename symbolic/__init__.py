"""Softmax for any number of classes: derivations that a kernel has checked, and exact counterexamples.

>>> from symbolic import D, derive, i, j, p, verify, z
>>> print(verify("diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])"))
diff(p[i], z[j]) == lambda*p[i]*(delta(i, j) - p[j])
  proved in each case: i = j; i, j distinct

Names are loaded when they are first used; importing the package costs no more than importing SymPy.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

__version__ = "0.2.0"

_HOMES = {
    "symbolic.language.notation": (
        "A B Count D Divergence Entropy Except Family In Limit LogSumExp Maximum Mean Minimum NotIn Product Size "
        "Softmax Subset Sum T Variance Z b c delta i j k l lam m n p q t v w x y z"
    ),
    "symbolic.language.claims": (
        "Claim Invalid Point Proved Refuted Unknown argmax argmin claim differ member relation same"
    ),
    "symbolic.language.words": "cross_entropy log_softmax logit relu sigmoid softplus",
    "symbolic.language.errors": "NotProved NotationError SymbolicError SyntaxErrorInClaim Undefined Unsupported",
    "symbolic.language.parser": "parse_claim parse_expression",
    "symbolic.search.decision": "decide",
    "symbolic.answers": "Answer as_record verify verify_many",
    "symbolic.points.concrete": "at hessian jacobian numbers",
    "symbolic.derivation": "Derivation DerivationError start",
    "symbolic.deriving": "derive readable",
    "symbolic.results": "Result all_results find show",
}
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'symbolic' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


class _Package(ModuleType):
    """Importing from the room `symbolic.show` must not hide the function of that name."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in _HOME or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __dir__() -> list[str]:
    return __all__
