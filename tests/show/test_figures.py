"""The figures: their numbers against plain loops in 50 digits, their drawing as XML."""

import base64
import hashlib
import math
import os
import re
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Rational, Symbol, oo

from symbolic.show.figures import (
    Axis,
    Figure,
    bars,
    convergence,
    exp_normalise,
    gumbel,
    jacobian_at_low_temperature,
    jacobian_heatmap,
    logistic,
    portfolio,
    portfolio_bars,
    red_bus,
    sharp,
    simplex_path,
    simplex_rays,
    two_level,
    winner_share,
)

SVG = "{http://www.w3.org/2000/svg}"

FIGURES = {
    "simplex": simplex_path([2, 1, 0]),
    "simplex, tie": simplex_path([1, 1, 0]),
    "simplex, lower right": simplex_path([0, 1.5, 2]),
    "bars": bars([2, 1, 0]),
    "exp_normalise": exp_normalise([2, 1, -1]),
    "heatmap": jacobian_heatmap([2, 1, 0]),
    "heatmap, negative lambda": jacobian_heatmap([3, 2, 1, 0.5, 0, -1, -2, 2.5], lam=-1),
    "logistic": logistic(),
    "to infinity": convergence([2, 1, 0], to=math.inf),
    "to zero": convergence([2, 1, 0], to=0),
    "to zero, tie": convergence([2, 2, 0], to=0),
    "low temperature": jacobian_at_low_temperature(),
    "rays": simplex_rays(),
    "winner": winner_share(),
    "sharp": sharp(),
    "two level": two_level(),
    "red bus": red_bus(),
    "gumbel": gumbel([2, 1, 0]),
    "portfolio": portfolio([0, 1, 2]),
    "portfolio bars": portfolio_bars([0, 1, 2]),
}
every_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)


def parsed(figure: Figure) -> ElementTree.Element:
    return ElementTree.fromstring(figure.svg)


def words(figure: Figure) -> list[str]:
    return ["".join(text.itertext()) for text in parsed(figure).iter(f"{SVG}text")]


def softmax(z, T):
    """p in 50 digits, by plain loops; T = oo and T = 0 as the limits they stand for."""
    if math.isinf(T):
        return [mpmath.mpf(1) / len(z)] * len(z)
    if T == 0:
        top = [x for x in z if x == max(z)]
        return [mpmath.mpf(x == max(z)) / len(top) for x in z]
    w = [mpmath.exp(mpmath.mpf(x) / mpmath.mpf(T)) for x in z]
    return [x / sum(w) for x in w]


def jacobian(z, lam):
    """Row by row, from the definition of the derivative's closed form, in 50 digits."""
    p = softmax(z, 1 / mpmath.mpf(lam))
    return [[lam * a * ((i == j) - b) for j, b in enumerate(p)] for i, a in enumerate(p)]


@pytest.fixture(autouse=True)
def fifty_digits():
    with mpmath.workdps(50):
        yield


def close(shown, true, within=1e-12):
    return len(shown) == len(true) and all(
        abs(a - b) <= within * max(abs(b), mpmath.mpf(1) / 10**9) for a, b in zip(shown, true, strict=True)
    )


# The numbers


@pytest.mark.parametrize("z", [(2, 1, 0), (1, 1, 0), (0, 0, 0), (-3, 0.5, 2)])
def test_the_path_is_softmax_from_the_middle_to_its_limit(z):
    data = simplex_path(z).data
    for marked in ("", "path_"):
        rows = zip(*(data[f"{marked}p{k}"] for k in (1, 2, 3)), strict=True)
        for T, row in zip(data[f"{marked}T"], rows, strict=True):
            assert close(row, softmax(z, T))
    ends = [[data[f"path_p{k}"][end] for k in (1, 2, 3)] for end in (0, -1)]
    assert ends[0] == [1 / 3] * 3
    assert ends[1] == [(x == max(z)) / z.count(max(z)) for x in z]
    assert list(data["path_T"]) == sorted(data["path_T"], reverse=True)


def test_the_path_is_drawn_where_its_numbers_are():
    path = max(parsed(simplex_path([2, 1, 0])).iter(f"{SVG}polyline"), key=lambda e: len(e.get("points")))
    points = path.get("points").split()
    assert points[0] == "195,264.7"  # the centroid of the corners
    assert points[-1] == "195,80"  # the upper corner, p1 = 1
    tied = max(parsed(simplex_path([1, 1, 0])).iter(f"{SVG}polyline"), key=lambda e: len(e.get("points")))
    assert tied.get("points").split()[-1] == "115,218.5"  # half way between the corners 1 and 2


