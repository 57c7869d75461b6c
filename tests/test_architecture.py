"""Imports point one way, and what decides keeps to sound means: read off the source itself."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "symbolic"
MODULES = sorted(PACKAGE.rglob("*.py"))

LANGUAGE = {"language"}
FORM = {
    "deadline",
    "search.form",
    "search.limits",
    "search.order",
    "language.claims",
    "language.errors",
    "language.names",
    "language.notation",
}
POINTS = LANGUAGE | {"deadline", "points"}
SEARCHING = POINTS | {"kernel", "search"}
DERIVING = SEARCHING | {"derivation"}
SHOWING = DERIVING | {"answers", "deriving", "results", "show", "statements"}
EVERYTHING = SHOWING | {"coq", "course", "workers"}

# room, or module -> what it may import
MAY_IMPORT = {
    "language": LANGUAGE,
    "kernel": {"kernel"},
    "clock": set(),
    "deadline": {"clock"},
    "points": POINTS,
    "search": SEARCHING,
    "search.form": FORM,
    "search.limits": FORM,
    "search.order": FORM,
    "search.tidy": {"kernel"},
    "search.simplex": {"deadline"},
    "derivation": DERIVING,
    "deriving": DERIVING
    | {"results", "show.narration", "show.value_reasons"},  # to name those that have what it cannot derive
    "results": DERIVING | {"results"},
    "course": SHOWING | {"course", "workers"},
    "course.proving": LANGUAGE | {"coq", "course.asking"},
    "statements": {"language.errors"},
    "workers": {"language"},
    "answers": DERIVING | {"deriving", "show.explain", "show.narration", "show.verdict_notes"},
    "coq": SEARCHING | {"coq", "results"},
    "coq.statements": LANGUAGE | {"results"},
    "coq.coqc": LANGUAGE,
    "show": SHOWING,
    "show.catalogue": set(),
    "show.guide": LANGUAGE,
    "show.ledger_entries": SHOWING | {"coq.theorems"},
    "show.limit_reasons": set(),
    "show.prompt": LANGUAGE | {"__main__", "answers", "show.catalogue"},
    "show.reasons": {"kernel", "search.tidy"},
    "show.sources": {"language.errors"},
    "show.value_reasons": LANGUAGE,
    "__init__": EVERYTHING,
    "__main__": EVERYTHING | {""},  # the version
}

# SymPy's conveniences that are wrong without saying so, each on some expression of ours.
UNSOUND = {"simplify", "nsimplify", "limit", "Limit", "gruntz", "doit", "evalf", "N", "n", "equals"}


def name(path: Path) -> str:
    """symbolic/search/form/moments.py is `search.form.moments`, the package itself `__init__`."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def within(module: str, parts: set[str]) -> bool:
    return any(module == part or module.startswith(f"{part}.") for part in parts)


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """(module, name) of all that is imported anywhere in the tree; a whole module has no name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are absolute here"
            yield from ((node.module or "", alias.name) for alias in node.names)


def imported_of_ours(tree: ast.AST) -> Iterator[str]:
    """The modules of the package that the tree imports, as `search.form.moments`."""
    for module, what in imported(tree):
        if module.split(".")[0] == "symbolic":
            full = f"{module}.{what}" if is_module(f"{module}.{what}") else module
            yield full.removeprefix("symbolic").removeprefix(".")


def is_module(dotted: str) -> bool:
    path = PACKAGE.parent.joinpath(*dotted.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


def wrong_imports(module: str, source: str) -> list[str]:
    return [m for m in imported_of_ours(ast.parse(source)) if not within(m, MAY_IMPORT[part_of(module)])]


def part_of(module: str) -> str:
    """The row that a module belongs to: `search.form` has one of its own."""
    part = ".".join(module.split(".")[:2])
    return part if part in MAY_IMPORT else module.split(".")[0]


def called(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=function) | ast.Attribute(attr=function):
                    yield function, node


def says(call: ast.Call, option: str) -> bool:
    """Whether the call has option=True."""
    return any(k.arg == option and isinstance(k.value, ast.Constant) and k.value.value is True for k in call.keywords)


def untrustworthy(source: str) -> Iterator[str]:
    """What must not stand in code that decides."""
    tree = ast.parse(source)
    for module, what in imported(tree):
        if what == "*" or (what in UNSOUND and within(module, {"sympy"})):
            yield f"from {module} import {what}"
    for function, call in called(tree):
        if function in UNSOUND and isinstance(call.func, ast.Attribute):
            yield f"line {call.lineno}: {function}"
        if says(call, "force"):
            yield f"line {call.lineno}: force=True"
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            yield f"line {node.lineno}: assert"


def libraries(source: str) -> set[str]:
    """Whatever is imported that is neither ours nor Python's own."""
    found = {module.split(".")[0] for module, _ in imported(ast.parse(source))}
    return found - sys.stdlib_module_names - {"symbolic"}


