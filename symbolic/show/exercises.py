"""The answers to the exercises of the notebooks: each folded, and decided when it is shown.

    answers(stem)      those of a notebook, such as "02-jacobian"

>>> print(answers("12-portfolio").exercises[1])
Answer 2
limit(mean(z[k], k), lambda, oo) == max(z)
  proved
"""

from __future__ import annotations

from dataclasses import dataclass

from symbolic.answers import verify
from symbolic.language.errors import SymbolicError
from symbolic.language.prose import in_markdown, in_plain

__all__ = ["ANSWERS", "Answers", "Exercise", "answers"]


@dataclass(frozen=True)
class Exercise:
    """The answer to an exercise: lines for `verify`, and what there is to say of them."""

    number: int
    lines: tuple[str, ...]
    remark: str = ""

    def __str__(self) -> str:
        remark = (in_plain(self.remark),) if self.remark else ()
        return "\n".join([f"Answer {self.number}", *map(str, map(verify, self.lines)), *remark])

    def markdown(self) -> str:
        """Folded, as Markdown."""
        shown = (verify(line)._repr_markdown_() for line in self.lines)
        return _folded(self.number, "\n\n".join([*shown, in_markdown(self.remark)]))


@dataclass(frozen=True)
class Proof:
    """The answer to an exercise in Coq, run in the notebook's session when it is shown."""

    number: int
    text: str

    def __str__(self) -> str:
        return f"Answer {self.number}\n{self.text}"

    def markdown(self) -> str:
        """Folded, as Markdown: its sentences, and the goals after each."""
        from symbolic.coq.magic import coq

        told = coq("", self.text)
        return _folded(self.number, told._repr_html_() if told else "")


def _folded(number: int, body: str) -> str:
    return f"<details><summary>Answer {number}</summary>\n\n{body}\n\n</details>"


@dataclass(frozen=True)
class Answers:
    """The answers to the exercises of a notebook."""

    exercises: tuple[Exercise | Proof, ...]

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.exercises))

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return "\n\n".join(each.markdown() for each in self.exercises)


def answers(stem: str) -> Answers:
    """The answers to the exercises of the notebook of that stem; `SymbolicError` if it has none."""
    if stem not in ANSWERS:
        raise SymbolicError(f"no notebook with exercises is called {stem!r}: there are {', '.join(ANSWERS)}")
    return Answers(ANSWERS[stem])


POSITIVE = """\
Theorem positive (n : nat) (lambda : R) (z : 'I_n -> R) (i : 'I_n) : 0 < softmax lambda z i.
Proof. by apply: Rdiv_lt_0_compat; [exact: exp_pos | exact: partition_gt0 i]. Qed.
"""

PLUS_IS_WRONG = """\
Theorem plus_is_wrong : ~ forall (n : nat) (lambda : R) (z : 'I_n -> R) (i j : 'I_n),
  is_partial (fun z => softmax lambda z i) z j
    (lambda * softmax lambda z i * (delta i j + softmax lambda z j)).
Proof.
move=> plus; have wrong := is_partial_unique (plus 1%N 1 (fun _ => 0) ord0 ord0).
rewrite (is_partial_unique (jacobian 1 1 (fun _ => 0) ord0 ord0)) delta_refl in wrong.
have := positive 1 1 (fun _ => 0) (ord0 : 'I_1); nra.
Qed.
"""