def test_bars_are_softmax_and_as_tall_as_they_say():
    z, temperatures = [2, 1, 0, 0], [math.inf, 3, 1, Fraction(1, 7), 0]
    figure = bars(z, temperatures)
    rows = list(zip(*(figure.data[f"p{k}"] for k in (1, 2, 3, 4)), strict=True))
    assert all(close(row, softmax(z, float(T))) for T, row in zip(temperatures, rows, strict=True))
    heights = [float(box.get("height")) for box in parsed(figure).iter(f"{SVG}rect")][1:]
    assert heights == pytest.approx([80 * p for row in rows for p in row], abs=0.1)


def test_rays_end_where_the_tied_classes_share_by_their_start():
    starts, direction = [(1, 2, 0), (0, 0, 5)], (0, 3, 3)
    data = simplex_rays(starts, direction).data
    ends = list(zip(*(data[f"end_p{k}"] for k in (1, 2, 3)), strict=True))
    for start, end in zip(starts, ends, strict=True):
        far = softmax([y + 40 * x for y, x in zip(start, direction, strict=True)], 1)
        assert end == pytest.approx([float(p) for p in far])


def test_the_winner_takes_all_under_exp_only():
    data = winner_share().data
    for lam, exponential, root in zip(data["lambda"], data["exp"], data["root"], strict=True):
        assert close([exponential], softmax([lam, 2 * lam], 1)[1:])
        one, two = (x + mpmath.sqrt(1 + mpmath.mpf(x) ** 2) for x in (lam, 2 * lam))
        assert close([root], [two / (one + two)])
    assert data["softplus"][-1] == pytest.approx(2 / 3, abs=1e-6)
    assert data["sigma"][-1] == pytest.approx(1 / 2, abs=1e-6)


def test_the_sharp_bounds_hold_and_are_reached_at_one_half():
    data = sharp().data
    for p, variance, divergence, square in zip(*data.values(), strict=True):
        q = mpmath.mpf(p)
        assert close(
            [variance, divergence], [q * (1 - q), mpmath.log(2) + q * mpmath.log(q) + (1 - q) * mpmath.log(1 - q)]
        )
        assert variance <= 1 / 4
        assert divergence >= square
        assert (divergence == square) == (variance == 1 / 4) == (p == 1 / 2)


def test_the_largest_utility_is_each_class_s_as_often_as_softmax_says():
    data = gumbel([2, 1, 0]).data
    for k, share in enumerate(softmax([2, 1, 0], 1), 1):
        rising = data[f"p{k}"]
        assert rising[0] == pytest.approx(0, abs=1e-5)
        assert rising[-1] == pytest.approx(float(share), abs=0.01)
        steps = [(b - a) * 8 for a, b in pairwise(rising)]  # the density is the slope
        between = [(f + g) / 2 for f, g in pairwise(data[f"density{k}"])]
        assert steps == pytest.approx(between, abs=1e-3)
        assert max(data[f"density{k}"]) == pytest.approx(float(share) / math.e)
    assert close(data["peak"], [mpmath.log(mpmath.exp(2) + mpmath.exp(1) + 1)])


def test_two_levels_are_softmax_of_minus_the_energies_and_peak_where_they_should():
    data = two_level().data
    for T, energy, capacity in zip(data["T"], data["energy"], data["capacity"], strict=True):
        assert close([energy], softmax([0, -1], T)[1:])
        assert close([capacity], [energy * (1 - mpmath.mpf(energy)) / mpmath.mpf(T) ** 2], within=1e-9)
    at, height = data["peak"]
    assert height >= max(data["capacity"])
    assert at == pytest.approx(data["T"][data["capacity"].index(max(data["capacity"]))], abs=0.02)


def test_copies_of_a_bus_take_the_car_s_share():
    assert red_bus(4).data["car"] == pytest.approx([float(softmax([0] * (1 + m), 1)[0]) for m in (1, 2, 3, 4)])


