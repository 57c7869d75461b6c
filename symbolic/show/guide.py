"""The guide: one thing by its names in four fields, and the way through the notebooks. Shown in the first of them.

DICTIONARY     what z, lambda, Z, p, ... are called in physics, statistics, finance and machine learning
NOTEBOOKS      the notebooks in their order: what each one shows, and which others it needs
COURSES        a single lecture, an afternoon, a course
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from symbolic.language.prose import in_a_cell, in_markdown, in_plain

__all__ = ["COURSES", "DICTIONARY", "NOTEBOOKS", "Course", "Notebook", "Table", "Term"]


@dataclass(frozen=True)
class Term:
    """One thing, here, and what four fields call it; empty where a field has no word for it."""

    here: str
    physics: str
    statistics: str
    finance: str
    machine_learning: str

    def row(self) -> tuple[str, ...]:
        """Its cells."""
        return self.here, self.physics, self.statistics, self.finance, self.machine_learning


@dataclass(frozen=True)
class Notebook:
    """A notebook: its stem, what it shows, and the notebooks that it needs."""

    stem: str
    shows: str
    needs: tuple[str, ...] = ()

    @property
    def link(self) -> str:
        """Its link, as seen from the other notebooks."""
        return f"[{self.stem}]({self.stem}.ipynb)"

    def row(self) -> tuple[str, ...]:
        """Its cells."""
        return self.link, self.shows, ", ".join(each[:2] for each in self.needs)


@dataclass(frozen=True)
class Course:
    """A way through the notebooks: for how long, which ones, and what one takes home."""

    name: str
    notebooks: tuple[str, ...]
    gives: str

    def row(self) -> tuple[str, ...]:
        """Its cells."""
        return f"**{self.name}**", ", ".join(each[:2] for each in self.notebooks), self.gives


@dataclass(frozen=True)
class Table:
    """Rows under a head, as text and as Markdown."""

    head: tuple[str, ...]
    entries: tuple[Term | Notebook | Course, ...]

    def _repr_markdown_(self) -> str:
        rows = ([in_a_cell(in_markdown(cell)) for cell in each.row()] for each in self.entries)
        return "\n".join([_line(self.head), _line(":--" for _ in self.head), *map(_line, rows)])

    def __str__(self) -> str:
        return "\n".join(" | ".join(map(in_plain, each.row())) for each in self.entries)

    __repr__ = __str__


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


DICTIONARY = Table(
    ("here", "physics", "statistics", "finance", "machine learning"),
    (
        Term("`z[k]`", "minus the energy of state k", "linear predictor, utility", "rate of return", "logit, score"),
        Term("`lambda`", "inverse temperature", "one over the scale of the noise", "time", "sharpness"),
        Term("`T`", "temperature", "scale of the noise", "", "temperature"),
        Term(
            "`exp(lambda*z[k])`",
            "Boltzmann factor",
            "odds against the base class",
            "value of what began at 1",
            "weight",
        ),
        Term("`Z`", "partition function", "normalising constant", "value of the whole", "normaliser"),
        Term("`p[k]`", "probability of state k", "choice probability", "share", "class probability, attention"),
        Term("`z[b] = 0`", "energies from a reference state", "base class", "cash", "one logit fixed"),
        Term("`p[i]/p[j]`", "ratio of Boltzmann factors", "odds", "ratio of values", "odds"),
        Term("`log(Z)`", "minus the free energy, over T", "inclusive value", "growth of the whole", "log-sum-exp"),
        Term("`mean(z[k], k)`", "minus the mean energy", "mean utility", "mean return", "mean score"),
        Term("`var(z[k], k)`", "heat capacity times `T^2`", "information on `lambda`", "speed of the mean return", ""),
        Term("`entropy(p)`", "entropy", "entropy", "diversification", "uncertainty"),
        Term("`diff(p[i], z[j])`", "response", "information, over `lambda`", "answer to a rate", "backward pass"),
        Term("`-sum(y[k]*log(p[k]), k)`", "", "minus the log-likelihood", "", "cross-entropy loss"),
        Term("`kl(q, p)`", "excess free energy, over T", "divergence", "", "relative entropy"),
        Term("`limit(p[i], T, 0)`", "ground state", "choice without noise", "what one ends with", "argmax, one-hot"),
    ),
)

NOTEBOOKS = Table(
    ("notebook", "what it shows", "needs"),
    (
        Notebook("01-softmax", "exponentiate, then normalise; what a shift changes (nothing); what odds depend on"),
        Notebook("02-jacobian", "the derivative as a matrix, and the gradient of the cross-entropy", ("01-softmax",)),
        Notebook("03-sign-structure", "a logit helps its own class and hurts every other", ("02-jacobian",)),
        Notebook("04-two-classes", "the logistic function, for two classes and between any two of n", ("01-softmax",)),
        Notebook("05-high-temperature", "all classes become alike, and how they begin to differ", ("01-softmax",)),
        Notebook(
            "06-zero-temperature",
            "the largest logit takes all, ties share, and the Jacobian may vanish or blow up",
            ("01-softmax", "02-jacobian"),
        ),
        Notebook("07-ask-anything", "state a fact in a line: proved, refuted at a point, or unknown", ("01-softmax",)),
        Notebook(
            "08-scaled-form",
            "a base class, the inverse map, and which infinite logits have a value",
            ("01-softmax", "02-jacobian"),
        ),
        Notebook(
            "09-exp-and-normalise",
            "which other function would do in place of the exponential, and for what",
            ("01-softmax", "03-sign-structure"),
        ),
        Notebook(
            "10-boltzmann",
            "energies, free energy, heat capacity, two levels, the third law",
            ("05-high-temperature", "06-zero-temperature"),
        ),
        Notebook(
            "11-multinomial-logit",
            "two-class logits combined, buses and elasticities, score and information",
            ("02-jacobian", "04-two-classes"),
        ),
        Notebook("12-portfolio", "shares that grow in time, and a mean return that never falls", ("01-softmax",)),
        Notebook("13-thread-audit", "the thread that all this starts from, sentence by sentence", ("01-softmax",)),
        Notebook(
            "14-inequalities",
            "five ways in which an inequality is true: squares, log gaps, functions that grow, Taylor, pairs",
            ("01-softmax", "03-sign-structure"),
        ),
        Notebook(
            "15-random-utility",
            "noise that chooses as softmax does, a race that does the same, and what the best is worth",
            ("01-softmax", "04-two-classes"),
        ),
        Notebook("16-game", "twenty levels, from the sum of all probabilities to ties at zero temperature"),
        Notebook(
            "20-formal-proofs",
            "two of these proofs again, step by step, in a proof assistant",
            ("02-jacobian", "06-zero-temperature"),
        ),
        Notebook("21-prove", "ten statements to be proved there by the reader", ("20-formal-proofs",)),
    ),
)

_LECTURE = ("01-softmax", "02-jacobian", "03-sign-structure")
_ENDS = ("04-two-classes", "05-high-temperature", "06-zero-temperature")

COURSES = Table(
    ("if you have", "read", "and take home"),
    (
        Course("a lecture", _LECTURE, "the definition, the derivative and its signs, each derived for every n"),
        Course(
            "an afternoon",
            (*_LECTURE, *_ENDS, "13-thread-audit"),
            "besides, the logistic function, both ends of the temperature, and what people say of softmax",
        ),
        Course(
            "nine weeks, two a week",
            tuple(each.stem for each in NOTEBOOKS.entries if isinstance(each, Notebook)),
            "all of it, with the exercises: one map in physics, statistics and finance",
        ),
    ),
)