ANSWERS: dict[str, tuple[Exercise | Proof, ...]] = {
    "01-softmax": (
        Exercise(1, ("p[i] == exp(lambda*(z[i] - log(Z)/lambda))",)),
        Exercise(2, ("p[i] == 1/sum(exp(lambda*(z[k] - z[i])), k)",)),
        Exercise(
            3,
            (
                "p[i]*softmax(w)[i]/sum(p[k]*softmax(w)[k], k)"
                " == exp(lambda*z[i] + w[i])/sum(exp(lambda*z[k] + w[k]), k)",
            ),
        ),
    ),
    "02-jacobian": (
        Exercise(1, ("diff(log(Z)/lambda, z[i]) == p[i]",)),
        Exercise(2, ("sum(diff(p[k], z[k]), k) == lambda*(1 - sum(p[k]^2, k))",)),
        Exercise(3, ("sum(sum(v[i]*diff(p[i], z[j])*v[j], j), i) == lambda*var(v[k], k)",)),
    ),
    "03-sign-structure": (
        Exercise(1, ("diff(log(p[i]), z[k]) == diff(log(p[j]), z[k]) given k != i, k != j",)),
        Exercise(2, ("diff(p[i], z[i]) > diff(p[j], z[j]) given z[i] > z[j], n >= 3",)),
        Exercise(3, ("diff(p[i], z[j], z[k]) > 0 given i != j, i != k, j != k",)),
    ),
    "04-two-classes": (
        Exercise(1, ("p[1] - p[2] == tanh(lambda*(z[1] - z[2])/2) given n == 2",)),
        Exercise(2, ("diff(log(p[1]/p[2]), z[1]) == 1/T given n == 2",)),
        Exercise(
            3,
            ("diff(p[1], z[1], z[1]) == lambda^2*p[1]*p[2]*(p[2] - p[1]) given n == 2",),
            "It is 0 where the two probabilities are equal, and so are the logits: there the curve turns.",
        ),
    ),
    "05-high-temperature": (
        Exercise(1, ("limit(T*(p[i] - p[j]), T, oo) == (z[i] - z[j])/n",)),
        Exercise(
            2,
            ("limit((log(n) - entropy(p))/lambda^2, lambda, 0) == (sum(z[k]^2, k)/n - (sum(z[k], k)/n)^2)/2",),
            "Half the plain variance of the logits.",
        ),
        Exercise(
            3,
            ("diff(entropy(p), T) == lambda^3*var(z[k], k)",),
            "It never falls: a variance is never negative, and `lambda` is positive.",
        ),
    ),
    "06-zero-temperature": (
        Exercise(1, ("limit(sum(p[k]^2, k), T, 0) == 1/count(z[k] == max(z), k)",)),
        Exercise(2, ("limit(log(Z) - lambda*max(z), lambda, oo) == log(count(z[k] == max(z), k))",)),
        Exercise(3, ("limit(diff(log(Z)/lambda, z[i]), T, 0) == 1/count(z[k] == max(z), k) given z[i] == max(z)",)),
    ),
    "07-ask-anything": (
        Exercise(1, ("p[i] >= 1/n given z[i] == max(z)", "p[i] > 1/2 given all(z[i] > z[k], k != i)")),
        Exercise(
            2,
            (
                "exp(z[i] + w[i])/sum(exp(z[k] + w[k]), k)"
                " == softmax(z)[i]*softmax(w)[i]/sum(softmax(z)[k]*softmax(w)[k], k)",
            ),
        ),
        Exercise(3, ("diff(mean(z[k], k), z[i]) >= 0",)),
    ),
    "08-scaled-form": (
        Exercise(1, ("log(p[i]/p[a]) == log(p[i]/p[b]) - log(p[a]/p[b])",)),
        Exercise(2, ("softmax(x)[i] == q[i] given x[k] == log(q[k]), q[k] > 0, sum(q[k], k) == 1",)),
        Exercise(3, ("sum(diff(p[i], z[k]), k != b) == lambda*p[i]*p[b] given i != b",)),
    ),
    "09-exp-and-normalise": (
        Exercise(1, ("diff(1/(1 + exp(-z[i]))/sum(1/(1 + exp(-z[k])), k), z[i]) > 0 given n >= 2",)),
        Exercise(2, ("(exp(z[i] + c) + 1)/sum(exp(z[k] + c) + 1, k) == (exp(z[i]) + 1)/sum(exp(z[k]) + 1, k)",)),
        Exercise(3, ("c*w[i]/sum(c*w[k], k) == w[i]/sum(w[k], k) given c > 0, w[k] > 0",)),
    ),
    "10-boltzmann": (
        Exercise(1, ("diff(entropy(p), T) >= 0", "T*diff(entropy(p), T) == diff(mean(-z[k], k), T)")),
        Exercise(2, ("-T*log(sum(exp(-(epsilon[k] + c)/T), k)) == c - T*log(sum(exp(-epsilon[k]/T), k))",)),
        Exercise(3, ("-diff(log(Z), lambda) == mean(-z[k], k)",)),
    ),
    "11-multinomial-logit": (
        Exercise(1, ("sum(diff(log(softmax(x, c)[i]), x[j]), j) == 0",)),
        Exercise(2, ("diff(sum(y[k]*log(p[k]), k), z[j]) == 0 given y[k] == c*p[k]",)),
        Exercise(3, ("-sum(y[k]*log(p[k]), k) >= entropy(y) given y[k] > 0, sum(y[k], k) == 1",)),
    ),
    "12-portfolio": (
        Exercise(1, ("softmax(z, 2*lambda)[i] == p[i]^2/sum(p[k]^2, k)",)),
        Exercise(2, ("limit(mean(z[k], k), lambda, oo) == max(z)",)),
        Exercise(3, ("mean(z[k], k) >= sum(z[k], k)/n",)),
    ),
    "13-thread-audit": (
        Exercise(1, ("exp(lambda*(z[i] - z[b]))/sum(exp(lambda*(z[k] - z[b])), k) == p[i]",)),
        Exercise(2, ("limit(p[j]/p[i], T, 0) == oo given z[j] > z[i]",)),
    ),
    "20-formal-proofs": (Proof(1, POSITIVE), Proof(2, PLUS_IS_WRONG)),
}