@pytest.mark.parametrize("z", [(0, 1, 2), (0.05, -0.1, 0, 0.07)])
def test_the_portfolio_is_softmax_in_time_and_its_mean_return_never_falls(z):
    data = portfolio(z, until=10).data
    names = [f"p{k}" for k in range(1, len(z) + 1)]
    for lam, mean, *row in zip(data["lambda"], data["mean"], *(data[p] for p in names), strict=True):
        shares = softmax([lam * rate for rate in z], 1)
        assert close(row, shares)
        assert mean == pytest.approx(float(sum(p * rate for p, rate in zip(shares, z, strict=True))))
    assert list(data["mean"]) == sorted(data["mean"])
    bars_shown = portfolio_bars(z, [0, 10]).data
    assert [bars_shown[p][-1] for p in names] == pytest.approx([data[p][-1] for p in names])


@pytest.mark.parametrize("lam", [1, 2, -1.5, 0])
def test_exponentiate_then_normalise(lam):
    z = [1, 0.5, -2, 1]
    data = exp_normalise(z, lam).data
    w = [mpmath.exp(lam * mpmath.mpf(x)) for x in z]
    assert close(data["w"], w)
    assert close(data["p"], [x / sum(w) for x in w])


@pytest.mark.parametrize("lam", [1, 3, -2])
@pytest.mark.parametrize("z", [(2, 1, 0), (0, 0), (1, -1, 1, 0.25), (30, 0, -30)])
def test_the_heatmap_is_the_jacobian_and_its_rows_sum_to_0(z, lam):
    figure = jacobian_heatmap(z, lam)
    rows = [figure.data[f"row{i}"] for i in range(1, len(z) + 1)]
    for shown, true in zip(rows, jacobian(z, lam), strict=True):
        assert close(shown, true, within=1e-9)
        assert sum(shown) == pytest.approx(0, abs=1e-12)
    for i, j in ((i, j) for i in range(len(z)) for j in range(len(z))):
        slope = mpmath.diff(
            lambda t, i=i, j=j: softmax([x + t * (k == j) for k, x in enumerate(z)], 1 / mpmath.mpf(lam))[i],
            0,
        )
        assert abs(slope - rows[i][j]) < 1e-12


def test_a_single_class_and_lambda_0_have_a_jacobian_without_signs():
    for figure in (jacobian_heatmap([5]), jacobian_heatmap([5, 1], lam=0)):
        assert not [word for word in words(figure) if re.fullmatch(r"[+−]\d.*", word)]
        assert all(entry == 0 for row in figure.data.values() for entry in row)


def test_an_entry_too_small_to_print_keeps_its_sign():
    assert Counter(words(jacobian_heatmap([1000, 0, -1000]))) >= Counter({"+0.000": 3, "−0.000": 6})


def test_the_logistic_curve_and_its_slope():
    data = logistic().data
    true = [1 / (1 + mpmath.exp(-mpmath.mpf(x))) for x in data["x"]]
    assert close(data["sigma"], true)
    assert close(data["slope"], [mpmath.diff(lambda t: 1 / (1 + mpmath.exp(-t)), x) for x in data["x"]], 1e-9)
    assert max(data["slope"]) == data["slope"][data["x"].index(0)] == 0.25


@pytest.mark.parametrize(("z", "slope"), [((2, 1, 0), -2), ((1, 0), -3), ((0, 5, 5, 1), -2), ((0.01, 0, 0), -2)])
def test_to_infinity_the_distance_falls_like_1_over_T_and_the_remainder_faster(z, slope):
    figure = convergence(z, to=oo)
    n, mean = len(z), mpmath.fsum(map(mpmath.mpf, z)) / len(z)
    for T, distance, remainder in zip(*figure.data.values(), strict=True):
        p = softmax(z, T)
        assert abs(max(abs(q - mpmath.mpf(1) / n) for q in p) - distance) < 1e-14
        left = [q - mpmath.mpf(1) / n - (mpmath.mpf(x) - mean) / (n * mpmath.mpf(T)) for q, x in zip(p, z, strict=True)]
        assert abs(max(map(abs, left)) - remainder) < 1e-14
    assert {"slope −1", f"slope −{-slope}"} <= set(words(figure))


@pytest.mark.parametrize("z", [(2, 1, 0), (2, 2, 0), (0, 3, 3, 3, 1), (1000, 999.5), (1, -1000)])
def test_to_zero_the_distance_falls_like_exp_of_minus_lambda_gap(z):
    data = convergence(z, to=0).data
    k, top = z.count(max(z)), z.index(max(z))
    gap = max(z) - max(x for x in z if x < max(z))
    for lam, distance, line in zip(*data.values(), strict=True):
        with mpmath.workdps(80):
            p = softmax(z, 1 / mpmath.mpf(lam) if lam else math.inf)[top]
            assert close([distance, line], [mpmath.mpf(1) / k - p, mpmath.exp(-mpmath.mpf(lam) * gap)])
    assert data["distance"][-1] < 1e-5
    assert math.log(data["distance"][-1] / data["distance"][-5]) == pytest.approx(-1, abs=0.01)


