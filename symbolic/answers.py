"""Claims and lines of text in, answers out: one, or a stream of them.

verify(claim or line, seconds=10, given=())          raises an error that explains what is no claim
answer(claim or line, seconds=10) -> Answer         the same, with the verdict `Invalid` for that
verify_many(claims, executor=None, seconds=10)      answers in order, as they come
as_record(answer, seconds)                          an answer as the JSON object that the command writes
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from time import monotonic, process_time
from typing import Any

from sympy.core.relational import Relational

from symbolic.deadline import OutOfTime, within
from symbolic.language import hypertext, typeset
from symbolic.language.claims import (
    Claim,
    Claims,
    Given,
    Invalid,
    Point,
    Proved,
    Refuted,
    Unknown,
    Verdict,
    claim,
    hypotheses,
    with_given,
)
from symbolic.language.errors import NotationError, NotProved, SyntaxErrorInClaim
from symbolic.language.parser import parse_line
from symbolic.language.proof import Proof
from symbolic.points.names import about
from symbolic.search.decision import decide

__all__ = ["Answer", "answer", "as_record", "verify", "verify_many"]

NOTES = 0.8  # seconds of work at most, of the time that is left: a second with the grace of what does not ask for it
BUSIEST = 8.0  # times a second of work takes as long where others use the machine, and no longer is waited


@dataclass(frozen=True)
class Answer:
    """A claim and the verdict on it, as a notebook and a terminal show them. Of an invalid line, the text.

    >>> answer = verify("p[i] < 1")
    >>> bool(answer), answer.refuted, answer.point.n
    (False, True, 1)
    """

    claim: Claim | Claims | str
    verdict: Verdict | Invalid
    parts: tuple[Answer, ...] = ()  # of a line that makes several claims, up to the first that fails

    def __bool__(self) -> bool:
        """Proved, and not vacuous: just where the command's exit code is 0. So `assert verify(...)` says something."""
        return self.proved and not self.vacuous

    @property
    def proved(self) -> bool:
        """Does it hold for everything it is about? A vacuous claim does, too."""
        return isinstance(self.verdict, Proved)

    @property
    def refuted(self) -> bool:
        """Is there a counterexample?"""
        return isinstance(self.verdict, Refuted)

    @property
    def unknown(self) -> bool:
        """Was neither found?"""
        return isinstance(self.verdict, Unknown)

    @property
    def vacuous(self) -> bool:
        """Is it proved because no point counts?"""
        return isinstance(self.verdict, Proved) and self.verdict.vacuous

    @property
    def point(self) -> Point | None:
        """The counterexample, where there is one."""
        return self.verdict.point if isinstance(self.verdict, Refuted) else None

    @property
    def notes(self) -> tuple[str, ...]:
        """How the claim may not say what was meant; of a line that cannot be read, what may have been meant."""
        return self.verdict.notes

    def require(self) -> Answer:
        """This answer, if it is true; if not, `NotProved` with the counterexample, or with what was tried.

        >>> verify("p[i] < 1", notes=False).require()
        Traceback (most recent call last):
            ...
        symbolic.language.errors.NotProved: p[i] < 1
          refuted at n = 1, lambda = 1, z = (0), i = 1: 1 on the left, 1 on the right
        """
        if not self:
            raise NotProved(str(self))
        return self

    def __str__(self) -> str:
        if isinstance(self.claim, Claims):
            return "\n".join([self.claim.text, *map(str, self.parts)]).replace("\n", "\n  ")
        if isinstance(self.claim, Claim):
            read = typeset.plain(self.claim)
            typed = [self.claim.text, f"that is, {read}"] if self.claim.elaborated else [read]
            return "\n  ".join([*typed, *typeset.with_notes(self._shown)])
        said = self.verdict
        if isinstance(said, Invalid) and said.position is not None:
            return str(SyntaxErrorInClaim(said.reason, said.position, self.claim, said.notes))
        return "\n  ".join([self.claim, *typeset.with_notes(said)])

    __repr__ = __str__

    @property
    def _shown(self) -> Verdict | Invalid:
        """The verdict, its point with what the claim speaks of alone: a limit in T leaves no temperature free."""
        if isinstance(self.verdict, Refuted) and isinstance(self.claim, Claim):
            return replace(self.verdict, point=about(self.claim, self.verdict.point))
        return self.verdict

    def explain(self, seconds: float = 10) -> str:
        """The answer and what it rests on: cases, normal forms, facts, a derivation."""
        from symbolic.show.explain import explanation

        if isinstance(self.claim, Claims):
            return "\n".join([self.claim.text, *(each.explain(seconds) for each in self.parts)]).replace("\n", "\n  ")
        return explanation(self.claim, self.verdict, seconds) if isinstance(self.claim, Claim) else str(self)

    def _repr_markdown_(self) -> str:
        if isinstance(self.claim, Claims):
            return "\n\n".join(each._repr_markdown_() for each in self.parts)
        if isinstance(self.claim, str):
            return typeset.markdown(self.verdict)
        shown = f"$$\n{typeset.latex(self.claim)}\n$$\n\n{typeset.markdown(self._shown)}"
        return f"{shown}{self._derivation()}"

    def _repr_html_(self) -> str:
        if isinstance(self.claim, Claims):
            return "\n".join(each._repr_html_() for each in self.parts)
        shown = [hypertext.displayed(typeset.latex(self.claim))] if isinstance(self.claim, Claim) else []
        shown.append(hypertext.verdict(self._shown))
        proof = self._to_be_told()
        if proof is not None:
            from symbolic.show.narration import rows

            shown.append(hypertext.grid(rows(proof)))
        return "\n".join(shown)

    def _derivation(self) -> str:
        """The derivation of an inequality, as a displayed formula."""
        latex = self.derivation_latex
        return f"\n\n$$\n{latex}\n$$" if latex else ""

    @property
    def derivation_latex(self) -> str:
        """The derivation of an inequality as LaTeX; empty where there is none."""
        proof = self._to_be_told()
        if proof is None:
            return ""
        from symbolic.show.narration import latex

        return latex(proof)

    def _to_be_told(self) -> Proof | None:
        """The derivation, where it says more than that both sides have one normal form."""
        if not isinstance(self.verdict, Proved) or not isinstance(self.claim, Claim) or self.claim.op == "==":
            return None
        return self.verdict.derivation


