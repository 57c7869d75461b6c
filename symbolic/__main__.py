"""The command line: list, show, derive, check, verify, certify, exercise, game, steps, progress, assign, and so on.

    python -m symbolic list [WORD ...]
    python -m symbolic show NAME [--latex | --markdown]
    python -m symbolic derive 'EXPR or CLAIM [given HYPOTHESES]'
    python -m symbolic check [NAME] [--json]
    python -m symbolic verify 'CLAIM' [--explain] [--seconds S]
    python -m symbolic verify --json FILE [--notes] [--seconds S] [--jobs N]
    python -m symbolic certify 'CLAIM' ... [--json] [--write FILE] [--seconds S] [--jobs N]
    python -m symbolic exercise [ID [ANSWER]] [--hint | --solution]
    python -m symbolic game [LEVEL [ANSWER]] [--hint]
    python -m symbolic steps FILE [--hint]
    python -m symbolic progress [--export FILE] [--import FILE]
    python -m symbolic assign ID ... --write FILE [--title TITLE] [--teacher]
    python -m symbolic exam --seed N [--questions N] [--solutions] [--write FILE]
    python -m symbolic grade FOLDER --exercises ID ... --out FOLDER [--jobs N] [--gradebook FILE]
    python -m symbolic ask
    python -m symbolic help [COMMAND | language]

Installed, the command is also called `symbolic`; it completes its words after
`eval "$(register-python-argcomplete symbolic)"`.

Exit codes: 0 if all went well, 1 if a line of a derivation fails or a claim is refuted, 2 for input that cannot
be read or a package that is missing, 3 if a claim is neither proved nor refuted, or gets no certificate, or what is
to be derived no derivation.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from math import isfinite
from time import monotonic
from typing import TYPE_CHECKING, Any, NoReturn

from symbolic import __version__
from symbolic.language.errors import NotProved, SymbolicError
from symbolic.show.catalogue import Entry, entries, named, nearest, search

if TYPE_CHECKING:
    from symbolic.language.claims import Claim

EXIT_CODES = {"proved": 0, "refuted": 1, "invalid": 2, "unknown": 3, "vacuous": 4}
INTERRUPTED = 130
NEEDED = ("sympy", "lark")  # without which nothing can be read

VERIFY = """\
The verdict on a claim about softmax for every number of classes, and the exit code:

  proved   0   it holds for all n >= 1, all lambda > 0 and all else that satisfies the hypotheses;
           4   so it does, but vacuously: no point satisfies them with both sides defined
  refuted  1   here is an exact counterexample
  invalid  2   the line cannot be read: where, and what was expected there
  unknown  3   neither was found, and why

With --json, one claim a line is read; blank lines, and lines that begin with #, are skipped. One JSON object a line
is written, in the order of the claims and as soon as it is decided; the exit code is 2 if a line is invalid, else 0.
"""
CERTIFY = """\
The claims as theorems that Coq has checked, and the exit code:

  certified      0   Coq has accepted the theorem, for all n, on the axioms of its real numbers alone
  not certified  3   no proof is found: why is said; with --all, if proofs/uncertified.tsv does not say the same

The theorem is printed from the claim, and says that it holds wherever both sides are defined. Its proof is one tactic
of proofs/certificate.v for an equality, and for an inequality or a limit its derivation, line by line in the tactics of
proofs/order.v and proofs/limits.v. The file that is written is one for coqc: coqc -R proofs Softmax FILE.
"""
EXAMPLES = """\
examples:
  python -m symbolic verify 'diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])'
  python -m symbolic verify 'diff(p[i], z[j]) < 0 given i != j' --explain
  python -m symbolic verify 'limit(p[i], T, 0) == 1/count(z[k] == max(z), k) given z[i] == max(z)'
  python -m symbolic verify '\\frac{\\partial p_i}{\\partial z_j} < 0 \\text{ given } i \\neq j'
  python -m symbolic verify --json claims.txt --jobs 4 > verdicts.jsonl

