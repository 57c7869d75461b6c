"""Pieces of plain text, each part of them with the place in the LaTeX that it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from symbolic.language.latex.tree import Node

__all__ = ["ATOM", "POWER", "PRODUCT", "SUM", "Piece", "call", "glued", "listed", "piece", "tight"]

SUM, PRODUCT, POWER, ATOM = range(4)


@dataclass(frozen=True)
class Piece:
    """Plain text: its parts, each with a place in the LaTeX, and how tightly it holds together."""

    parts: tuple[tuple[str, int], ...]
    level: int = ATOM

    def __str__(self) -> str:
        return "".join(text for text, _ in self.parts)

    def origin(self, offset: int) -> int:
        """The place in the LaTeX that the character at this offset comes from."""
        for text, place in self.parts:
            if offset < len(text):
                return place
            offset -= len(text)
        return self.parts[-1][1] if self.parts else 0


def piece(node: Node, text: str = "", level: int = ATOM) -> Piece:
    """A token's word, or another text in its place."""
    return Piece(((text or node.word, node.start),), level)


def glued(*pieces: str | Piece, level: int = ATOM) -> Piece:
    """The pieces in a row; a text has the place of the piece before it."""
    parts: list[tuple[str, int]] = []
    for each in pieces:
        parts += each.parts if isinstance(each, Piece) else [(each, parts[-1][1] if parts else 0)]
    return Piece(tuple(parts), level)


def tight(made: Piece, least: int) -> Piece:
    """In brackets, if it does not hold together so tightly."""
    return made if made.level >= least else glued(Piece((("(", made.parts[0][1]),)), made, ")")


def call(node: Node, word: str, *arguments: str | Piece) -> Piece:
    """word(arguments)."""
    return glued(piece(node, f"{word}("), listed(arguments), ")")


def listed(pieces: Iterable[str | Piece], mark: str = ", ", level: int = ATOM) -> Piece:
    """The pieces with a comma, or another mark, between them."""
    parts = [part for each in pieces for part in (mark, each)]
    return glued(*parts[1:], level=level)
