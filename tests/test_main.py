"""The command line as it is used, from the outside; and what importing the package costs."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter

import pytest

import symbolic
from symbolic.results import all_results

ROOT = Path(__file__).parent.parent


def run(*arguments: str, hash_seed: str = "0") -> subprocess.CompletedProcess[str]:
    """python -m symbolic ..."""
    return subprocess.run(
        [sys.executable, "-m", "symbolic", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"},
    )


# --- what it prints ------------------------------------------------------------------------------


def test_list_has_one_line_a_result() -> None:
    done = run("list")
    assert done.returncode == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [result.name for result in all_results()]
    assert all(len(line.split()) > 2 for line in lines)


def test_show_writes_plain_text_latex_and_markdown() -> None:
    text, latex, markdown = (run("show", "softmax_jacobian", *form) for form in ([], ["--latex"], ["--markdown"]))
    assert (text.returncode, latex.returncode, markdown.returncode) == (0, 0, 0)
    assert "diff(p[i], z[j])" in text.stdout
    assert latex.stdout.startswith("\\begin{aligned}")
    assert "\\frac{\\partial p_{i}}{\\partial z_{j}}" in latex.stdout
    assert "$$" in markdown.stdout


def test_derive_ends_in_the_readable_form() -> None:
    done = run("derive", "diff(p[i], z[j])")
    assert done.returncode == 0
    first, *_, last = done.stdout.splitlines()
    assert first == "diff(p[i], z[j])"
    assert last.split("  ")[1].strip() == "= lambda*p[i]*(delta(i, j) - p[j])"


def test_each_claim_of_a_chain_is_derived() -> None:
    done = run("derive", "0 < p[i] < 1 given n >= 2")
    assert done.returncode == 0
    assert [line for line in done.stdout.splitlines() if "given" in line] == [
        "0 < p[i] given n >= 2",
        "p[i] < 1 given n >= 2",
    ]


def test_derive_prints_the_same_in_every_order_of_sets() -> None:
    one, two = (run("derive", "diff(entropy(p), lambda)", hash_seed=seed).stdout for seed in "12")
    assert one == two != ""


def test_check_replays_a_derivation() -> None:
    done = run("check", "softmax_sum1")
    assert done.returncode == 0
    assert "softmax_sum1" in done.stdout
    assert done.stderr == ""  # the progress bar is for terminals


def test_what_check_writes_the_kernel_accepts_where_no_package_is_installed() -> None:
    written = run("check", "free_energy_concave", "--json")
    assert written.returncode == 0
    kernel = [sys.executable, "-S", "-m", "symbolic.kernel", "-"]
    done = subprocess.run(kernel, input=written.stdout, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "1 accepted")
    broken = written.stdout.replace('"op": "<="', '"op": "<"')
    done = subprocess.run(kernel, input=broken, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "1 refused")


def test_check_fails_at_a_wrong_line() -> None:
    program = """
import sys
from dataclasses import replace
from sympy import Integer
from symbolic import results
from symbolic.__main__ import main

damaged = results.find("softmax_sum1")
*lines, last = damaged.derivation.lines
lines.append(replace(last, expr=Integer(2)))
wrong = replace(damaged, derivation=replace(damaged.derivation, lines=tuple(lines)))
results.find = lambda name: wrong
sys.exit(main(["check", "softmax_sum1"]))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 1, done.stderr
    assert "FAILED" in done.stdout
    assert "1 failed" in done.stdout


# --- input that cannot be read -------------------------------------------------------------------