expressions:
  1/2, 0.25, e, pi, + - * / ^, exp log sqrt tanh sinh cosh abs sigmoid softplus logit relu, max(x, 0), min(x, y, 2)
  n, lambda, T = 1/lambda, Z, scalars c, alpha; z[i], z[1]; oo or inf alone, where a limit is taken or what it is
  sum prod max min (e, k)   k can be  k != i, k in A, k not in A;   mean var (e, k) under p;   count(z[k] == max(z), k)
  delta(i, j), softmax(w)[i], softmax(w, c)[i], log_softmax(w)[i], logsumexp(w), entropy(p), kl(p, y), size(A)
  cross_entropy(y, p), diff(e, z[j]), limit(e, T, 0), limit(e, x, 0, right) or left
  a family can be an expression, entry by entry: softmax(z/T)[i], max(z - w), mean(z^2), sum(p*log(p))
claims:
  e == e, also != < <= > >=;   0 < p[i] <= 1;   z[i] == z[j] iff p[i] == p[j]
  diff(L, z[j]) == lambda*(p[j] - y[j]) where L = cross_entropy(y, p), ... given sum(y[k], k) == 1, ...
  softmax(s)[i] > 0 where s[k] = w[k]*x + b[k]
hypotheses:
  sum(y[k], k) == 1, z[i] > z[j], n >= 3, i != j, i in A, A == argmax(z), all(z[i] > z[k], k != i)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    parser = _parser()
    if "_ARGCOMPLETE" in os.environ:
        from argcomplete import autocomplete

        autocomplete(parser)
    options = parser.parse_args([*map(_guarded, sys.argv[1:] if arguments is None else arguments)])
    missing = [each for each in NEEDED if not _is_there(each)]
    if missing and options.run not in (_list, _show):  # which look for themselves
        return _report_missing(missing)
    try:
        code = int(options.run(options))
        print(end="", flush=True)  # a reader who has gone is noticed here, not when Python ends
        return code
    except SymbolicError as problem:
        print(problem, file=sys.stderr)
        return 2
    except OSError as problem:
        return _broken_off(problem)
    except ModuleNotFoundError as problem:
        return _report_missing([str(problem.name)])
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


def _is_there(package: str) -> bool:
    """Whether a package can be imported; it is not imported: what forks processes stays small."""
    try:
        return find_spec(package) is not None
    except (ImportError, ValueError):
        return False


def _report_missing(packages: Sequence[str]) -> int:
    names = " and ".join(packages)
    many = "are" if len(packages) > 1 else "is"
    print(
        f"{names} {many} not installed for {sys.executable}: python -m pip install {' '.join(packages)}",
        file=sys.stderr,
    )
    return 2


