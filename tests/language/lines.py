"""Random lines of the claim language, written as text by its grammar."""

from __future__ import annotations

from hypothesis import strategies as st

letters = st.sampled_from("ijkl")
families = st.sampled_from(["z", "y", "w", "p"])
numbers = st.sampled_from(["0", "1", "2", "17", "0.25", "1/3"])
scalars = st.sampled_from(["c", "t", "alpha", "n", "lambda", "T", "Z"])
entries = st.builds("{}[{}]".format, families, letters)
wholes = st.sampled_from(
    ["max(z)", "min(y)", "max(p)", "entropy(p)", "entropy(softmax(w, c))", "kl(p, y)", "logsumexp(w)", "size(A)"]
)
softmaxes = st.builds("softmax(w, {})[{}]".format, st.sampled_from(["c", "lambda", "y[k]", "1/T"]), letters)
deltas = st.builds("delta({}, {})".format, letters, letters)
leaves = numbers | scalars | entries | wholes | softmaxes | deltas

variables = st.sampled_from(["z[i]", "y[j]", "c", "lambda", "T"])
limits = st.sampled_from(["T, 0", "lambda, oo", "c, 0", "y[j], -oo", "t, 2"])


def binders(letter: str) -> st.SearchStrategy[str]:
    """A bound index, or up to three conditions on it."""
    others = st.sampled_from([each for each in "ijkl" if each != letter])
    conditions = st.sampled_from([" in A", " not in B"]) | others.map(" != {}".format)
    ranges = st.lists(conditions, min_size=1, max_size=3) | st.just([""])
    return ranges.map(lambda several: ", ".join(letter + each for each in several))


def grown(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    extremes = st.sampled_from(["max", "min"])
    over = st.sampled_from(["sum", "prod"])
    return st.one_of(
        st.builds("({} {} {})".format, inside, st.sampled_from("+-*/^"), inside),
        st.builds("{} {} {}".format, leaves, st.sampled_from("+-*/"), inside),
        st.builds("-{}".format, leaves),
        st.builds("({})^{}".format, inside, st.sampled_from(["2", "-1", "(1/2)", "(-3/2)", "0", "c"])),
        st.builds("{}({})".format, st.sampled_from(["exp", "log", "sqrt", "tanh", "abs"]), inside),
        st.builds("{}({}, {})".format, over, inside, letters.flatmap(binders)),
        letters.flatmap(lambda at: st.builds("{}({} + y[{}], {})".format, extremes, inside, st.just(at), binders(at))),
        st.builds("{}({}, {})".format, st.sampled_from(["mean", "var"]), inside, letters),
        st.builds("count({} {} {}, {})".format, inside, comparisons, leaves, letters.flatmap(binders)),
        st.builds("diff({}, {}, {})".format, inside, variables, variables),
        st.builds("limit({}, {})".format, inside, limits),
    )


comparisons = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
hypotheses = st.one_of(
    st.sampled_from(["n >= 3", "n == 2", "c > 0", "A == argmax(y)", "B == argmin(z)", "sum(y[k], k) == 1"]),
    st.sampled_from(["i != j", "i == j", "i in A", "j not in B", "y[k] > 0", "all(z[i] > z[k], k != i)"]),
    st.sampled_from(["all(y[k] >= 0, k in A)", "z[i] == max(z)", "i != 1"]),
)


def expressions() -> st.SearchStrategy[str]:
    """Expressions as text."""
    return st.recursive(leaves, grown, max_leaves=8)


def claims() -> st.SearchStrategy[str]:
    """Claims as text, with i and j free in the relation."""
    relations = st.builds("{} + z[i]*y[j] {} {}".format, expressions(), comparisons, expressions())
    given = st.lists(hypotheses, max_size=3).map(", ".join)
    return st.builds(lambda relation, each: f"{relation} given {each}" if each else relation, relations, given)