BAD: list[tuple[list[str], str]] = [
    (["derive", "diff(p[i], z[j]"], "    diff(p[i], z[j]\n                   ^"),
    (["derive", "lamda*p[i]"], "`lamda` is not known: did you mean `lambda`?\n    lamda*p[i]\n    ^"),
    (["derive", ""], "expected an expression"),
    (["derive", "p[i] < 1 > 2"], "    p[i] < 1 > 2\n             ^"),
    (["derive", "__import__('os').getcwd()"], "^"),
    (["derive", "2^(10^9)"], "this power is too large"),
    (["derive", "(" * 100_001], "a line has at most 100000 characters"),
    (["derive", "exp(" * 200 + "c" + ")" * 200], "levels are nested"),
    (["derive", "1/(c - c)"], "nowhere defined"),
    (["show", "softmax_jacobain"], "softmax_jacobian"),
    (["show", "nonsense"], "nonsense"),
    (["check", "nonsense"], "nonsense"),
    (["show", "softmax_jacobian", "--latex", "--markdown"], "not allowed with"),
    (["show"], "required"),
    (["frobnicate"], "invalid choice"),
    ([], "required"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=lambda each: " ".join(each)[:40])
def test_bad_input_is_exit_2_and_a_message(arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_stops_reading_is_no_error() -> None:
    command = f"{sys.executable} -m symbolic list | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["list"], ["show", "softmax_sum1"], ["verify", "p[i] > 0"]], ids=" ".join)
def test_a_reader_that_never_reads_is_no_error(command: list[str]) -> None:
    """What is printed may wait in a buffer until the very end."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "symbolic", *command], stdout=writer, stderr=subprocess.PIPE, cwd=ROOT, env=environment
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


# --- the package ---------------------------------------------------------------------------------


def test_every_public_name_is_there() -> None:
    assert [name for name in symbolic.__all__ if not hasattr(symbolic, name)] == []
    assert dir(symbolic) == sorted(symbolic.__all__)
    with pytest.raises(AttributeError, match="no attribute 'simplify'"):
        _ = symbolic.simplify


def test_a_module_does_not_hide_the_function_of_its_name() -> None:
    program = (
        "import symbolic.show.verdict_notes; from symbolic import show; print(show is symbolic.show, callable(show))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.split() == ["True", "True"]


def test_importing_the_package_loads_no_parser_and_no_results() -> None:
    program = "import sys, symbolic; print([m for m in sys.modules if m.startswith(('lark', 'sympy', 'symbolic.'))])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_importing_the_package_costs_no_more_than_sympy() -> None:
    """1.15 times `import sympy` at most; the best of some runs of each."""

    def seconds(name: str) -> float:
        started = perf_counter()
        subprocess.run([sys.executable, "-c", f"import {name}"], check=True, cwd=ROOT)
        return perf_counter() - started

    ours, theirs = (min(seconds(name) for _ in range(5)) for name in ("symbolic", "sympy"))
    assert ours < 1.15 * theirs


def test_derive_without_an_answer_says_so_and_takes_hypotheses() -> None:
    none, some = run("derive", "sum(p[k]^2, k)"), run("derive", "diff(p[i], z[j]) given i != j")
    assert (none.returncode, none.stdout) == (3, "")
    assert "no answer" in none.stderr
    assert "-> 1/n" in run("derive", "limit(p[i], T, oo)").stdout
    assert some.returncode == 0
    assert "= -lambda*p[i]*p[j]" in some.stdout


def test_derive_shows_inequalities_too() -> None:
    shown, false, open_ = map(partial(run, "derive"), ("entropy(p) <= log(n)", "p[i] < 1", "limit(p[i], T, 0) < 2"))
    assert shown.returncode == 0
    assert shown.stdout.splitlines()[0] == "entropy(p) <= log(n)"
    assert shown.stdout.splitlines()[-1].split()[:2] == [">=", "0"]
    assert (false.returncode, false.stdout) == (1, "")
    assert "refuted at n = 1" in false.stderr
    assert (open_.returncode, open_.stdout) == (3, "")
    assert "no answer" in open_.stderr


@pytest.mark.parametrize("package", ["sympy", "lark"])
@pytest.mark.parametrize(
    "arguments",
    [["verify", "p[i] <= 1"], ["show", "softmax_sum1", "--latex"], ["derive", "p[i]"]],
    ids=lambda each: each[0],
)
def test_a_missing_package_is_named(package: str, arguments: list[str]) -> None:
    program = f"""
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == {package!r}:
            raise ModuleNotFoundError("No module named " + repr(name), name=name)
sys.meta_path.insert(0, Blocked())
from symbolic.__main__ import main
sys.exit(main({arguments!r}))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{package} is not installed" in done.stderr
    assert f"pip install {package}" in done.stderr


# --- what is found and asked ---------------------------------------------------------------------


def test_list_finds_words_in_names_titles_and_formulas() -> None:
    done = run("list", "jacobian", "symmetric")
    assert done.stdout == "jacobian_sym: the Jacobian is symmetric\n    diff(p[i], z[j]) == diff(p[j], z[i])\n"
    assert run("list", "nothing-like-that").returncode == 2


def test_show_offers_what_has_the_word() -> None:
    done = run("show", "jacobian")
    assert done.returncode == 2
    assert done.stderr.splitlines()[1].startswith("softmax_jacobian: ")


def test_finding_and_showing_do_without_any_package() -> None:
    for command in (["list", "tie"], ["show", "softmax_sum1"], ["list"]):
        bare = [sys.executable, "-S", "-m", "symbolic", *command]
        assert subprocess.run(bare, capture_output=True, text=True, cwd=ROOT).stdout == run(*command).stdout != ""


def test_help_and_version() -> None:
    assert run("help").stdout.startswith("usage: ")
    assert "WORD" in run("help", "list").stdout
    assert run("--version").stdout == f"symbolic {symbolic.__version__}\n"


def test_ask_answers_line_after_line() -> None:
    lines = "p[i] < 1\n\nshow\np[\nshow softmax_sum1\nderive diff(p[i], z[j])\n"
    done = subprocess.run(
        [sys.executable, "-m", "symbolic", "ask"], input=lines, capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0
    first, second = done.stdout.splitlines()[:2]
    assert (first, second.split(" at ")[0]) == ("p[i] < 1", "  refuted")
    assert "the probabilities sum to 1" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].lstrip().startswith("= lambda*p[i]*(delta(i, j) - p[j])")
    assert "required: name" in done.stderr


def test_ask_at_a_terminal_has_a_prompt_and_ends_when_told(tmp_path: Path) -> None:
    pexpect = import_module("pexpect")  # comes with IPython
    env = {**os.environ, "HOME": str(tmp_path), "TERM": "dumb"}
    terminal = pexpect.spawn(sys.executable, ["-m", "symbolic", "ask"], cwd=str(ROOT), env=env, timeout=60)
    for typed, told in (("p[i] < 1", "refuted at"), ("sum(p[k], k) == 1", "proved"), ("exit", pexpect.EOF)):
        terminal.expect("softmax> ")
        terminal.sendline(typed)
        terminal.expect(told)
    terminal.close()
    assert terminal.exitstatus == 0
    assert "p[i] < 1" in (tmp_path / ".symbolic_history").read_text("utf-8")


@pytest.mark.parametrize(
    ("line", "words"),
    [("symbolic ver", {"verify"}), ("symbolic show softmax_j", {"softmax_jacobian"}), ("symbolic list --", {"--help"})],
)
def test_the_shell_completes_commands_and_names(line: str, words: set[str], tmp_path: Path) -> None:
    """As bash asks: the line in the environment, and a file for the answer."""
    answer = tmp_path / "words"
    asked = {"_ARGCOMPLETE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line)), "_ARGCOMPLETE_IFS": "\n"}
    env = {**os.environ, **asked, "_ARGCOMPLETE_STDOUT_FILENAME": str(answer)}
    subprocess.run([sys.executable, "-m", "symbolic"], cwd=ROOT, env=env, check=True, timeout=60)
    assert words <= {word.strip() for word in answer.read_text("utf-8").split("\n")}