def verify(
    claim: Claim | Relational | str, seconds: float = 10, notes: bool = True, given: Given | Iterable[Given] = ()
) -> Answer:
    """The answer to a claim, to a relation of SymPy, or to a line of the claim language, with notes if asked for.

    `given` adds hypotheses, as `claim` takes them.

    >>> verify("p[i] < 1 given n >= 2")
    p[i] < 1 given n >= 2
      proved
    """
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise NotationError(f"expected how many seconds to work, a number, not {seconds!r}")
    until = monotonic() + seconds
    try:
        read = _read(claim, seconds, given)
    except OutOfTime:
        return Answer(claim, Unknown("the time ran out while the line was read"))
    if isinstance(read, Claim):
        return _one(read, until, notes)
    parts = list[Answer]()
    for each in read.claims:
        parts.append(_one(each, until, notes))
        if parts[-1].refuted:
            break
    return Answer(read, _together(parts), tuple(parts))


def _one(read: Claim, until: float, notes: bool) -> Answer:
    clocks = monotonic(), process_time()
    verdict = decide(read, until - monotonic())
    if notes:
        from symbolic.show.verdict_notes import notes as on

        busy = _busy(monotonic() - clocks[0], process_time() - clocks[1])
        left = min(NOTES * busy, until - monotonic())
        verdict = replace(verdict, notes=verdict.notes + on(read, verdict, left))
    return Answer(read, verdict)


def _busy(passed: float, worked: float) -> float:
    """How much longer than its work a piece of work takes: a note is not to depend on who else uses the machine."""
    return min(max(passed / worked, 1.0), BUSIEST) if worked > 0 else 1.0


def _together(parts: list[Answer]) -> Verdict:
    """The verdict on several claims that all have to hold: that on the first that fails, or is not decided."""
    verdicts = [(each.verdict, typeset.plain(each.claim)) for each in parts if isinstance(each.claim, Claim)]
    for verdict, said in verdicts:
        if isinstance(verdict, Refuted):
            return replace(verdict, notes=(f"what fails is {said}", *verdict.notes))
    for verdict, said in verdicts:
        if isinstance(verdict, Unknown):
            return Unknown(f"{said}: {verdict.reason}", verdict.notes)
    proofs = [verdict for verdict, _ in verdicts if isinstance(verdict, Proved)]
    rests_on = dict.fromkeys(each for proof in proofs for each in proof.rests_on)
    notes = dict.fromkeys(each for proof in proofs for each in proof.notes)
    return Proved(rests_on=tuple(rests_on), vacuous=all(proof.vacuous for proof in proofs), notes=tuple(notes))


def _read(said: object, seconds: float, given: Given | Iterable[Given]) -> Claim | Claims:
    """The claim, under further hypotheses; to a line they are written."""
    if isinstance(said, str):
        with within(seconds):
            return parse_line(with_given(said, given))
    if isinstance(said, Claim):
        further = hypotheses(said.relation, given)
        return claim(said.lhs, said.op, said.rhs, (*said.given, *further)) if further else said
    if isinstance(said, Relational):
        return claim(said.lhs, said.rel_op, said.rhs, given)
    raise NotationError(
        f"expected a claim, not {said!r}: SymPy evaluates what it compares, Eq(x, x) to True and x/x to 1, before "
        "anyone can look; write claim(lhs, '==', rhs), or a line of text"
    )


