"""The audit of the thread: every sentence of the question and of its four answers, in its order, in our words.

    TABLES["question"], TABLES["answer 1"], ..., TABLES["answer 4"]     a table each, as a notebook shows it

A row says what is claimed, what has become of it, and by what: results of this collection, which hold, and lines of the
claim language, which hold or, with `!` in front, are refuted. Rows without either make no claim that can be decided.

Source  "What is an intuitive interpretation for the softmax transformation?", Cross Validated, question 552375 (2021),
        licensed CC BY-SA 4.0; retold here, not quoted but for single words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from symbolic.language import typeset
from symbolic.language.claims import Claim, Proved, Refuted, Verdict
from symbolic.language.errors import SymbolicError
from symbolic.language.parser import parse_claim
from symbolic.language.prose import in_a_cell, in_markdown, in_plain
from symbolic.results import Result, chapters, find
from symbolic.search.decision import decide

__all__ = ["TABLES", "Outcome", "Row", "Table", "notebook_of"]

Outcome = Literal["holds", "made precise", "mended", "refuted", "no claim"]


@dataclass(frozen=True)
class Row:
    """A sentence of the thread: what it claims, in our words, what became of it, by what, and what is to be said."""

    said: str
    outcome: Outcome
    results: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    note: str = ""

    def decided(self) -> tuple[tuple[Claim, Verdict], ...]:
        """Its lines with their verdicts; `SymbolicError` where one is not as the row says."""
        return tuple(map(_decided, self.lines))


def _decided(line: str) -> tuple[Claim, Verdict]:
    expected = Refuted if line.startswith("!") else Proved
    claim = parse_claim(line.removeprefix("!").strip())
    verdict = decide(claim)
    if not isinstance(verdict, expected):
        raise SymbolicError(f"{typeset.plain(claim)} should be {expected.__name__.lower()}: {typeset.plain(verdict)}")
    return claim, verdict


def notebook_of(result: Result) -> str:
    """The notebook of the chapter that a result stands in, as `08-scaled-form`."""
    chapter = next(each for each in chapters() if result in each.RESULTS)
    return f"{chapter.ORDER:02d}-{chapter.__name__.rpartition('.')[2].replace('_', '-')}"


@dataclass(frozen=True)
class Table:
    """The rows of one part of the thread; the verdicts on their lines are computed when it is shown."""

    part: str
    rows: tuple[Row, ...]

    def __str__(self) -> str:
        return "\n".join(f"{at}  {row.outcome}: {in_plain(row.said)}" for at, row in enumerate(self.rows, 1))

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        head = "| | the thread says, in our words | | by |\n|---|:--|:--|:--|\n"
        rows = (
            f"| {at} | {in_markdown(row.said)} | {_outcome(row)} | {_evidence(row)} |"
            for at, row in enumerate(self.rows, 1)
        )
        return head + "\n".join(rows)


def _outcome(row: Row) -> str:
    return "" if row.outcome == "no claim" else f"**{row.outcome}**"


def _evidence(row: Row) -> str:
    """Links to the results, the lines with their verdicts, and the note."""
    results = (f"[{name}]({notebook_of(find(name))}.ipynb)" for name in row.results)
    lines = (f"${in_a_cell(typeset.latex(claim))}$: {typeset.markdown(verdict)}" for claim, verdict in row.decided())
    parts = [", ".join(results), *lines, in_markdown(row.note)]
    return "<br>".join(filter(None, parts))


QUESTION = Table("question", (
    Row("Another question, on softmax regression, prompts this one.", "no claim"),
    Row("The general scaled form has a base class of weight 1, and the others the weights `exp(lambda*z[k])`.", "holds",
        ("scaled_form_softmax", "scaled_form_scale")),
    Row("Its values are probability vectors.", "holds", ("softmax_gt0", "multinomial_logit_sum1")),
    Row("It is defined for all extended-real logits and all `lambda` from 0 on.", "refuted",
        ("scaled_form_drop_bound", "scaled_form_corner_bound", "scaled_form_ray_tie",
         "scaled_form_zero_times_infinity"),
        ("! limit(exp(lambda*x[i] + y[i])/exp(lambda*x[j] + y[j]), lambda, oo) == 1 given x[i] == x[j]",),
        "any number may be minus infinity and one plus infinity; two, or `lambda = 0` against one, have no value"),
    Row("Is there an intuitive interpretation of the map?", "no claim"),
))  # fmt: skip

ANSWER_1 = Table("answer 1", (
    Row("A physicist recognises the Boltzmann distribution, a statistician the multinomial logit.", "no claim",
        note="both are shown below"),
    Row("Softmax is the canonical ensemble, `exp(-epsilon[i]/T)` over the sum of these.", "holds",
        ("boltzmann_softmax",)),
    Row("The denominator, the partition function, makes the probabilities add up.", "holds", ("softmax_sum1",)),
    Row("They must, for the system is in exactly one of its states.", "no claim", note="what is modelled"),
    Row("A probability depends on the energy relative to the energies of the other states.", "holds",
        ("softmax_shift", "softmax_odds")),
    Row("The state of lowest energy is the most likely, since systems minimise their energy.", "mended",
        ("boltzmann_order", "gibbs_minimum"), ("! mean(z[k], k) == max(z)",),
        "the conclusion holds; what is minimised is the free energy, not the energy"),
    Row("At high temperature the probabilities no longer differ.", "holds", ("softmax_limit_hot",)),
    Row("The ratio of the most likely state to any other goes to 1.", "holds",
        ("boltzmann_ratio_hot", "softmax_ratio_hot")),
    Row("In the question the energy is minus the logit, and the temperature `1/lambda`.", "holds",
        ("boltzmann_softmax",)),
    Row("The base state has 1 in place of an exponential; this only measures all energies from it.", "made precise",
        ("scaled_form_base", "scaled_form_softmax"), (), "1 is its weight; its probability is `1/Z`"),
    Row("This is very intuitive to a physicist, and a statistician knows it at once.", "no claim"),
    Row("Of the data in class i or the base class alone, estimate a two-class logit, for each i.", "holds",
        ("conditional_logit", "pairwise_logistic"), (), "that the log-odds are linear in the data is the model"),
    Row("With two classes this is the usual logit, of p over what is left of 1.", "holds",
        (), ("(q[i]/(q[i] + q[b]))/(1 - q[i]/(q[i] + q[b])) == q[i]/q[b] given q[k] > 0",)),
    Row("By Bayes, the probability of i among the two is `q[i]/(q[i] + q[b])`.", "made precise", (), (),
        "the definition of a conditional probability"),
    Row("The two-class logits combine into the probabilities of all n classes.", "holds",
        ("multinomial_logit_combined", "multinomial_logit_base")),
    Row("The formula printed for them has one letter for the class and for the sum.", "mended",
        ("multinomial_logit_combined",),
        ("! q[i] == exp(x[i])/(1 + sum(exp(x[k]), k)) given x[k] == log(q[k]/q[b]), sum(q[k], k) == 1",),
        "the sum is over all classes but the base class"),
    Row("This is the form in the question.", "holds", ("scaled_form_softmax",)),
    Row("Two comments, on a broken link.", "no claim"),
))  # fmt: skip

ANSWER_2 = Table("answer 2", (
    Row("Exponentials suggest exponential growth; a portfolio is one example among many.", "no claim"),
    Row("All investments may be taken to begin at 1.", "made precise", ("portfolio_initial",),
        ("c*exp(lambda*z[i])/sum(c*exp(lambda*z[k]), k) == p[i] given c > 0",),
        "if they begin alike; otherwise the beginnings are part of the logits"),
    Row("The first earns nothing, the others the continuous rates `z[k]`, of any sign.", "no claim",
        note="the setting"),
    Row("After the time `lambda` investment k is worth `exp(lambda*z[k])`.", "holds",
        (), ("diff(exp(lambda*z[k]), lambda) == z[k]*exp(lambda*z[k])",)),
    Row("The whole is worth 1 plus the sum of the others.", "holds", (),
        ("Z == 1 + sum(exp(lambda*z[k]), k != b) given z[b] == 0",)),
    Row("The shares are the general scaled form of softmax.", "holds", ("portfolio_shares", "scaled_form_softmax")),
    Row("The inverse map takes the shares and gives the rates that led to them in the time `lambda`.", "holds",
        ("portfolio_rates", "scaled_form_onto")),
    Row("Any items that grow exponentially will do, one of them with no growth.", "holds",
        ("scaled_form_base", "portfolio_replicator"), (),
        "the one without growth is not needed: only differences of rates matter"),
))  # fmt: skip

ANSWER_3 = Table("answer 3", (
    Row("For deep learning the exact terms matter little, nor that the values lie on the simplex.", "no claim",
        note="an opinion; what follows can be decided"),
    Row("The values lie in `0 <= p[i]` and `p[i] <= 1`.", "made precise", ("softmax_gt0",), ("p[i] < 1 given n >= 2",),
        "0 is never attained, 1 with a single class only"),
    Row("Each output rises with its own input.", "made precise", ("jacobian_diag_gt0", "normalise_diag_gt0"),
        ("! diff(p[i], z[i]) > 0",), "with two classes or more"),
    Row("Each output falls with any other input.", "holds", ("jacobian_offdiag_lt0", "normalise_offdiag_lt0")),
    Row("The values are nearly one-hot if one input is much larger than all the others.", "made precise",
        ("much_larger", "softmax_limit_cold_unique", "softmax_limit_cold"),
        ("! p[1] >= 9/10 given n == 2, z[1] == 1000*z[2], z[2] > 0",),
        "larger by a difference, in units of T, not by a factor; ties share"),
    Row("So moving the inputs far enough in some direction gives a nearly one-hot output.", "holds",
        ("scaled_form_corner_bound", "scaled_form_ray_tie"), (), "in some, not in every: where two tie it does not"),
    Row("Gradients of a wrong result always push in a suitable direction.", "made precise",
        ("cross_entropy_gradient",),
        ("diff(-log(p[i]), z[i]) < 0 given n >= 2", "diff(-log(p[i]), z[j]) > 0 given i != j"),
        "the direction is right; the gradient of the probability itself may all but vanish, that of its logarithm not"),
    Row("These properties follow from exp being monotone and strictly convex.", "refuted",
        ("normalise_gt0", "softplus_convex", "softplus_limit"),
        ("! (exp(z[i]) - 1)/sum(exp(z[k]) - 1, k) >= 0",
         "! limit(log(1 + exp(lambda*z[i]))/sum(log(1 + exp(lambda*z[k])), k), lambda, oo) == 1 "
         "given z[k] > 0, all(z[i] > z[k], k != i)"),
        "the signs need f > 0 and f' > 0, no convexity; a winner who takes all needs growth"),
    Row("exp grows very fast, so the one-hot limit is reached soon.", "holds", ("softmax_rate_cold",)),
))  # fmt: skip

ANSWER_4 = Table("answer 4", (
    Row("The output can be read as a probability distribution: numbers between 0 and 1 with the sum 1.", "holds",
        ("softmax_gt0", "softmax_sum1"), ("p[i] <= 1",)),
    Row("So it can be used as the probability of each class, given the features.", "no claim", note="a use"),
    Row("First step: exp makes all values non-negative.", "holds", (), ("exp(z[i]) > 0",), "even positive"),
    Row("Second step: dividing by the sum makes the sum 1.", "holds", ("normalise_sum1",)),
    Row("After both steps all are non-negative and sum to 1.", "holds", ("normalise_gt0", "normalise_sum1"), (),
        "non-negative weights alone would not do: if all are 0 there is nothing to divide by"),
    Row("The scaled form multiplies all values by `lambda` first, and then is softmax.", "holds",
        ("scaled_form_scale",),
        ("softmax(w)[i] == p[i] given w[k] == lambda*z[k]",)),
    Row("So it is not very different from the plain one.", "made precise", ("softmax_limit_hot", "softmax_limit_cold"),
        ("! softmax(z)[i] == p[i]",), "one map, but `lambda` takes its values from indifference to one-hot"),
    Row("Softmax generalises the logistic function `exp(x)/(1 + exp(x))`.", "holds",
        ("two_class_logistic", "pairwise_logistic"), ("exp(x)/(1 + exp(x)) == 1/(1 + exp(-x))",)),
    Row("With two classes it reduces to the logistic function.", "made precise", ("two_class_logistic",),
        ("! p[i] == 1/(1 + exp(-lambda*z[i])) given n == 2",), "of the difference of the logits, not of each"),
    Row("It is used for more classes in place of the logistic function.", "no claim", note="a use"),
))  # fmt: skip

TABLES = {table.part: table for table in (QUESTION, ANSWER_1, ANSWER_2, ANSWER_3, ANSWER_4)}