def executing(source: str) -> list[str]:
    """Calls that would run text as code: SymPy's `sympify` and `S` do it too, unless strict."""
    # SymPy's classes have an eval of their own, re has a compile: only bare names are Python's
    calls = called(ast.parse(source))
    return [
        f"line {call.lineno}: {function}"
        for function, call in calls
        if (function in {"eval", "exec", "compile"} and isinstance(call.func, ast.Name))
        or (function in {"sympify", "S", "parse_expr"} and not says(call, "strict"))
    ]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_one_way(path: Path) -> None:
    part = part_of(name(path))
    assert part in MAY_IMPORT, f"say here what {part} may import"
    assert wrong_imports(name(path), path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_runs_text_as_code(path: Path) -> None:
    assert executing(path.read_text("utf-8")) == []


def defined(source: str) -> set[str]:
    """The functions and classes of a module."""
    body = ast.parse(source).body
    return {each.name for each in body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_is_named_like_its_function(path: Path) -> None:
    """Where it is, `from room import word` is one or the other by the order of imports."""
    assert path.stem not in defined(path.read_text("utf-8"))


def test_a_module_named_like_its_function_would_be_seen() -> None:
    assert "check" in defined("def check(claim): ...")


DECIDERS = [
    path
    for path in MODULES
    if within(name(path), {"kernel", "search.form", "search.limits", "search.order", "points"} - {"points.concrete"})
]


@pytest.mark.parametrize("path", DECIDERS, ids=name)
def test_what_decides_uses_nothing_unsound(path: Path) -> None:
    assert list(untrustworthy(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("search/[flo]*/*.py")), ids=name)
def test_the_normal_forms_rest_on_sympy_alone(path: Path) -> None:
    assert libraries(path.read_text("utf-8")) <= {"sympy"}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("search.form.moments", "from symbolic.language.typeset import latex"),
        ("search.form.moments", "from symbolic.language import parser"),
        ("search.form.moments", "def late():\n    import symbolic.points.refute"),
        ("kernel.signs", "import symbolic"),
        ("kernel.signs", "from symbolic.language import claim"),
        ("kernel.signs", "from symbolic.search import derivations"),
        ("points.evaluate", "from symbolic.search.form.equality import equal"),
        ("points.refute", "from symbolic import kernel"),
        ("derivation", "from symbolic.results import jacobian"),
        ("language.claims", "from symbolic.search.decision import decide"),
    ],
)
def test_a_wrong_import_is_seen(module: str, source: str) -> None:
    assert wrong_imports(module, source)


@pytest.mark.parametrize(
    "source",
    [
        "assert x",
        "from sympy import *",
        "from sympy import simplify",
        "s.doit()",
        "sympy.limit(f, x, 0)",
        "expand(f, force=True)",
        "a.equals(b)",
    ],
)
def test_an_untrustworthy_line_is_seen(source: str) -> None:
    assert list(untrustworthy(source))


@pytest.mark.parametrize("source", ["eval(t)", "exec(t)", "sympify(t)", "S(t)", "sympy.sympify(t, strict=False)"])
def test_text_run_as_code_is_seen(source: str) -> None:
    assert executing(source)


def test_importing_the_package_loads_sympy_and_nothing_else() -> None:
    """No parser, no solver, no Jupyter: the reader of one formula should not wait for them."""
    program = """
import sys, sympy
before = set(sys.modules)
import symbolic
print(*set(sys.modules) - before)
"""
    command = [sys.executable, "-c", program]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = {module.split(".")[0] for module in answer.stdout.split()}
    assert loaded - sys.stdlib_module_names - {"sympy"} == {"symbolic"}