def test_at_low_temperature_the_jacobian_vanishes_but_between_tied_classes():
    data = jacobian_at_low_temperature((3, 1, 0), (0, 2, 2)).data
    for lam, alone, inside, outside in zip(*data.values(), strict=True):
        one = [abs(v) for row in jacobian((3, 1, 0), lam) for v in row]
        two = jacobian((0, 2, 2), lam)
        assert abs(max(one) - alone) < 1e-12
        assert abs(max(abs(two[i][j]) for i in (1, 2) for j in (1, 2)) - inside) < 1e-12
        assert abs(max(abs(two[i][j]) for i in range(3) for j in range(3) if 0 in (i, j)) - outside) < 1e-12
    assert data["unique"][-1] < 1e-20
    assert data["elsewhere"][-1] < 1e-20
    assert data["tied"][-1] == pytest.approx(data["lambda"][-1] / 4)


# The drawing


@every_figure
def test_it_is_a_small_accessible_drawing_on_its_own_ground(figure):
    root = parsed(figure)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("aria-label") == figure.title
    assert [child.tag for child in root][:3] == [f"{SVG}title", f"{SVG}desc", f"{SVG}rect"]
    assert root[0].text == figure.title
    assert root[2].get("fill") == "white"
    assert (root[2].get("width"), root[2].get("height")) == (root.get("width"), root.get("height"))
    assert 480 <= int(root.get("width")) <= 640
    assert len(figure.svg.encode()) < 13_000


@every_figure
def test_it_needs_nothing_from_outside_and_no_script(figure):
    for text in (figure.svg, figure.html):
        assert not re.search(r"<script|\son\w+=|href|<foreignObject|@import", text)
    assert set(re.findall(r"url\((.*?)\)", figure.svg)) <= {"#hatched-minus"}
    assert "http" not in figure.svg.replace("http://www.w3.org/2000/svg", "")


@every_figure
def test_everything_is_inside_and_no_text_is_empty(figure):
    root = parsed(figure)
    width, height = int(root.get("width")), int(root.get("height"))
    for text in root.iter(f"{SVG}text"):
        assert 0 < float(text.get("x")) < width
        assert 0 < float(text.get("y")) < height
    for line in root.iter(f"{SVG}polyline"):
        for x, y in (point.split(",") for point in line.get("points").split()):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height
    assert all(words(figure))
    assert "*" not in "".join(words(figure))


@every_figure
def test_numbers_are_rounded(figure):
    assert not re.search(r"\d\.\d{4}|e[-+]\d|\bnan\b|\binf\b", figure.svg)


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("simplex", ["p₁ = 1", "p₂ = 1", "p₃ = 1", "T → ∞", "T = 0.5", "T → 0", "0.67"]),
        ("bars", ["T → ∞", "T = 0.125", "T → 0", "p₁", "1/n", "0.67", "1.00"]),
        ("exp_normalise", ["λz, λ = 1", "w = exp(λz), Z = 10.48", "p = w/Z, sum 1", "λz₁", "−1"]),
        (
            "heatmap",
            ["∂pᵢ/∂zⱼ", "p₁", "z₃", "sum", "+0.223", "−0.163", "0", "pᵢ falls as zⱼ rises"],
        ),
        ("logistic", ["σ = 1/(1 + e⁻ˣ)", "σ′ = σ(1 − σ)", "1/4 at x = 0", "x", "0.25"]),
        ("to infinity", ["T", "10³", "10⁻⁷", "|pᵢ − 1/n|", "slope −1", "slope −2"]),
        ("to zero", ["λ", "10⁻⁶", "1 − pᵢ", "exp(−λ gap),", "gap = 1"]),
        ("to zero, tie", ["|pᵢ − 1/2|", "gap = 2"]),
        ("low temperature", ["λ", "largest |Jᵢⱼ|", "z = (2, 2, 0),", "within the tie → ∞"]),
    ],
)
def test_labels(name, labels):
    assert set(labels) <= set(words(FIGURES[name]))