def answer(claim: Claim | str, seconds: float = 10, notes: bool = True) -> Answer:
    """The answer to a claim or a line; one that cannot be read gets the verdict `Invalid`.

    >>> answer("p[i] <")
    expected an expression, not the end of the line
        p[i] <
              ^
    a claim looks like this: `p[i] < p[j] given z[i] < z[j]`
    """
    try:
        return verify(claim, seconds, notes)
    except SyntaxErrorInClaim as error:
        return Answer(str(claim), Invalid(error.message, error.position, error.advice if notes else ()))
    except NotationError as error:
        return Answer(str(claim), Invalid(str(error)))


def verify_many(
    claims: Iterable[Claim | str], executor: Executor | None = None, seconds: float = 10, ahead: int = 64
) -> Iterator[Answer]:
    """The answers to many claims, in order and as they come, worked on by the executor's workers if there is one,
    and without notes.

    Any executor of `concurrent.futures` will do, and what has the same interface, such as a Dask cluster's
    `Client.get_executor()`. No more than `ahead` claims are taken from the stream before their answers are.

    >>> [type(each.verdict).__name__ for each in verify_many(["p[i] > 0", "p[i] < 1", "p[i] ="])]
    ['Proved', 'Refuted', 'Invalid']
    """
    if executor is None:
        yield from (answer(each, seconds, notes=False) for each in claims)
        return
    waiting: deque[Future[Answer]] = deque()
    try:
        for each in claims:
            waiting.append(executor.submit(answer, each, seconds, False))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


# --- as JSON -------------------------------------------------------------------------------------

SCHEMA = 2  # the edition of the record: the keys of the first mean what they meant


def as_record(answer: Answer, seconds: float) -> dict[str, Any]:
    """The answer as the command's JSON object; `seconds` is how long it took.

    >>> as_record(verify("p[i] < 1"), 0.01)["counterexample"]
    {'n': 1, 'families': {'z': ['0']}, 'lambda': '1', 'indices': {'i': 1}, 'scalars': {}, 'subsets': {},
     'lhs': '1', 'rhs': '1'}
    """
    if not isinstance(answer, Answer):
        raise NotationError(f"expected an answer, as verify gives, not {answer!r}")
    line, verdict = answer.claim, answer.verdict
    said = line if isinstance(line, str) else line.text or (typeset.plain(line) if isinstance(line, Claim) else "")
    record = {"schema": SCHEMA, "claim": said, "verdict": type(verdict).__name__.lower(), "seconds": round(seconds, 4)}
    notes = {"notes": list(verdict.notes)} if verdict.notes else {}
    read = {"read": typeset.plain(line)} if isinstance(line, Claim) and line.elaborated else {}
    typed = {"latex": _latex(answer)} if isinstance(line, Claim) else {}
    parts = [_of_part(each) for each in answer.parts]
    return record | read | _particulars(verdict) | notes | typed | ({"claims": parts} if parts else {})


def _latex(answer: Answer) -> dict[str, str]:
    """The claim, and where there is one the derivation, to be put between math delimiters."""
    if not isinstance(answer.claim, Claim):
        return {}
    derivation = answer.derivation_latex
    return {"claim": typeset.latex(answer.claim)} | ({"derivation": derivation} if derivation else {})


def _of_part(answer: Answer) -> dict[str, Any]:
    """The answer to one of the claims of a line."""
    said = typeset.plain(answer.claim) if isinstance(answer.claim, Claim) else answer.claim
    record = {"claim": said, "verdict": type(answer.verdict).__name__.lower()} | _particulars(answer.verdict)
    return record | {"latex": _latex(answer)}


def _particulars(verdict: Verdict | Invalid) -> dict[str, Any]:
    match verdict:
        case Proved(cases, rests_on, vacuous):
            said = {"cases": list(cases), "vacuous": vacuous, "rests_on": list(rests_on)}
            derivation = {} if verdict.derivation is None else {"derivation": verdict.derivation.record()}
            return {key: value for key, value in said.items() if value} | derivation
        case Refuted(point, lhs, rhs):
            return {"counterexample": _coordinates(point) | {"lhs": lhs, "rhs": rhs}}
        case Unknown(reason):
            return {"reason": reason}
        case Invalid(reason, position, _):
            return {"reason": reason} | ({} if position is None else {"position": position})


def _coordinates(point: Point) -> dict[str, Any]:
    """A point, its numbers as exact strings."""
    groups = {"multiplicities": list(point.multiplicities)} if point.multiplicities else {}
    return {
        "n": point.n,
        "families": {name: list(map(typeset.plain, entries)) for name, entries in point.families.items()},
        "lambda": typeset.plain(point.inverse_temperature),
        "indices": dict(point.indices),
        "scalars": {name: typeset.plain(number) for name, number in point.scalars.items()},
        "subsets": {name: sorted(classes) for name, classes in point.subsets.items()},
        **groups,
    }
