"""A limit from one side is a limit at infinity, and is typeset as it was written."""

from __future__ import annotations

import pickle

import pytest

from symbolic.language.errors import SyntaxErrorInClaim
from symbolic.language.parser import parse_claim, parse_expression
from symbolic.language.typeset import latex, plain

CORES = {
    "limit(1/x, x, 0, right)": "limit(1/(1/t), t, oo)",
    "limit(abs(c)/c, c, 0, left)": "limit(-abs(-1/t)/(1/t), t, oo)",
    "limit(abs(x - a), x, a, right)": "limit(abs(a - a + 1/t), t, oo)",
    "limit(t*x, x, 0, right)": "limit(t/s, s, oo)",
    "limit(diff(abs(x), x), x, 0, right)": "limit(-t^2*diff(abs(1/t), t), t, oo)",
    "limit(diff(x*c, x, c), x, 0, left)": "limit(diff(t^2*diff(-1/t*c, t), c), t, oo)",
    "limit(limit(x*y, x, 2) + x, x, 0, right)": "limit(limit(x*y, x, 2) + 1/t, t, oo)",
    "limit(limit(x*y, y, 0, left), x, 0, right)": "limit(limit(-1/t*1/s, t, oo), s, oo)",
    "limit(softmax(w, x)[i], x, 0, right)": "limit(softmax(w, 1/t)[i], t, oo)",
    "limit(p[i], T, 0, right)": "limit(p[i], T, 0)",
}


@pytest.mark.parametrize(("typed", "core"), CORES.items())
def test_it_is_a_limit_at_infinity(typed: str, core: str) -> None:
    read = parse_expression(typed)
    assert plain(read) == plain(parse_expression(core))
    assert parse_expression(latex(read)) == read


def test_it_is_typeset_as_written_and_travels_so() -> None:
    read = parse_claim("limit(abs(c)/c, c, 0, left) == -1")
    assert latex(read) == r"\lim_{c \to 0^-} \frac{\left|c\right|}{c} = -1"
    assert latex(pickle.loads(pickle.dumps(read))) == latex(read)
    assert latex(parse_claim("limit(-abs(-1/t)/(1/t), t, oo) == -1")) != latex(read)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("limit(1/x, x, 0, up) == oo", "expected right or left"),
        ("limit(1/x, x, oo, right) == 0", "there is one side only"),
        ("limit(1/x, x, -oo, left) == 0", "there is one side only"),
        ("limit(1/x, x, x, right) == oo", "the limit point x depends on x"),
        ("limit(p[i], T, 0, left) == 1", "T > 0 comes to 0 from the right"),
        ("limit(p[i], lambda, 1, right) == 1", "has a side at 0 alone"),
        ("limit(z[j], z[j], 0, right) == 0", "in a scalar"),
        ("limit(x[i], x, 0, right) == 0", "`x` is a family"),
        ("limit(1/n, n, 1, right) == 1", "expected a variable"),
        ("limit(sum(abs(x - z[k]), k), x, z[k], right) == 0", "k is bound in the limit"),
        ("limit(diff(x*y, y), x, y, right) == y", "the point of a limit from one side is a number"),
        (r"\lim_{T \to 0^-} p_i = 1", "T > 0 comes to 0 from the right"),
        ("limit(1/x, x, 0, right, left) == 0", "`limit` is used as"),
    ],
)
def test_what_has_no_side_is_refused_with_a_sentence(line: str, said: str) -> None:
    with pytest.raises(SyntaxErrorInClaim, match=said):
        parse_claim(line)
