"""The command line: list, show, derive, check.

    python -m symbolic list
    python -m symbolic show NAME [--latex | --markdown]
    python -m symbolic derive 'EXPR'
    python -m symbolic check [NAME]

Exit codes: 0 if all went well, 1 if a line of a derivation fails, 2 for input that cannot be read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from symbolic.language.errors import SymbolicError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except SymbolicError as problem:
        print(problem, file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m symbolic", description="Softmax for any number of classes.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    listed = commands.add_parser("list", help="the results, one line each")
    listed.set_defaults(run=_list)

    shown = commands.add_parser("show", help="a result with its derivation, and what breaks it")
    shown.add_argument("name")
    form = shown.add_mutually_exclusive_group()
    form.add_argument("--latex", action="store_true", help="the derivation as LaTeX source")
    form.add_argument("--markdown", action="store_true", help="the result as Markdown")
    shown.set_defaults(run=_show)

    derived = commands.add_parser("derive", help="the value of an expression, with a checked derivation")
    derived.add_argument("expr", metavar="EXPR", help="for example: diff(entropy(p), lambda)")
    derived.set_defaults(run=_derive)

    checked = commands.add_parser("check", help="replay the derivations; exit code 1 if a line fails")
    checked.add_argument("name", nargs="?", help="one result; all of them if left out")
    checked.set_defaults(run=_check)
    return parser


def _list(options: argparse.Namespace) -> int:
    from symbolic.language.prose import in_plain
    from symbolic.results import all_results

    results = all_results()
    width = max(len(result.name) for result in results)
    for result in results:
        print(f"{result.name:<{width}}  {in_plain(result.title)}")
    return 0


def _show(options: argparse.Namespace) -> int:
    from symbolic.results import find

    result = find(options.name)
    if options.latex:
        print(result.derivation.latex())
    elif options.markdown:
        print(result.markdown())
    else:
        print(result)
    return 0


def _derive(options: argparse.Namespace) -> int:
    from symbolic.derive import derive
    from symbolic.language.parser import parse_expression

    print(derive(parse_expression(options.expr)))
    return 0


def _check(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from symbolic.derivation import DerivationError
    from symbolic.results import all_results, find

    results = [find(options.name)] if options.name else all_results()
    failed = 0
    for result in tqdm(results, unit="result", leave=False, disable=not sys.stderr.isatty()):
        try:
            result.check()
        except DerivationError as problem:
            failed += 1
            tqdm.write(f"FAILED   {result.name}: {problem}")
        else:
            tqdm.write(f"checked  {result.name}")
    print(f"{len(results) - failed} results checked, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