@pytest.mark.parametrize("name", ["to infinity", "to zero", "to zero, tie", "low temperature", "winner"])
def test_curves_differ_in_their_dashes_not_in_colour_alone(name):
    lines = [e for e in parsed(FIGURES[name]).iter(f"{SVG}polyline") if e.get("stroke-width") == "2"]
    dashes = [line.get("stroke-dasharray") for line in lines]
    assert dashes[::2] == dashes[1::2]  # every curve has a sample beside its label
    assert len(set(dashes[::2])) == len(dashes[::2]) >= 2


@pytest.mark.parametrize("name", ["heatmap", "heatmap, negative lambda"])
def test_signs_are_printed_and_hatched(name):
    figure = FIGURES[name]
    negative = sum(entry < 0 for row in figure.data.values() for entry in row)
    hatched = [box for box in parsed(figure).iter(f"{SVG}rect") if "hatched" in box.get("fill")]
    assert len(hatched) == negative + 1  # and once in the key
    assert sum(word.startswith("−0.") for word in words(figure)) == negative
    assert sum(word.startswith("+0.") for word in words(figure)) == len(figure.data) ** 2 - negative


@given(lo=st.floats(-1e4, 1e4), width=st.floats(1e-3, 1e5))
def test_ticks_are_few_round_and_in_the_frame(lo, width):
    ticks = Axis(lo, lo + width, 0, 100).ticks()
    assert 3 <= len(ticks) <= 10
    assert all(-0.01 <= at <= 100.01 for at, _ in ticks)


def test_ticks_of_a_logarithmic_axis_are_powers_of_ten():
    words = [word for _, word in Axis(1e-11, 10, 0, 100, log=True).ticks()]
    assert words == ["10⁻¹¹", "10⁻⁹", "10⁻⁷", "10⁻⁵", "10⁻³", "10⁻¹", "10¹"]
    assert Axis(0.1, 100, 0, 90, log=True).ticks()[:2] == [(0, "10⁻¹"), (30, "1")]


# In a notebook


