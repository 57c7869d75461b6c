"""Goals of Coq as formulas: what is read, and that nothing is shown of what is not."""

import pytest

from symbolic.coq.formulas import formula

READ = [
    ("softmax lambda z i / softmax lambda z j = 1", r"\frac{p_{i}}{p_{j}} = 1"),
    ("softmax 1 w i <> 0", r"\operatorname{softmax}(1, w)_{i} \ne 0"),
    ("a - (b - c) = a - b - c", r"a - \left(b - c\right) = a - b - c"),
    ("a * (b + c) ^ 2", r"a {\left(b + c\right)}^{2}"),
    ("- (a + b) * / c", r"-\left(a + b\right) \left(1 / c\right)"),
    ("(\\sum_(k < n | k != i) z k) + 1 = INR n", r"\left(\sum_{k \ne i} z_{k}\right) + 1 = n"),
    ("\\sum_(k < n) (\\sum_(l < n) z0 k * z l)", r"\sum_{k} \sum_{l} z_{0, k} z_{l}"),
    ("forall k : 'I_n, 0 <= z k -> a /\\ b", r"\forall k:\; 0 \le z_{k} \;\Rightarrow\; a \land b"),
    ("~ (forall (n : nat) (i : 'I_n), a <-> b)", r"\lnot \left(\forall n, i:\; a \;\Leftrightarrow\; b\right)"),
    ("(a -> b) -> c", r"\left(a \;\Rightarrow\; b\right) \;\Rightarrow\; c"),
    ("is_partial (partition lambda) z j (ln x)", r"\frac{\partial}{\partial z_{j}} Z = \log x"),
    ("filterlim (fun l : R => rest l z i) (Rbar_locally m_infty) (locally 1)",
     r"\lim_{l \to -\infty} \mathrm{rest}(l, z, i) = 1"),
    ("(0 < n)%N", "0 < n"),
    ("winner_max", r"\mathrm{winner\_max}"),
    ("count (fun k => z k =? vmax z) <> 0", r"\#\left\{k : z_{k} = \max z\right\} \ne 0"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "latex"), READ)
def test_it_is_read_by_the_levels_of_coq(text: str, latex: str) -> None:
    assert formula(text) == latex


@pytest.mark.parametrize(
    "text", ["", "a +", "(a", "a)", "[eta f]", "let x := 1 in x", "\\sum_(k < n", "count P", "{x | a}", "a , b", "= a"]
)  # fmt: skip
def test_what_is_not_read_is_not_shown(text: str) -> None:
    assert formula(text) == ""


@pytest.mark.parametrize(("text", "latex"), READ)
def test_its_braces_close(text: str, latex: str) -> None:
    bare = latex.replace(r"\{", "").replace(r"\}", "")
    assert bare.count("{") == bare.count("}")
    assert latex.count(r"\left") == latex.count(r"\right")
