"""The kernel: what has to be right for a derivation to be one. It decides nothing: it accepts one, or refuses it.

    check(claim, proof) -> None, or raises Refused                        one derivation (checker.py lists the steps)
    python -S -m symbolic.kernel FILE                                    those in what `verify --json` has written

A derivation is a tree of cases; at each leaf stands a line: the difference of the two sides is a sum of expressions E,
by a normal form, and the sign of each E is visible from its form. The kernel reads both as plain text.

    refused      the one way to say no, and a budget in steps: the same file is always accepted, or always refused
    syntax       text -> a tree of the grammar              read         the tree -> what it says
    terms        expressions, in the form they are written  definitions  words that other words define: softmax, entropy
    ring         exact polynomials in atoms; exp, log, roots and |x| of these
    normal       the normal form of an expression: what stands under a binder, derivatives
    scope        which classes are one, apart, in a subset  leaf         what a claim and its hypotheses say
    sets, facts, signs    the signs that an expression can have, by its form and by hypotheses; numbers: by intervals
    limits       where an expression goes, by its form
    checker      the steps of a derivation

What is trusted is this folder and Python's standard library; it imports nothing else. No file of it writes what another
line of a derivation reads: a line is accepted by itself, under the hypotheses that its place in the tree adds.
"""

from symbolic.kernel.checker import check
from symbolic.kernel.refused import Budget, MaybeEmpty, Refused, Undetermined

__all__ = ["Budget", "MaybeEmpty", "Refused", "Undetermined", "check"]
