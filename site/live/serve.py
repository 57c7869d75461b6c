"""What the worker of a page asks of the package: `serve(message)`, a JSON object in, a JSON object out.

    {"kind": "read", "line"}              the line as LaTeX; or what is wrong with it, and where
    {"kind": "ask", "line"}               the record of the answer, and how a notebook shows it
    {"kind": "explain", "line"}           what a proof rests on
    {"kind": "steps", "line"}             an equality step by step
    {"kind": "judge", "exercise", "answer"}  what is said of an answer to an exercise of the course
    {"kind": "run", "source"}             what a cell of a notebook shows

The memory that is loaded has what answers need. What it has not is in two zips of byte code and data, which are fetched
when something of them is asked for: modules by those who import them, data by cells, which may ask for any.
"""

import ast
import contextlib
import importlib
import importlib.machinery
import io
import json
import sys
import traceback

from symbolic.answers import answer, as_record
from symbolic.deadline import OutOfTime, within
from symbolic.deriving import of_claim
from symbolic.language import hypertext, typeset
from symbolic.language.claims import Claims
from symbolic.language.errors import NotationError, SymbolicError, SyntaxErrorInClaim
from symbolic.language.parser import parse_line


class Packed:
    """Finds the modules that are not in memory, in the zips, which are unpacked when one of them is asked for."""

    tops = ("symbolic", "proofs", "sympy", "mpmath", "lark", "svg", "tqdm")
    zips = ["first.zip", "rest.zip"]

    def find_spec(self, name, path=None, target=None):
        """The module's place, once it is there."""
        while name.split(".")[0] in self.tops and self.zips:
            self.unpack(self.zips[0])
            found = importlib.machinery.PathFinder.find_spec(name, path, target)
            if found:
                return found
        return None

    def unpack(self, name):
        """Unpack a zip, unless it is."""
        if name in self.zips:
            import js

            self.zips.remove(name)
            js.unpackZip(name)
            importlib.invalidate_caches()


packed = Packed()
sys.meta_path.append(packed)


def read(line):
    """The line as LaTeX; or what is wrong with it, and where."""
    try:
        with within(3):
            said = parse_line(line)
    except OutOfTime:
        return {"reason": "this takes too long to read", "advice": []}
    except SyntaxErrorInClaim as error:
        return {"reason": error.message, "position": error.position, "advice": list(error.advice)}
    except NotationError as error:
        return {"reason": str(error), "advice": []}
    claims = said.claims if isinstance(said, Claims) else [said]
    return {"latex": [typeset.latex(each) for each in claims]}


def ask(line, seconds):
    """The record of an answer, and how a notebook shows it."""
    said = answer(line, seconds)
    return as_record(said, 0) | {"html": said._repr_html_()}


def explain(line, seconds):
    """What a proof rests on."""
    return {"text": answer(line, seconds, notes=False).explain(seconds)}


def steps(line, seconds):
    """An equality step by step, as HTML; empty if no such steps are found."""
    try:
        said = parse_line(line)
        if isinstance(said, Claims) or said.op != "==":
            return ""
        with within(seconds):
            return of_claim(said, seconds)._repr_html_()
    except (OutOfTime, SymbolicError, RecursionError):
        return ""


def judge(id, answer):
    """What is said of an answer to an exercise."""
    from symbolic.course import judging
    from symbolic.course.exercise_data import exercise

    packed.unpack("first.zip")  # the exercises are data
    said = judging.judge(exercise(id), answer)
    told = "".join(f"<p>{hypertext.in_html(each)}</p>" for each in said.told())
    return {"status": said.status.value, "html": f"<p><strong>{said.status.value.capitalize()}.</strong></p>{told}"}


KINDS = {
    "text/html": "_repr_html_",
    "image/svg+xml": "_repr_svg_",
    "text/markdown": "_repr_markdown_",
    "text/latex": "_repr_latex_",
}


def bundle(shown):
    """What a notebook may show of a value."""
    made = {kind: getattr(shown, method)() for kind, method in KINDS.items() if hasattr(shown, method)}
    return {kind: text for kind, text in made.items() if text} | {"text/plain": repr(shown)}


def run(source):
    """What a cell of a notebook shows."""
    packed.unpack("first.zip")
    shown, printed, error = [], io.StringIO(), ""
    cell["display"] = lambda *values: shown.extend(map(bundle, values))
    try:
        tree = ast.parse(source)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        with contextlib.redirect_stdout(printed):
            exec(compile(tree, "cell", "exec"), cell)
            value = None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), cell)
        if value is not None:
            shown.append(bundle(value))
    except Exception as raised:
        error = "".join(traceback.format_exception_only(raised))
    return {"shown": shown, "printed": printed.getvalue(), "error": error}


cell = {"__name__": "__main__"}


def serve(message):
    """The answer to a message."""
    asked = json.loads(message)
    match asked["kind"]:
        case "read":
            said = read(asked["line"])
        case "ask":
            said = ask(asked["line"], asked.get("seconds", 10))
        case "explain":
            said = explain(asked["line"], asked.get("seconds", 10))
        case "steps":
            said = {"html": steps(asked["line"], asked.get("seconds", 10))}
        case "judge":
            said = judge(asked["exercise"], asked["answer"])
        case "run":
            said = run(asked["source"])
    return json.dumps(said)
