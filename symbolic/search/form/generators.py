"""What the generators of the normal form stand for; `moments` numbers them."""

from __future__ import annotations

from dataclasses import dataclass

from symbolic.search.form.names import Name
from symbolic.search.limits.laurent import Factor, Monomial

__all__ = ["Abs", "Entry", "Exp", "Generator", "In", "Log", "Moment", "N", "Product", "Reciprocal", "Scalar"]


@dataclass(frozen=True)
class N:
    """The number of classes."""


@dataclass(frozen=True)
class Scalar:
    """A scalar, lambda among them, or a quantity of the kernel's own."""

    name: Name


@dataclass(frozen=True)
class Entry:
    """The entry of a family at a class."""

    family: Name
    at: str


@dataclass(frozen=True)
class In:
    """1 if the class is in the subset, else 0."""

    subset: Name
    at: str


@dataclass(frozen=True)
class Exp:
    """The exponential of a monomial."""

    of: Monomial


@dataclass(frozen=True)
class Log:
    """log |q| of an irreducible polynomial, a prime number among them."""

    of: Factor


@dataclass(frozen=True)
class Abs:
    """|q| of an irreducible polynomial whose sign is not known."""

    of: Factor


@dataclass(frozen=True)
class Moment:
    """The sum over k of a monomial in what depends on k, over a product of polynomials."""

    of: Monomial
    over: tuple[tuple[Factor, int], ...] = ()


@dataclass(frozen=True)
class Product:
    """The product over k of a polynomial in what depends on k, whose sign is not sure."""

    of: Factor


@dataclass(frozen=True)
class Reciprocal:
    """The reciprocal of a product of polynomials, inside an exponent."""

    of: tuple[tuple[Factor, int], ...]


Generator = N | Scalar | Entry | In | Exp | Log | Abs | Moment | Product | Reciprocal