def _broken_off(problem: OSError) -> int:
    """A reader who has had enough is no error; what can be neither read nor written is."""
    if isinstance(problem, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is still to be flushed
        return 0
    print(f"{problem.filename or 'the input or the output'}: {problem.strerror or problem}", file=sys.stderr)
    return 2


# --- what it takes -------------------------------------------------------------------------------

OPTION = re.compile(r"-h|--[a-z]+(=[^=].*)?", re.DOTALL)
GUARD = "\0"  # which no argument can contain


def _guarded(argument: str) -> str:
    """A claim may begin with a minus sign, which argparse would take for an option."""
    return GUARD + argument if argument[1:] and argument[0] == "-" and not OPTION.fullmatch(argument) else argument


def _text(argument: str) -> str:
    return argument.removeprefix(GUARD)


def _seconds(argument: str) -> float:
    try:
        seconds = float(_text(argument))
    except ValueError:
        seconds = 0
    if not (isfinite(seconds) and seconds > 0):
        raise argparse.ArgumentTypeError(f"expected a number of seconds > 0, not {_text(argument)!r}")
    return seconds


def _jobs(argument: str) -> int:
    jobs = int(argument) if re.fullmatch("[0-9]{1,3}", argument) else 0
    if not 1 <= jobs <= 256:
        raise argparse.ArgumentTypeError(f"expected a number of processes from 1 to 256, not {_text(argument)!r}")
    return jobs


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(message.replace(GUARD, ""))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog=_called(), description="Softmax for any number of classes.")
    parser.add_argument("--version", action="version", version=f"symbolic {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    listed = commands.add_parser("list", help="the results, or those that have all of some words")
    listed.add_argument("words", metavar="WORD", nargs="*", type=_text, help="in a name, a title or a formula")
    listed.add_argument("--all", action="store_true", help="all collected statements, with what exists of each")
    listed.set_defaults(run=_list)

    shown = commands.add_parser("show", help="a result with its derivation, and what breaks it")
    name = shown.add_argument("name", type=_text, help="as `list` prints it, or a word of it")
    name.completer = _names  # type: ignore[attr-defined]  # argcomplete looks there, argparse does not declare it
    form = shown.add_mutually_exclusive_group()
    form.add_argument("--latex", action="store_true", help="the derivation as LaTeX source")
    form.add_argument("--markdown", action="store_true", help="the result as Markdown")
    shown.set_defaults(run=_show)

    derived = commands.add_parser("derive", help="the value of an expression, or a claim, with a checked derivation")
    derived.add_argument(
        "asked", metavar="EXPR", type=_text, help="such as: diff(p[i], z[j]) given i != j; entropy(p) <= log(n)"
    )
    derived.set_defaults(run=_derive)

    checked = commands.add_parser("check", help="replay the derivations; exit code 1 if a line fails")
    checked.add_argument("name", nargs="?", help="one result; all of them if left out")
    checked.add_argument("--json", action="store_true", help="a JSON object a line, with the derivation")
    checked.set_defaults(run=_check)

    _add_verify(
        commands.add_parser(
            "verify",
            help="the verdict on a claim: proved, refuted with a counterexample, or unknown",
            description=VERIFY,
            epilog=EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    _add_certify(
        commands.add_parser(
            "certify",
            help="claims as theorems that Coq has checked",
            description=CERTIFY,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    _add_exercise(commands.add_parser("exercise", help="an exercise, and what is said of your answer to it"))
    played = commands.add_parser("game", help="twenty levels, each opened by those before it")
    played.add_argument("level", nargs="?", type=int, help="its number; all of them if left out")
    played.add_argument("answer", nargs="?", type=_text, help="in quotes")
    played.add_argument("--hint", action="store_true", help="the next hint")
    played.set_defaults(run=_game)
    stepped = commands.add_parser("steps", help="a derivation of your own, judged line by line")
    stepped.add_argument("file", type=_text, help="its lines; - for standard input")
    stepped.add_argument("--hint", action="store_true", help="the next line too")
    stepped.set_defaults(run=_steps)
    kept = commands.add_parser("progress", help="the exercises that you have done")
    kept.add_argument("--export", metavar="FILE", type=_text, help="write them to a file")
    kept.add_argument("--import", metavar="FILE", type=_text, dest="other", help="take over what is better in a file")
    kept.set_defaults(run=_progress)
    assigned = commands.add_parser("assign", help="a notebook that asks exercises")
    assigned.add_argument("exercises", nargs="+", type=_text, help="ids such as 02-3, or notebooks such as 02")
    assigned.add_argument("--write", metavar="FILE", type=_text, required=True, help="the notebook")
    assigned.add_argument("--title", type=_text, default="Exercises", help="its title")
    assigned.add_argument("--teacher", action="store_true", help="with the answers, the solutions and the slips")
    assigned.set_defaults(run=_assign)
    graded = commands.add_parser("grade", help="submitted notebooks, graded as data")
    graded.add_argument("folder", type=_text, help="with STUDENT.ipynb, or STUDENT/.../ANY.ipynb")
    graded.add_argument(
        "--exercises", metavar="ID", nargs="+", type=_text, required=True, help="ids, notebooks, or an assignment.ipynb"
    )
    graded.add_argument(
        "--out", metavar="FOLDER", type=_text, required=True, help="for grades.csv, slips.csv, feedback/"
    )
    graded.add_argument("--jobs", metavar="N", type=_jobs, default=1, help="processes that work on it (1)")
    graded.add_argument("--gradebook", metavar="FILE", type=_text, help="nbgrader's, to be told the points as well")
    graded.set_defaults(run=_grade)
    drawn = commands.add_parser("exam", help="a sheet of questions from a seed, each checked before it is printed")
    drawn.add_argument("--seed", metavar="N", type=int, required=True, help="the same seed gives the same sheet")
    drawn.add_argument("--questions", metavar="N", type=int, default=8, help="how many (8)")
    drawn.add_argument("--solutions", action="store_true", help="with the answers, and the slips for the marker")
    drawn.add_argument("--write", metavar="FILE", type=_text, help="it ends in .md, .ipynb or .pdf")
    drawn.set_defaults(run=_exam)
    asked = commands.add_parser("ask", help="claims at a prompt, with history and completion")
    asked.add_argument("--seconds", metavar="S", type=_seconds, default=10.0, help="for each claim (10)")
    asked.set_defaults(run=_ask)

    helped = commands.add_parser("help", help="what a command takes; the claim language")
    helped.add_argument("command", nargs="?", choices=[*commands.choices, "language"], help="a command, or language")
    helped.set_defaults(run=lambda options: _help(parser, commands.choices, options.command))
    return parser


def _called() -> str:
    return "symbolic" if os.path.basename(sys.argv[0]) == "symbolic" else "python -m symbolic"


def _names(**_: Any) -> list[str]:
    """For completion."""
    return [each.name for each in entries()]


def _help(parser: argparse.ArgumentParser, commands: Mapping[str, argparse.ArgumentParser], word: str | None) -> int:
    if word == "language":
        from symbolic.language.reference import text

        print(text())
    else:
        commands.get(word or "", parser).print_help()
    return 0


def _add_verify(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("claim", metavar="CLAIM", nargs="?", type=_text, help="a line of the claim language, in quotes")
    source.add_argument("--json", metavar="FILE", type=_text, help="claims from a file, or from standard input for -")
    parser.add_argument("--seconds", metavar="S", type=_seconds, default=10.0, help="for each claim (10)")
    parser.add_argument("--jobs", metavar="N", type=_jobs, default=1, help="processes that work on the claims (1)")
    parser.add_argument("--explain", action="store_true", help="show what a proof consists of")
    parser.add_argument("--notes", action="store_true", help="with --json: how a claim may not say what was meant")
    parser.set_defaults(run=_verify)


def _add_exercise(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", help="such as 02-3, or of a notebook such as 02; all of them if left out")
    parser.add_argument("answer", nargs="?", type=_text, help="an expression, in quotes; or what the exercise asks for")
    parser.add_argument("--hint", action="store_true", help="the next hint")
    parser.add_argument("--solution", action="store_true", help="the solution, and the slips that are known")
    parser.set_defaults(run=_exercise)


def _add_certify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("claims", metavar="CLAIM", nargs="*", type=_text, help="lines of the claim language, in quotes")
    parser.add_argument("--all", action="store_true", help="the claims of the corpus, tests/claims/true.tsv")
    parser.add_argument("--json", action="store_true", help="a JSON object a line: the derivation, and its theorem")
    parser.add_argument("--write", metavar="FILE", type=_text, help="write the theorems that Coq accepts to a file")
    parser.add_argument("--seconds", metavar="S", type=_seconds, default=20.0, help="for each proof (20)")
    parser.add_argument("--jobs", metavar="N", type=_jobs, default=1, help="processes of Coq (1)")
    parser.set_defaults(run=_certify)


# --- what it does --------------------------------------------------------------------------------


def _list(options: argparse.Namespace) -> int:
    if options.all:
        return _list_all()
    if options.words:
        return _list_found(options.words)
    width = max(len(each.name) for each in entries())
    for each in entries():
        print(f"{each.name:<{width}}  {each.title}")
    return 0


def _list_found(words: Sequence[str]) -> int:
    found = search(words)
    if not found:
        print(f"no result has {' and '.join(map(repr, words))}: `{_called()} list` lists them all", file=sys.stderr)
        return 2
    print(_offered(found))
    return 0


def _offered(found: Sequence[Entry]) -> str:
    return "\n".join(f"{each.name}: {each.title}\n    {each.formula}" for each in found)


def _list_all() -> int:
    from symbolic.show.ledger_entries import ledger, line, summary

    entries = []
    for entry in ledger():
        entries.append(entry)
        print(line(entry), flush=True)
    print(f"\n{summary(entries)}")
    return 0


def _show(options: argparse.Namespace) -> int:
    entry = named(options.name)
    if entry is None:
        return _show_none(options.name)
    if not (options.latex or options.markdown):
        print(entry.text)
        return 0
    from symbolic.results import find

    result = find(options.name)
    print(result.derivation.latex() if options.latex else result.markdown())
    return 0


def _show_none(name: str) -> int:
    """What may have been meant."""
    if found := search([name]):
        print(f"no result is called {name!r}; those that have it:\n{_offered(found)}", file=sys.stderr)
    elif near := [each for other in nearest(name) if (each := named(other))]:
        print(f"no result is called {name!r}; did you mean\n{_offered(near)}", file=sys.stderr)
    else:
        print(f"no result is called {name!r}: `{_called()} list` lists them all", file=sys.stderr)
    return 2


def _derive(options: argparse.Namespace) -> int:
    from symbolic.deriving import NoAnswer, derive

    try:
        for each in _asked(options.asked):
            print(derive(each))
    except NotProved as refuted:
        print(refuted, file=sys.stderr)
        return EXIT_CODES["refuted"]
    except NoAnswer as problem:
        print(f"no answer: {problem}", file=sys.stderr)
        return EXIT_CODES["unknown"]
    return 0


def _asked(line: str) -> Sequence[Claim | str]:
    """The claims of a line that makes several; else the line, which may be an expression."""
    from symbolic.language.errors import SyntaxErrorInClaim
    from symbolic.language.parser import parse_claims

    try:
        claims = parse_claims(line)
    except SyntaxErrorInClaim:
        return [line]
    return claims if len(claims) > 1 else [line]


def _check(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from symbolic.derivation import DerivationError
    from symbolic.language.typeset import plain
    from symbolic.results import all_results, find

    results = [find(options.name)] if options.name else all_results()
    failed = alone = 0
    for result in tqdm(results, unit="result", leave=False, disable=not sys.stderr.isatty()):
        record: dict[str, Any] = {"result": result.name, "claim": plain(result.claim)}
        try:
            proof = result.check()
        except DerivationError as problem:
            failed += 1
            said, record["failed"] = f"FAILED   {result.name}: {problem}", str(problem)
        else:
            alone += proof is None
            said = f"checked  {result.name}"
            record |= {"rests_on": ["the search alone"]} if proof is None else {"derivation": proof.record()}
        tqdm.write(json.dumps(record) if options.json else said)
    if not options.json:
        resting = f", {alone} of them by the search alone" if alone else ""
        print(f"{len(results) - failed} results checked{resting}, {failed} failed")
    return 1 if failed else 0


def _verify(options: argparse.Namespace) -> int:
    if options.json is None:
        return _verify_one(options.claim, options.seconds, options.explain)
    if options.json == "-":
        return _verify_stream(0, options)
    with open(options.json, "rb") as file:
        return _verify_stream(file.fileno(), options)


def _verify_one(claim: str, seconds: float, explain: bool) -> int:
    from symbolic.workers import Lines, Task, replies

    def work(line: str) -> dict[str, Any]:
        from symbolic.answers import answer, as_record

        found = answer(line, seconds)
        told = found.explain(seconds) if explain else str(found)
        record = as_record(found, 0)
        return {"verdict": "vacuous" if record.get("vacuous") else record["verdict"], "text": told}

    def failed(line: str, reason: str, seconds: float) -> dict[str, Any]:
        return {"verdict": "unknown", "text": f"{line}\n  unknown: {reason}"}

    # a process that holds all that is needed takes long to fork and to end: only the one that decides loads it
    load = partial(import_module, "symbolic.answers")
    (reply,) = replies(Lines.of(claim), Task(work, failed, seconds, prepare=load))
    code = EXIT_CODES[reply["verdict"]]
    print(reply["text"], file=sys.stderr if code == 2 else sys.stdout)
    return code


def _verify_stream(descriptor: int, options: argparse.Namespace) -> int:
    """One JSON object a line."""
    from symbolic.answers import Answer, answer, as_record
    from symbolic.language.claims import Unknown
    from symbolic.workers import Lines, Task, replies

    def work(line: str) -> dict[str, Any]:
        started = monotonic()
        found = answer(line, options.seconds, options.notes)
        record = as_record(found, monotonic() - started)
        return record | ({"explanation": found.explain(options.seconds)} if options.explain else {})

    def failed(line: str, reason: str, seconds: float) -> dict[str, Any]:
        return as_record(Answer(line, Unknown(reason)), seconds)

    code = 0
    task = Task(work, failed, options.seconds, is_final=lambda record: record["verdict"] != "unknown")
    work("p[i] < 1")  # what the workers share is loaded before they are many
    for record in replies(Lines(descriptor), task, options.jobs):
        print(json.dumps(record), flush=True)
        code = 2 if record["verdict"] == "invalid" else code
    return code


def _exercise(options: argparse.Namespace) -> int:
    from symbolic.course.commands import exercise

    return exercise(options.id, options.answer, options.hint, options.solution)


def _game(options: argparse.Namespace) -> int:
    from symbolic.course.commands import game

    return game(options.level, options.answer, options.hint)


def _steps(options: argparse.Namespace) -> int:
    from symbolic.course.commands import steps

    return steps(options.file, options.hint)


def _progress(options: argparse.Namespace) -> int:
    from symbolic.course.commands import progress

    return progress(options.export, options.other)


def _assign(options: argparse.Namespace) -> int:
    from symbolic.course.commands import assign

    return assign(options.exercises, options.write, options.title, options.teacher)


def _grade(options: argparse.Namespace) -> int:
    from symbolic.course.commands import grade

    return grade(options.folder, options.exercises, options.out, options.jobs, options.gradebook)


def _exam(options: argparse.Namespace) -> int:
    from symbolic.course.commands import exam

    return exam(options.seed, options.questions, options.solutions, options.write)


def _ask(options: argparse.Namespace) -> int:
    from symbolic.show.prompt import ask

    return ask(options.seconds)


def _certify(options: argparse.Namespace) -> int:
    from symbolic.coq.certification import certificates, corpus, file, listed, misplaced, table
    from symbolic.language.parser import parse_claims
    from symbolic.language.typeset import plain

    if not (options.claims or options.all):
        raise SymbolicError("a CLAIM is wanted, or --all")
    reasons = listed() if options.all else {}
    lines = [*options.claims, *(corpus() if options.all else [])]
    said = [(line, each) for line in lines for each in parse_claims(line)]
    found = certificates([each for _, each in said], options.seconds, options.jobs)
    for (typed, claim), each in zip(said, found, strict=True):
        line = typed if claim.text else plain(claim)  # of a chain, its link
        if options.json:
            print(json.dumps(each.record()))
        else:
            why = f"not certified  {line}\n    {reasons.get(typed, each.reason)}"
            print(f"certified      {line}" if each.ok else why)
    if not options.json:
        print(table(found))
    if options.write:
        with open(options.write, "w", encoding="utf-8") as output:
            output.write(file(found))
    of_corpus = len(corpus()) if options.all else 0
    asked, wrong = found[: len(found) - of_corpus], misplaced(found[len(found) - of_corpus :])
    print("".join(f"proofs/uncertified.tsv: {each}\n" for each in wrong), end="", file=sys.stderr)
    return 0 if all(each.ok for each in asked) and not wrong else EXIT_CODES["unknown"]


if __name__ == "__main__":
    sys.exit(main())