@every_figure
def test_a_notebook_shows_the_svg_as_an_image(figure):
    assert figure._repr_svg_() == figure.svg
    (code,) = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)" alt="[^"]+">', figure._repr_html_())
    assert base64.b64decode(code).decode() == figure.svg
    assert repr(figure) == f"Figure(title={figure.title!r})"


def test_the_slider_has_a_stop_for_each_panel_and_hides_without_css():
    page = bars([2, 1, 0], [math.inf, 2, 1, 0]).html
    stop = re.compile(r'<label><input type="radio" name="T"( checked)?>(.*?)</label>')
    assert stop.findall(page) == [("", "T → ∞"), ("", "2"), (" checked", "1"), ("", "T → 0")]
    assert page.count("<img ") == 1
    assert '<form method="dialog" hidden="hidden">' in page
    assert re.findall(r"\((\d)\) :checked\) img\{margin:(-\d+)px 0 0 (-\d+)px", page) == [
        ("1", "-72", "-12"), ("2", "-72", "-404"), ("3", "-72", "-796"), ("4", "-372", "-12"),
    ]  # fmt: skip


DIGEST = """
import hashlib, math
from symbolic.show.figures import *
z = [2, 1, 0]
drawn = [
    simplex_path(z), bars(z), exp_normalise(z), jacobian_heatmap(z), logistic(),
    convergence(z, math.inf), convergence(z, 0), jacobian_at_low_temperature(), simplex_rays(), winner_share(),
    sharp(), two_level(), red_bus(), gumbel(z), portfolio(z), portfolio_bars(z),
]
print(hashlib.sha256("".join(f.svg + f.html + repr(f) for f in drawn).encode()).hexdigest())
"""


def test_the_same_bytes_whatever_the_hash_seed():
    runs = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(runs) == 1
    assert len(runs.pop().strip()) == 2 * hashlib.sha256().digest_size


def test_importing_the_package_does_not_import_the_drawing():
    code = "import symbolic, sys; sys.exit('svg' in sys.modules or 'symbolic.show.figures' in sys.modules)"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0


# What cannot be drawn


def test_numbers_of_every_kind_are_welcome():
    plain = simplex_path([2, 0.5, 0], [math.inf, 1, 0])
    assert simplex_path((Rational(2), Rational(1, 2), -0.0), (oo, Fraction(1), 0)) == plain
    assert simplex_path(iter([2, 0.5, 0]), [math.inf, 1, 0]) == plain


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: bars([]), "z is empty"),
        (lambda: bars([1, math.nan]), "z must lie between"),
        (lambda: bars([1, -math.inf]), "z must lie between"),
        (lambda: bars([1, 2000]), "z must lie between"),
        (lambda: bars("210"), "z must consist of real numbers, not '210'"),
        (lambda: bars(5), "z must consist of real numbers, not 5"),
        (lambda: bars([1, 1j]), "z must consist of real numbers"),
        (lambda: bars([1, Symbol("a")]), "z must consist of real numbers"),
        (lambda: bars([1, 10**400]), "z must consist of real numbers"),
        (lambda: bars(range(7)), "z must have 1 to 6 entries here, not 7"),
        (lambda: bars([1, 0], []), "temperatures is empty"),
        (lambda: bars([1, 0], [1, -1]), "temperatures must be at most 12 numbers from 0 to oo"),
        (lambda: bars([1, 0], [1, math.nan]), "temperatures must lie between"),
        (lambda: bars([1, 0], range(13)), "temperatures must be at most 12"),
        (lambda: simplex_path([1, 0]), "z must have 3 to 3 entries here, not 2"),
        (lambda: simplex_path([1, 0, 0], [-0.5]), "temperatures must be"),
        (lambda: exp_normalise([1, 0], math.inf), "lam must lie between"),
        (lambda: exp_normalise([1, 0], 20), r"lam\*z must lie between -10 and 10"),
        (lambda: jacobian_heatmap([1, 0], math.nan), "lam must lie between"),
        (lambda: jacobian_heatmap([1, 0], "1"), "lam must consist of real numbers"),
        (lambda: jacobian_heatmap(range(9)), "z must have 1 to 8 entries here, not 9"),
        (lambda: convergence([1, 0], 1), "to must be oo or 0, not 1"),
        (lambda: convergence([1, 0], -math.inf), "to must be oo or 0"),
        (lambda: convergence([1], 0), "z must have 2 to 8 entries"),
        (lambda: convergence([1, 1], 0), "z must have entries 1/1000 or more below"),
        (lambda: convergence([1, 1 - 1e-9], math.inf), "z must have entries 1/1000 or more below"),
        (lambda: simplex_rays([]), "starts must be 1 to 6"),
        (lambda: simplex_rays(direction=[1, 1, 1]), "z must have entries 1/1000"),
        (lambda: red_bus(0), "copies must be 1 to 8"),
        (lambda: gumbel([1]), "z"),
        (lambda: portfolio([1, 1]), "z must have entries 1/1000"),
        (lambda: portfolio([1, 0], 0), "until must be 1/1000 or more"),
        (lambda: portfolio_bars([1, 0], [-1]), "times must be at most 12"),
        (lambda: jacobian_at_low_temperature((1, 1, 0)), "unique must have one largest entry"),
        (lambda: jacobian_at_low_temperature(tied=(2, 1, 0)), "unique must have one largest entry"),
        (lambda: jacobian_at_low_temperature(tied=(2, 2)), "tied must have 3 to 4 entries"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()


entries = st.one_of(st.integers(-1000, 1000), st.floats(-1000, 1000), st.sampled_from([0, 1, 1e-300]))
temperature = st.one_of(st.floats(0), st.sampled_from([0, 5e-324, 1e308, math.inf]))


@settings(max_examples=60, deadline=None)
@given(
    z=st.lists(entries, max_size=8),
    other=st.lists(entries, max_size=4),
    lam=st.floats(-1000, 1000),
    Ts=st.lists(temperature, min_size=1, max_size=12),
)
def test_whatever_the_numbers_a_drawing_without_nan_or_a_clear_refusal(z, other, lam, Ts):
    tied = [*other, max(other, default=0), max(other, default=0)]
    for draw in (
        lambda: simplex_path(z[:3], Ts),
        lambda: bars(z, Ts),
        lambda: exp_normalise(z, lam / 1000),
        lambda: jacobian_heatmap(z, lam),
        lambda: convergence(z, to=0),
        lambda: convergence(z, to=math.inf),
        lambda: jacobian_at_low_temperature(other, tied),
        lambda: simplex_rays([z[:3]], other[:3]),
        lambda: portfolio(z, lam),
        lambda: portfolio_bars(z, Ts),
    ):
        text = drawn_or_refused(draw)
        ElementTree.fromstring(text)
        assert not re.search(r"\b(nan|inf)\b", text)


def drawn_or_refused(draw):
    try:
        return draw().svg
    except ValueError as refusal:
        message = str(refusal)
    assert re.match(r"\S+ (is empty|must (be|have|lie|consist))\b", message)
    return "<refused/>"
