"""What is true has a derivation that the kernel accepts by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from symbolic.kernel import check
from symbolic.language.claims import Claim, Proved
from symbolic.language.notation import Limit
from symbolic.language.parser import parse_claim
from symbolic.language.proof import Proof
from symbolic.language.typeset import plain
from symbolic.search.decision import decide
from symbolic.search.derivations import at_once, guessed, known

ROOT = Path(__file__).parents[1]
CLAIMS = Path(__file__).parent / "claims"
KNOWN = ROOT / "symbolic" / "search" / "known.jsonl"
SHARES = {"==": 0.97, "order": 0.95, "limit": 0.95}  # of the claims that are listed as true, at least


def column(name: str) -> list[str]:
    rows = (CLAIMS / name).read_text("utf-8").splitlines()
    return [row.split("\t")[0] for row in rows if row and not row.startswith("#")]


def kind_of(claim: Claim) -> str:
    return "limit" if claim.lhs.has(Limit) or claim.rhs.has(Limit) else "==" if claim.op == "==" else "order"


KINDS = {plain(each): kind_of(each) for each in map(parse_claim, column("true.tsv"))}


def test_what_has_no_derivation_is_listed_and_nothing_else() -> None:
    missing = {line for line in KINDS if known(line) is None}
    listed = {plain(parse_claim(line)) for line in column("without_derivation.tsv")}
    assert missing == listed, "run `make derivations`; list what has none, with the reason, in without_derivation.tsv"


@pytest.mark.parametrize("kind", SHARES)
def test_most_of_what_is_true_has_a_derivation(kind: str) -> None:
    lines = [line for line, its in KINDS.items() if its == kind]
    assert sum(known(line) is not None for line in lines) >= SHARES[kind] * len(lines)


ALONE = """
import sys
class Blocked:
    def find_spec(self, name, *rest):
        if name.split(".")[0] in ("symbolic", "sympy") and name.split(".")[1:2] not in ([], ["kernel"]):
            raise ImportError(name)
sys.meta_path.insert(0, Blocked())
from symbolic.kernel.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def test_the_kernel_accepts_all_of_them_where_nothing_else_can_be_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-c", ALONE, KNOWN], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-500:]
    assert done.stdout.splitlines()[-1] == f"{len(KNOWN.read_text('utf-8').splitlines())} accepted"


def test_a_verdict_carries_its_derivation() -> None:
    verdict = decide(parse_claim("p[i] < 1 given n >= 2"))
    assert isinstance(verdict, Proved)
    assert verdict.derivation is not None
    assert verdict.rests_on == ()
    assert Proof.of(json.loads(json.dumps(verdict.derivation.record()))) == verdict.derivation


def test_a_sign_that_is_visible_needs_no_guess() -> None:
    for line in "softmax(w, c)[i] > 0", "(z[i] - z[j])*(p[i] - p[j]) >= 0", "x[i] - y[j] < 0 given x[k] < 0, y[k] > 0":
        found = at_once(parse_claim(line))
        assert found is not None
        check(found.claim, found.tree)
    assert at_once(parse_claim("softmax(w, c)[i] >= 1")) is None


@pytest.mark.parametrize(
    "line",
    [
        "p[i]*(1 - p[i]) <= lambda/4 given lambda >= 1",
        "c*d <= 1 given c >= 0, d >= 0, c + d <= 2",
        "c^3 >= 8 given c >= 2",
    ],
)
def test_sums_of_products_of_what_is_not_negative_are_found(line: str) -> None:
    """Hypotheses, shares and squares, multiplied and added with rational weights."""
    found = guessed(parse_claim(line))
    assert found is not None
    check(found.claim, found.tree)


def test_what_exact_numbers_decide_has_its_derivation_too() -> None:
    verdict = decide(parse_claim("softmax(z)[2] > 0.7 given n == 3, z[1] == 5, z[2] == 8, z[3] == 7"))
    assert isinstance(verdict, Proved)
    assert verdict.derivation is not None
    assert verdict.rests_on == ()


def test_a_proof_without_one_says_what_it_rests_on() -> None:
    verdict = decide(parse_claim("limit(entropy(p), lambda, oo) == 0 given all(z[i] > z[k], k != i)"))
    assert isinstance(verdict, Proved)
    assert verdict.derivation is None
    assert verdict.rests_on == ("the search alone",)


def test_a_record_of_another_schema_is_no_derivation() -> None:
    with pytest.raises(ValueError, match="schema 1"):
        Proof.of({"schema": 2, "claim": "1 == 1", "proof": {"line": []}})


def test_classes_that_are_counted_get_a_name() -> None:
    many = "count(z[k] == max(z), k)"
    proof = guessed(parse_claim(f"max(z) + log({many})/lambda <= log(Z)/lambda"))
    assert proof is not None
    assert proof.tree["of"] == many
    assert guessed(parse_claim(f"max(z) + 2*log({many})/lambda <= log(Z)/lambda")) is None
