"""Every figure of the collection: small SVG drawings, the same bytes on every run and machine.

    simplex_path(z)                 p in the triangle of three classes as T falls from ∞ to 0
    bars(z)                         p at a row of temperatures, with a slider
    exp_normalise(z)                from logits to exponentials to probabilities
    jacobian_heatmap(z)             the entries λ pᵢ (δᵢⱼ − pⱼ) with their signs
    jacobian_at_low_temperature()   the largest entries as λ grows, with and without a tie
    logistic()                      σ and its slope σ(1 − σ)
    convergence(z, to)              how fast p nears its limit as T → ∞ or T → 0
    simplex_rays()                  p on rays to infinity: where two logits grow side by side, all depends on the start
    winner_share()                  exp and other increasing f: who takes all as λ grows?
    sharp()                         where the bounds of Popoviciu and of Pinsker are reached
    two_level()                     mean energy and heat capacity of two levels as T grows
    red_bus()                       shares of a car and of more and more copies of one bus
    gumbel(z)                       with Gumbel noise: where the largest utility lies, and whose it is
    portfolio(z)                    shares and mean return of growing investments over time
    portfolio_bars(z)               the shares at a row of times, with a slider

Nothing is told by colour alone: signs are printed and hatched, curves are dashed and labelled.
Every function raises ValueError at numbers it cannot draw.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import pairwise
from typing import Literal, SupportsFloat

import svg

__all__ = [
    "Figure", "bars", "convergence", "exp_normalise", "gumbel", "jacobian_at_low_temperature", "jacobian_heatmap",
    "logistic", "portfolio", "portfolio_bars", "red_bus", "sharp", "simplex_path", "simplex_rays", "two_level",
    "winner_share",
]  # fmt: skip

Numbers = Iterable[SupportsFloat]
Vector = tuple[float, ...]
Data = Mapping[str, Vector]
Point = tuple[float, float]
Drawn = list[svg.Element]

WIDTH = 600
INK, GREY, PALE, BLUE, RED = "#1a1a1a", "#595959", "#dddddd", "#0b5c99", "#a83c00"
SOLID, DASHED, DOTTED = (), (8, 5), (2, 4)


@dataclass(frozen=True)
class Figure:
    """A drawing, and the numbers in it by name. A notebook shows it as an image."""

    title: str
    svg: str = field(repr=False)
    data: Data = field(repr=False)
    html: str = field(repr=False)

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return self.html


# Numbers


def _vector(name: str, values: Numbers, most: float = 1000) -> Vector:
    try:
        numbers = tuple(value.__float__() + 0.0 for value in values)
    except (AttributeError, TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} must consist of real numbers, not {values!r}") from None
    if not numbers:
        raise ValueError(f"{name} is empty")
    if not all(abs(x) <= most for x in numbers):
        raise ValueError(f"{name} must lie between -{most} and {most}, not {numbers}")
    return numbers


def _scalar(name: str, value: SupportsFloat, most: float = 1000) -> float:
    return _vector(name, [value], most)[0]


def _logits(z: Numbers, least: int = 1, most: int = 8, name: str = "z") -> Vector:
    numbers = _vector(name, z)
    if not least <= len(numbers) <= most:
        raise ValueError(f"{name} must have {least} to {most} entries here, not {len(numbers)}")
    return numbers


def _temperatures(values: Numbers) -> Vector:
    numbers = _vector("temperatures", values, math.inf)
    if min(numbers) < 0 or len(numbers) > 12:
        raise ValueError(f"temperatures must be at most 12 numbers from 0 to oo, not {numbers}")
    return numbers


def _times(values: Numbers) -> Vector:
    numbers = _vector("times", values)
    if min(numbers) < 0 or len(numbers) > 12:
        raise ValueError(f"times must be at most 12 numbers from 0 on, not {numbers}")
    return numbers


def _tie_and_gap(z: Vector) -> tuple[int, float]:
    """How many entries are the largest, and how far below is the next one."""
    gap = min((max(z) - x for x in z if x < max(z)), default=0.0)
    if gap < 1e-3:
        raise ValueError(f"z must have entries 1/1000 or more below its largest, not {z}")
    return z.count(max(z)), gap


def _softmax(z: Sequence[float], T: float = 1) -> Vector:
    """p at temperature T; at T = 0 its limit, shared by the classes of the largest entry."""
    top = max(z)
    weights = [math.exp((x - top) / T) if T else float(x == top) for x in z]
    return tuple(w / math.fsum(weights) for w in weights)


def _jacobian(z: Vector, lam: float) -> list[Vector]:
    """λ pᵢ (δᵢⱼ − pⱼ), with 1 − pᵢ as the sum of the others: no digits are lost."""
    p = _softmax(tuple(lam * (x - max(z)) for x in z))
    rest = [math.fsum(p[:i] + p[i + 1 :]) for i in range(len(p))]
    return [tuple(lam * p[i] * (rest[i] if i == j else -q) for j, q in enumerate(p)) for i in range(len(p))]


def _columns(name: str, rows: Iterable[Vector]) -> dict[str, Vector]:
    return {f"{name}{k}": column for k, column in enumerate(zip(*rows, strict=True), 1)}


# Words: what stands between two stars is italic


def _number(x: float, digits: int = 2) -> str:
    """Rounded, without trailing zeros; what is too small or too large as 3.1·10⁻⁵."""
    if x and not 0.5 * 10**-digits <= abs(x) < 1e5:
        mantissa, exponent = f"{x:.1e}".split("e")
        return _signs(f"{mantissa}·{_power(int(exponent))}")
    text = f"{x:.{digits}f}"
    return _signs(text.rstrip("0").rstrip(".") if "." in text else text)


def _signs(text: str) -> str:
    return text.replace("-", "\N{MINUS SIGN}")


def _power(k: int) -> str:
    return "10" + str(k).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")) if k else "1"


def _entry(name: str, k: int) -> str:
    return f"*{name}*{chr(ord('₀') + k)}"


def _is(name: str, z: Vector) -> str:
    return f"*{name}* = ({', '.join(map(_number, z))})"


def _temperature(T: float) -> str:
    return f"*T* = {_number(T, 3)}" if 0 < T < math.inf else f"*T* → {0 if T == 0 else '∞'}"


# Drawing


def _px(x: float) -> float:
    """To a tenth of a pixel: the last bit of a float is never drawn."""
    tenths = round(10 * x)
    return tenths / 10 if tenths % 10 else tenths // 10


def _text(x: float, y: float, words: str, anchor: Literal["middle", "end"] | None = None) -> svg.Text:
    parts = [escape(part) for part in words.split("*")]
    parts[1::2] = [svg.TSpan(text=part, font_style="italic").as_str() for part in parts[1::2]]
    text = "".join(parts)
    for small in "ᵢⱼ":  # in most fonts hard to read at the size of the text
        text = text.replace(small, svg.TSpan(text=small, font_size=17).as_str())
    return svg.Text(x=_px(x), y=_px(y), text=text, text_anchor=anchor)


def _line(points: Iterable[Point], colour: str = INK, dash: Sequence[int] = SOLID, width: float = 1) -> svg.Polyline:
    return svg.Polyline(
        points=[svg.Point(_px(x), _px(y)) for x, y in points],
        fill="none",
        stroke=colour,
        stroke_width=width,
        stroke_dasharray=list(dash) or None,
    )


def _rect(x: float, y: float, width: float, height: float) -> svg.Rect:
    return svg.Rect(x=_px(x), y=_px(y), width=_px(width), height=_px(height))


def _dot(x: float, y: float) -> svg.Circle:
    return svg.Circle(cx=_px(x), cy=_px(y), r=3.5, fill="white", stroke=INK, stroke_width=1.5)


def _group(elements: Sequence[svg.Element], **shared: str) -> svg.G:
    """Elements that have attributes in common."""
    extra = {name.replace("_", "-"): value for name, value in shared.items()}
    return svg.G(elements=list(elements), extra=extra)


def _halo(numbers: Drawn) -> svg.G:
    """Numbers that stay readable upon lines."""
    return _group(numbers, stroke="white", stroke_width="3", paint_order="stroke")


def _figure(title: str, seen: str, height: int, drawn: Drawn, data: Data) -> Figure:
    """The drawing on its own white ground, titled, and described for those who do not see it."""
    plain = title.replace("*", "")
    heading = _group([_text(16, 24, title)], font_size=str(min(15, 1100 // len(plain))))
    text = svg.SVG(
        width=WIDTH,
        height=height,
        viewBox=svg.ViewBoxSpec(0, 0, WIDTH, height),
        extra={"role": "img", "aria-label": escape(plain)},
        elements=[
            svg.Title(text=escape(plain)),
            svg.Desc(text=escape(seen)),
            svg.Rect(width=WIDTH, height=height, rx=6, fill="white"),
            _group([heading, *drawn], fill=INK, font_family="sans-serif", font_size="13"),
        ],
    ).as_str()
    code = base64.b64encode(text.encode()).decode()  # untrusted notebooks drop inline SVG
    image = f'<img src="data:image/svg+xml;base64,{code}" alt="{escape(f"{plain}. {seen}")}">'
    return Figure(plain, text, data, image)


# Axes and curves


@dataclass(frozen=True)
class Axis:
    """From the numbers lo..hi to the pixels start..stop, by logarithms if `log`."""

    lo: float
    hi: float
    start: float
    stop: float
    log: bool = False

    def __call__(self, x: float) -> float:
        lo, hi, at = (math.log10(v) if self.log else v for v in (self.lo, self.hi, x))
        return self.start + (self.stop - self.start) * (at - lo) / (hi - lo)

    def ticks(self) -> list[tuple[float, str]]:
        """Where, in pixels, and what they say: powers of ten, or round numbers."""
        if self.log:
            first, last = round(math.log10(self.lo)), round(math.log10(self.hi))
            every = 1 + (last - first) // 8
            return [(self(10.0**k), _power(k)) for k in range(first, last + 1, every)]
        least = (self.hi - self.lo) / 8
        digits = -math.floor(math.log10(least))
        step = next(m * 10.0**-digits for m in (1, 2, 5, 10, 20) if m * 10.0**-digits >= least)
        first, last = math.ceil(self.lo / step - 1e-9), math.floor(self.hi / step + 1e-9)
        return [(self(k * step), _number(k * step, max(0, digits))) for k in range(first, last + 1)]


@dataclass(frozen=True)
class Curve:
    """A line through points, drawn in dashes, and its label, which may have two lines."""

    xs: Vector
    ys: Vector
    label: str
    colour: str = BLUE
    dash: Sequence[int] = SOLID


def _axes(x: Axis, y: Axis, x_name: str, y_name: str) -> Drawn:
    grid = [_line([(x.start, at), (x.stop, at)], PALE) for at, _ in y.ticks()]
    notches = [_line([(at, y.start), (at, y.start + 5)]) for at, _ in x.ticks()]
    corner = _line([(x.start, y.stop), (x.start, y.start), (x.stop, y.start)])
    left = [_text(x.start - 8, at + 4, number, "end") for at, number in y.ticks()]
    below = [_text(at, y.start + 19, number, "middle") for at, number in x.ticks()]
    names = [_text(x.stop + 9, y.start + 4, x_name), _text(x.start - 8, y.stop - 14, y_name)]
    return [*grid, *notches, corner, _group([*left, *below], fill=GREY, font_size="12"), *names]


def _curves(x: Axis, y: Axis, curves: Sequence[Curve]) -> Drawn:
    """Each curve as far as it is in the frame; to its right a sample of the line, and its label."""
    shown = [[(x(a), y(b)) for a, b in zip(c.xs, c.ys, strict=True) if y.lo <= b <= y.hi] for c in curves]
    heights = _apart([points[-1][1] if points else y.start for points in shown], 40, y.start - 32)
    drawn: Drawn = []
    for curve, points, h in zip(curves, shown, heights, strict=True):
        sample = [(x.stop + 12, h), (x.stop + 40, h)]
        drawn += [_line(line, curve.colour, curve.dash, 2) for line in (points, sample)]
        words = enumerate(curve.label.split("\n"))
        drawn += [_text(x.stop + 46, h + 4 + 16 * k, line) for k, line in words]
    return drawn


def _apart(places: Sequence[float], gap: float, most: float) -> list[float]:
    """Near the places and in their order, but a gap apart at least, and none beyond the last."""
    moved = list(places)
    order = sorted(range(len(places)), key=places.__getitem__)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + gap)
    for k in reversed(order):
        moved[k] = min(moved[k], most)
        most = moved[k] - gap
    return moved


# The simplex

CORNERS: Sequence[Point] = ((195, 80), (35, 357), (355, 357))
STOPS = (504, 544, 584)


def simplex_path(z: Numbers, temperatures: Numbers = (math.inf, 4, 2, 1, 0.5, 0)) -> Figure:
    """The path of p = softmax(z/T) in the triangle p₁ + p₂ + p₃ = 1 as T falls from ∞ to 0.

    It leaves the middle (1/3, 1/3, 1/3) and ends in the corner of the largest entry; if two tie,
    in the middle of their edge; if all three do, it stays where it is.

    >>> [round(simplex_path([2, 1, 0]).data[p][-1], 3) for p in ("p1", "p2", "p3")]
    [1.0, 0.0, 0.0]
    >>> simplex_path([1, 1, 0]).data["p1"][-1]
    0.5
    """
    z, marks = _logits(z, 3, 3), _temperatures(temperatures)
    spread = max(z) - min(z) or 1.0
    falling = (math.inf, *(spread * (48 - k) / (2 * k) for k in range(1, 49)))
    points, path = [_softmax(z, T) for T in marks], [_softmax(z, T) for T in falling]
    curve = _line(map(_in_triangle, path), BLUE, width=2.5)
    data = {"T": marks, **_columns("p", points), "path_T": falling, **_columns("path_p", path)}
    title = f"*p* = softmax(*z*/*T*) as *T* falls, {_is('z', z)}"
    seen = "A path in a triangle from its middle to where the largest entries share p equally."
    return _figure(title, seen, 396, [*_triangle(), curve, *_readings(marks, points)], data)


def simplex_rays(
    starts: Iterable[Numbers] = ((0, math.log(3), 0), (0, 0, 0), (0, -2, 0)), direction: Numbers = (0, 1, 1)
) -> Figure:
    """The paths of p = softmax(y + t x) in the triangle as t goes to ∞, for several starts y and one direction x.

    With one largest entry of x all end in its corner; if two tie, where on the edge depends on y.

    >>> data = simplex_rays().data
    >>> [round(q, 3) for q in data["end_p2"]], max(data["end_p1"])
    ([0.75, 0.5, 0.119], 0.0)
    """
    x, ys = _logits(direction, 3, 3, "direction"), [_logits(y, 3, 3, "starts") for y in starts]
    if not 1 <= len(ys) <= 6:
        raise ValueError(f"starts must be 1 to 6 points here, not {len(ys)}")
    _, gap = _tie_and_gap(x)
    ends = [_ray_end(y, x) for y in ys]
    drawn: Drawn = _triangle()
    for k, (y, end) in enumerate(zip(ys, ends, strict=True)):
        path = [_softmax([a + step / 4 / gap * b for a, b in zip(y, x, strict=True)]) for step in range(-40, 41)]
        drawn += [_line(map(_in_triangle, [*path, end]), BLUE, (SOLID, DASHED, DOTTED)[k % 3], 2)]
        drawn += [_dot(*_in_triangle(_softmax(y))), _dot(*_in_triangle(end))]
        (right, low), height = _in_triangle(end), 120 + 44 * k
        drawn += [_text(right, low + 18, chr(ord("A") + k), "middle"), _text(380, height, f"{chr(ord('A') + k)}:")]
        drawn += [_text(402, height, _is("y", y)), _text(402, height + 17, f"→ ({', '.join(map(_number, end))})")]
    seen = "Paths in a triangle, one for each start y; their ends are lettered, and listed beside it."
    title = f"*p* = softmax(*y* + *t x*) as *t* → ∞, {_is('x', x)}; the inner dots are *t* = 0"
    return _figure(title, seen, 396, drawn, {"x": x, **_columns("start_y", ys), **_columns("end_p", ends)})


def _ray_end(y: Vector, x: Vector) -> Vector:
    """The limit: softmax of y on the classes with the largest entry of x."""
    shift = max(a for a, b in zip(y, x, strict=True) if b == max(x))
    weights = [math.exp(a - shift) if b == max(x) else 0.0 for a, b in zip(y, x, strict=True)]
    return tuple(w / math.fsum(weights) for w in weights)


def _in_triangle(p: Vector) -> Point:
    x, y = (sum(q * corner[k] for q, corner in zip(p, CORNERS, strict=True)) for k in (0, 1))
    return x, y


def _triangle() -> Drawn:
    """Its edges, the lines of equal p₁, p₂ and p₃ at each quarter, and the corners' names."""
    ends = [((a, 1 - a, 0.0), (a, 0.0, 1 - a)) for a in (0.25, 0.5, 0.75)]
    turned = [[p[k:] + p[:k] for p in pair] for pair in ends for k in range(3)]
    grid = [_line(map(_in_triangle, pair), PALE) for pair in turned]
    places = zip(CORNERS, (-12, 22, 22), strict=True)
    names = [_text(x, y + off, f"{_entry('p', k)} = 1", "middle") for k, ((x, y), off) in enumerate(places, 1)]
    return [*grid, _line([*CORNERS, CORNERS[0]], width=1.5), *names]


def _readings(marks: Vector, points: Sequence[Vector]) -> Drawn:
    """A dot on the path at each temperature, and a thread from it to its row of numbers."""
    dots = [_in_triangle(p) for p in points]
    rows = _apart([y for _, y in dots], 24, 357)
    threads = [_line([d, (390, h)], GREY, DOTTED) for d, h in zip(dots, rows, strict=True)]
    table = [_text(x, min(rows) - 22, _entry("p", k), "end") for k, x in enumerate(STOPS, 1)]
    for T, p, h in zip(marks, points, rows, strict=True):
        table += [_text(396, h + 4, _temperature(T))]
        table += [_text(x, h + 4, f"{q:.2f}", "end") for x, q in zip(STOPS, p, strict=True)]
    return [*threads, *(_dot(*dot) for dot in dots), *table]


# Bars

PANEL_WIDTH, PANEL_HEIGHT, PANELS_TOP = 196, 150, 36


def bars(z: Numbers, temperatures: Numbers = (math.inf, 8, 4, 2, 1, 0.5, 0.25, 0.125, 0)) -> Figure:
    """p = softmax(z/T), a panel a temperature: all 1/n at T → ∞, the largest entry alone at T → 0.

    A trusted notebook and a web page show one panel and a slider, made of radio buttons without
    any script; every other reader shows all panels.

    >>> [round(p, 3) for p in bars([1, 1, 0], temperatures=[1, 0]).data["p1"]]
    [0.422, 0.5]
    """
    z, marks = _logits(z, most=6), _temperatures(temperatures)
    points = [_softmax(z, T) for T in marks]
    title, names = f"*p* = softmax(*z*/*T*), {_is('z', z)}", [_temperature(T) for T in marks]
    return _panels(title, names, points, {"T": marks}, marks.index(1) if 1 in marks else 0)


def portfolio_bars(z: Numbers, times: Numbers = (0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6)) -> Figure:
    """The shares of investments that all begin at 1 and grow at the rates z, a panel a time λ.

    Shown like `bars`: where there is a slider, it moves time.

    >>> [round(p, 3) for p in portfolio_bars([0, 1], times=[0, 1]).data["p2"]]
    [0.5, 0.731]
    """
    z, marks = _logits(z, most=6), _times(times)
    points = [_softmax([time * rate for rate in z]) for time in marks]
    title, names = f"Shares after the time *λ*, rates {_is('z', z)}", [f"*λ* = {_number(t)}" for t in marks]
    return _panels(title, names, points, {"lambda": marks}, 0)


def _panels(title: str, names: Sequence[str], points: Sequence[Vector], data: Data, chosen: int) -> Figure:
    """A panel of bars for each name, and the slider that goes through them."""
    drawn: Drawn = []
    for k, (name, p) in enumerate(zip(names, points, strict=True)):
        left, top = _panel(k)
        level = top + 120 - 80 / len(p)
        drawn += [_text(left + 98, top + 16, name, "middle")]
        drawn += [_line([(left + 14, level), (left + 168, level)], RED, (5, 3))]
        drawn += [_text(left + 171, level + 4, "1/*n*")]
        drawn += _bars("p", p, [f"{q:.2f}" for q in p], (left + 14, top + 40, 150, 80), (0, 1))
    seen = "A panel of bars for each, with a dashed line at 1/n."
    height = PANELS_TOP + PANEL_HEIGHT * math.ceil(len(names) / 3) + 6
    figure = _figure(title, seen, height, drawn, {**data, **_columns("p", points)})
    return replace(figure, html=_slider(figure.html, names, chosen))


def exp_normalise(z: Numbers, lam: SupportsFloat = 1) -> Figure:
    """The two steps of softmax: wᵢ = exp(λ zᵢ) > 0, then pᵢ = wᵢ/Z with Z = w₁ + ... + wₙ.

    The first step makes all positive, and for λ > 0 keeps the order; the second makes the sum 1.

    >>> [round(p, 3) for p in exp_normalise([2, 1, 0]).data["p"]]
    [0.665, 0.245, 0.09]
    """
    z, slope = _logits(z, most=6), _scalar("lam", lam)
    x = _vector("lam*z", [slope * entry for entry in z], 10)
    w, p = tuple(map(math.exp, x)), _softmax(x)
    panels = (
        (f"*λz*, *λ* = {_number(slope)}", "λz", x, (min(0.0, *x), max(0.0, *x) or 1.0)),
        (f"*w* = exp(*λz*), *Z* = {_number(math.fsum(w))}", "w", w, (0, max(w))),
        ("*p* = *w*/*Z*, sum 1", "p", p, (0, 1)),
    )
    drawn: Drawn = []
    for k, (heading, name, values, ends) in enumerate(panels):
        texts = [_number(v) if k == 0 else f"{v:.{2 if v < 100 else 0}f}" for v in values]
        drawn += [_text(100 + 200 * k, 62, heading, "middle")]
        drawn += _bars(name, values, texts, (20 + 200 * k, 94, 160, 110), ends)
    for tip in (211, 411):
        drawn += [_line([(tip - 22, 140), (tip, 140)])]
        drawn += [_line([(tip - 6, 136), (tip, 140), (tip - 6, 144)])]
    seen = "Three panels of bars: the logits, their exponentials, the probabilities."
    data = {"z": z, "w": w, "p": p}
    return _figure(f"Exponentiate, then normalise: {_is('z', z)}", seen, 246, drawn, data)


def _bars(name: str, values: Vector, texts: Sequence[str], box: tuple[float, ...], ends: Point) -> Drawn:
    """A bar for each value from its base line at 0, its number at its end, its name below."""
    left, top, width, height = box
    y = Axis(*ends, top + height, top)
    step = width / len(values)
    middles = [left + step * (k + 0.5) for k in range(len(values))]
    low = top + height + (29 if ends[0] < 0 else 16)
    names = [_text(x, low, _entry(name, k)) for k, x in enumerate(middles, 1)]
    boxes: Drawn = []
    numbers: Drawn = []
    for x, v, text in zip(middles, values, texts, strict=True):
        boxes += [_rect(x - 0.32 * step, min(y(v), y(0)), 0.64 * step, abs(y(v) - y(0)))]
        numbers += [_text(x, y(v) + (-5 if v >= 0 else 14), text)]
    size = "12" if len(values) < 6 else "9"
    return [
        _group(boxes, fill="#a9cbe6", stroke=INK),
        _line([(left, y(0)), (left + width, y(0))]),
        _group([_halo(numbers), *names], text_anchor="middle", font_size=size),
    ]


def _panel(k: int) -> tuple[int, int]:
    return 6 + PANEL_WIDTH * (k % 3), PANELS_TOP + PANEL_HEIGHT * (k // 3)


def _slider(image: str, names: Sequence[str], chosen: int) -> str:
    """Radio buttons that choose which panel of the image shows; without CSS, the whole image."""
    name = f"softmax-bars-{len(names)}"
    stops = "".join(
        f'<label><input type="radio" name="T"{" checked" if k == chosen else ""}>'
        f"{stop.replace('*', '').removeprefix('T = ')}</label>"
        for k, stop in enumerate(names)
    )
    views = "".join(
        f".{name}:has(label:nth-of-type({k + 1}) :checked) img{{margin:{-2 * top}px 0 0 {-2 * left}px!important}}"
        for k, (left, top) in enumerate(map(_panel, range(len(names))))
    )
    return (
        f'<div class="{name}"><style>@supports selector(:has(a)){{@media screen{{'
        f".{name} form{{display:flex!important;max-width:{WIDTH}px;margin:0 0 8px}}"
        f".{name} label{{flex:1;text-align:center;font:12px sans-serif;cursor:pointer}}"
        f".{name} input{{display:block;margin:0 auto 2px}}"
        f".{name} div{{overflow:hidden;width:{2 * PANEL_WIDTH}px;height:{2 * PANEL_HEIGHT}px}}"
        f".{name} img{{width:{2 * WIDTH}px!important;max-width:none!important}}"
        f'{views}}}}}</style><form method="dialog" hidden="hidden">{stops}</form>'
        f"<div>{image}</div></div>"
    )


# The Jacobian

CELL = 38


def jacobian_heatmap(z: Numbers, lam: SupportsFloat = 1) -> Figure:
    """The entries ∂pᵢ/∂zⱼ = λ pᵢ (δᵢⱼ − pⱼ), row i and column j, darker where they are larger.

    For λ > 0 and n ≥ 2 the diagonal is positive and all else negative (hatched); for λ < 0 the
    signs are the other way round. Every row sums to 0.

    >>> jacobian_heatmap([0, 0]).data["row1"]
    (0.25, -0.25)
    """
    z, slope = _logits(z), _scalar("lam", lam)
    n, rows, flat = len(z), _jacobian(z, slope), slope == 0 or len(z) == 1
    peak = max(abs(v) for row in rows for v in row) or 1.0
    width = min(84, 440 // n)
    xs = [300 + width * (k - n / 2) for k in range(n + 1)]
    drawn: Drawn = [_text(xs[0] - 28, 66, "∂*p*ᵢ/∂*z*ⱼ"), _text(xs[n] + 28, 66, "sum")]
    drawn += [_text(x + width / 2, 66, _entry("z", j)) for j, x in enumerate(xs[:n], 1)]
    for i, row in enumerate(rows):
        y = 76 + CELL * i
        total = _number(round(math.fsum(row), 9) + 0.0)
        drawn += [_text(xs[0] - 28, y + 23, _entry("p", i + 1)), _text(xs[n] + 28, y + 23, total)]
        for x, v in zip(xs, row, strict=False):
            sign = 0 if flat else round(math.copysign(1, v))
            number = _signs(f"{v:+.3f}") if sign else "0"
            drawn += _cell(x, y, width, sign, abs(v) / peak, number)
    bottom = 76 + CELL * n + 20
    drawn += _cell(118, bottom, CELL, 1, 1, "+") + _cell(330, bottom, CELL, -1, 1, _signs("-"))
    words = [(168, "*p*ᵢ rises with *z*ⱼ"), (380, "*p*ᵢ falls as *z*ⱼ rises")]
    key = [_text(x, bottom + 23, line) for x, line in words]
    title = f"The Jacobian of softmax, {_is('z', z)}, *λ* = {_number(slope)}"
    seen = "A table of the entries with their signs; negative ones are hatched; rows sum to 0."
    middled = _group(drawn, text_anchor="middle", font_size="13" if n < 6 else "11")
    data = {f"row{i}": row for i, row in enumerate(rows, 1)}
    return _figure(title, seen, bottom + 56, [_hatching(), middled, *key], data)


def _cell(x: float, y: float, width: float, sign: int, strength: float, number: str) -> Drawn:
    """As dark as the entry is large: plain if positive, hatched if negative, else white."""
    box = _rect(x, y, width, CELL)
    tint = {1: "#3f87bd", 0: "white", -1: "#e08a52"}[sign]
    shade = replace(box, fill=tint, fill_opacity=round(0.1 + 0.65 * strength, 2), stroke=GREY)
    words = _text(x + width / 2, y + 23, number)
    hatched = replace(box, fill="url(#hatched-minus)")
    return [shade, hatched, _halo([words])] if sign < 0 else [shade, words]


def _hatching() -> svg.Defs:
    line = svg.Line(x1=0, y1=0, x2=0, y2=8, stroke=RED, stroke_width=1.2)
    grain = svg.Pattern(id="hatched-minus", width=8, height=8, patternUnits="userSpaceOnUse")
    return svg.Defs(elements=[replace(grain, patternTransform=[svg.Rotate(45)], elements=[line])])


def jacobian_at_low_temperature(unique: Numbers = (2, 1, 0), tied: Numbers = (2, 2, 0)) -> Figure:
    """The largest |Jᵢⱼ| as λ = 1/T grows, for a z with one largest entry and for one with a tie.

    One largest entry: all of the Jacobian goes to 0, like λ exp(−λ gap). A tie of k: between the
    tied classes it grows without bound, like λ/k, elsewhere it goes to 0.

    >>> ends = jacobian_at_low_temperature().data
    >>> [round(ends[name][-1], 3) for name in ("unique", "tied", "elsewhere")]
    [0.0, 25.0, 0.0]
    """
    one, two = _logits(unique, 2, 4, "unique"), _logits(tied, 3, 4, "tied")
    (k, gap), (ties, _) = _tie_and_gap(one), _tie_and_gap(two)
    if k > 1 or ties == 1:
        raise ValueError(f"unique must have one largest entry, tied several: {one}, {two}")
    first = round(-math.log10(gap)) - 1
    lams = tuple(10 ** (first + m / 16) for m in range(49))
    alone = tuple(max(abs(v) for row in _jacobian(one, lam) for v in row) for lam in lams)
    inside, outside = zip(*(_inside_and_outside(two, lam) for lam in lams), strict=True)
    top = math.ceil(math.log10(max(alone + inside)))
    x = Axis(lams[0], lams[-1], 60, 380, log=True)
    y = Axis(10.0 ** (top - 6), 10.0**top, 320, 76, log=True)
    curves = (
        Curve(lams, inside, f"{_is('z', two)},\nwithin the tie → ∞", RED, DASHED),
        Curve(lams, outside, f"{_is('z', two)},\nelsewhere → 0", RED, DOTTED),
        Curve(lams, alone, f"{_is('z', one)},\neverywhere → 0"),
    )
    drawn = [*_axes(x, y, "*λ*", "largest |*J*ᵢⱼ|"), *_curves(x, y, curves)]
    seen = "The curve for the tied entries rises in a straight line, the others fall to 0."
    data = {"lambda": lams, "unique": alone, "tied": inside, "elsewhere": outside}
    return _figure("The largest entries of the Jacobian as *T* = 1/*λ* → 0", seen, 360, drawn, data)


def _inside_and_outside(z: Vector, lam: float) -> Point:
    """The largest |Jᵢⱼ| with both zᵢ and zⱼ the largest, and the largest of all others."""
    sizes = [abs(v) for row in _jacobian(z, lam) for v in row]
    tied = [a == b == max(z) for a in z for b in z]
    inside = max(size for size, both in zip(sizes, tied, strict=True) if both)
    return inside, max(size for size, both in zip(sizes, tied, strict=True) if not both)


# Curves


def logistic() -> Figure:
    """The logistic curve σ(x) = 1/(1 + e⁻ˣ) and its slope σ(1 − σ), at most 1/4, attained at 0.

    With two classes p₁ = σ(λ(z₁ − z₂)). The slope is even and goes to 0 on both sides.

    >>> max(logistic().data["slope"])
    0.25
    """
    xs = tuple(k / 4 for k in range(-24, 25))
    curve = tuple(1 / (1 + math.exp(-x)) for x in xs)
    slope = tuple(s * (1 - s) for s in curve)
    x, upper, lower = Axis(-6, 6, 60, 390), Axis(0, 1, 216, 76), Axis(0, 0.25, 390, 296)
    above = (
        Curve(xs, curve, "*σ* = 1/(1 + *e*⁻ˣ)"),
        Curve((-2, 2), (0, 1), "tangent 1/2 + *x*/4", RED, DASHED),
    )
    below = (Curve(xs, slope, "*σ*′ = *σ*(1 − *σ*)"),)
    drawn = [*_axes(x, upper, "*x*", "*σ*"), *_curves(x, upper, above), _dot(x(0), upper(0.5))]
    drawn += [*_axes(x, lower, "*x*", "*σ*′"), *_curves(x, lower, below), _dot(x(0), lower(0.25))]
    drawn += [_text(x(0), lower(0.25) - 10, "1/4 at *x* = 0", "middle")]
    seen = "A curve rising from 0 to 1, and below it its slope, a hill of height 1/4 at 0."
    data = {"x": xs, "sigma": curve, "slope": slope}
    return _figure("The logistic curve and its slope", seen, 425, drawn, data)


def convergence(z: Numbers, to: SupportsFloat) -> Figure:
    """How fast p = softmax(z/T) nears its limit as T goes `to` oo, or to 0, on a logarithmic scale.

    T → ∞: |pᵢ − 1/n| falls like 1/T; less the first-order term (zᵢ − z̄)/(nT) it falls faster.
    T → 0, k classes tied for the largest: |pᵢ − 1/k| falls like exp(−λ gap), λ = 1/T, where the
    gap is to the next entry.

    >>> hot = convergence([2, 1, 0], to=math.inf).data
    >>> round(hot["distance"][-1] * hot["T"][-1], 3)
    0.333
    >>> round(convergence([2, 1, 0], to=0).data["distance"][0], 3)
    0.667
    """
    z, limit = _logits(z, 2), _scalar("to", to, math.inf)
    if limit not in (0, math.inf):
        raise ValueError(f"to must be oo or 0, not {to}")
    return _to_zero(z) if limit == 0 else _to_infinity(z)


def _to_infinity(z: Vector) -> Figure:
    _tie_and_gap(z)
    n, mean, first = len(z), math.fsum(z) / len(z), math.floor(math.log10(max(z) - min(z)))
    Ts = tuple(10 ** (first + k / 8) for k in range(25))
    rows = [[(q - 1 / n, (x - mean) / (n * T)) for q, x in zip(_softmax(z, T), z, strict=True)] for T in Ts]
    distance = tuple(max(abs(off) for off, _ in row) for row in rows)
    remainder = tuple(max(abs(off - term) for off, term in row) for row in rows)
    rates = [_number(round(math.log10(c[-1] / c[-9]))) for c in (distance, remainder)]
    ends = math.floor(math.log10(remainder[-1])), math.ceil(math.log10(distance[0]))
    x = Axis(Ts[0], Ts[-1], 60, 370, log=True)
    y = Axis(10.0 ** ends[0], 10.0 ** ends[1], 320, 76, log=True)
    less = "|*p*ᵢ − 1/*n* − (*z*ᵢ − *z̄*)/(*nT*)|"
    curves = (
        Curve(Ts, distance, f"|*p*ᵢ − 1/*n*|\nslope {rates[0]}"),
        Curve(Ts, remainder, f"{less}\nslope {rates[1]}", RED, DASHED),
    )
    drawn = [*_axes(x, y, "*T*", "largest over *i*"), *_curves(x, y, curves)]
    seen = "Two straight falling lines; less the first-order term the fall is steeper."
    data = {"T": Ts, "distance": distance, "remainder": remainder}
    return _figure(f"*T* → ∞: every *p*ᵢ → 1/*n*, {_is('z', z)}", seen, 360, drawn, data)


def _to_zero(z: Vector) -> Figure:
    k, gap = _tie_and_gap(z)
    lams = tuple(m / (4 * gap) for m in range(57))
    rests = [math.fsum(math.exp(lam * (x - max(z))) for x in z if x < max(z)) for lam in lams]
    distance = tuple(rest / (k * (k + rest)) for rest in rests)
    line = tuple(math.exp(-lam * gap) for lam in lams)
    x, y = Axis(0, lams[-1], 60, 370), Axis(1e-6, 1, 320, 76, log=True)
    label = "1 − *p*ᵢ" if k == 1 else f"|*p*ᵢ − 1/{k}|"
    curves = (
        Curve(lams, distance, f"{label}\nwhere *z*ᵢ is largest"),
        Curve(lams, line, f"exp(−*λ* gap),\ngap = {_number(gap)}", RED, DASHED),
    )
    drawn = [*_axes(x, y, "*λ*", "distance"), *_curves(x, y, curves)]
    seen = "A falling curve that becomes parallel to the straight line exp(-lambda gap)."
    data = {"lambda": lams, "distance": distance, "line": line}
    end = "the largest takes all" if k == 1 else f"the {k} largest share equally"
    return _figure(f"*T* = 1/*λ* → 0: {end}, {_is('z', z)}", seen, 360, drawn, data)


def winner_share() -> Figure:
    """The share of the larger of z = (1, 2) under f(λ zᵢ)/Σ f(λ zⱼ) as λ grows, for four increasing f.

    All are positive and increasing, three are strictly convex; under exp alone the winner takes all.

    >>> data = winner_share().data
    >>> [round(data[name][-1], 2) for name in ("exp", "root", "softplus", "sigma")]
    [1.0, 0.67, 0.67, 0.5]
    """
    lams = tuple(k / 4 for k in range(61))
    kinds = {
        "exp": (math.exp, "*eˣ* → 1", BLUE, SOLID),
        "root": (lambda x: x + math.hypot(1, x), "*x* + √(1 + *x*²) → 2/3", RED, DASHED),
        "softplus": (lambda x: math.log1p(math.exp(x)), "log(1 + *eˣ*) → 2/3", RED, DOTTED),
        "sigma": (lambda x: 1 / (1 + math.exp(-x)), "1/(1 + *e*⁻ˣ) → 1/2", GREY, (12, 3, 2, 3)),
    }
    shares = {name: tuple(f(2 * lam) / (f(lam) + f(2 * lam)) for lam in lams) for name, (f, *_) in kinds.items()}
    x, y = Axis(0, 15, 60, 370), Axis(0.4, 1, 320, 76)
    curves = [Curve(lams, shares[name], label, colour, dash) for name, (_, label, colour, dash) in kinds.items()]
    drawn = [*_axes(x, y, "*λ*", "share of the larger"), *_curves(x, y, curves)]
    seen = "The curve of exp rises to 1; two others level off at two thirds, the last falls back to one half."
    return _figure("*f*(2*λ*)/(*f*(*λ*) + *f*(2*λ*)): who takes all?", seen, 360, drawn, {"lambda": lams, **shares})


def sharp() -> Figure:
    """Two classes, the first with the share p: the bounds of Popoviciu and of Pinsker, both reached at p = 1/2.

    Above, the variance p(1 - p) of the values 0 and 1, at most 1/4. Below, the divergence from even shares, at least
    2(p - 1/2)^2.

    >>> data = sharp().data
    >>> max(data["variance"]), min(data["divergence"]), round(data["divergence"][0], 2)
    (0.25, 0.0, 0.64)
    """
    ps = tuple(k / 100 for k in range(1, 100))
    variance = tuple(p * (1 - p) for p in ps)
    divergence = tuple(p * math.log(2 * p) + (1 - p) * math.log(2 * (1 - p)) for p in ps)
    square = tuple(2 * (p - 0.5) ** 2 for p in ps)
    x, upper, lower = Axis(0, 1, 60, 390), Axis(0, 0.3, 216, 76), Axis(0, 0.7, 390, 286)
    above = (Curve((0, 1), (0.25, 0.25), "Popoviciu: 1/4", RED, DASHED), Curve(ps, variance, "Var = *p*(1 − *p*)"))
    below = (Curve(ps, divergence, "KL from (1/2, 1/2)"), Curve(ps, square, "Pinsker:\n2(*p* − 1/2)²", RED, DASHED))
    drawn = [*_axes(x, upper, "*p*", "variance"), *_curves(x, upper, above), _dot(x(0.5), upper(0.25))]
    drawn += [*_axes(x, lower, "*p*", "divergence"), *_curves(x, lower, below), _dot(x(0.5), lower(0))]
    seen = "A hill that touches a line from below, and a valley that touches a flatter one, both at one half."
    data = {"p": ps, "variance": variance, "divergence": divergence, "square": square}
    return _figure("Sharp at even shares", seen, 425, drawn, data)


def two_level() -> Figure:
    """The mean energy of two levels, 0 and 1, and its slope, the heat capacity, as T grows.

    U = 1/(1 + e^{1/T}) rises from 0 to 1/2; its slope has one peak, where x tanh(x/2) = 2 with x = 1/T.

    >>> data = two_level().data
    >>> round(data["peak"][0], 3), round(data["peak"][1], 3)
    (0.417, 0.439)
    """
    Ts = tuple(k / 50 for k in range(2, 151))
    energy = tuple(1 / (1 + math.exp(1 / T)) for T in Ts)
    capacity = tuple(map(_schottky, Ts))
    peak = _schottky_peak()
    x, upper, lower = Axis(0, 3, 60, 390), Axis(0, 0.5, 216, 76), Axis(0, 0.5, 390, 286)
    above = (Curve(Ts, energy, "*U* = 1/(1 + *e*¹ᐟᵀ)"), Curve((Ts[0], 3), (0.5, 0.5), "1/2: both alike", RED, DASHED))
    below = (Curve(Ts, capacity, "*C* = d*U*/d*T*\n= Var/*T*²"),)
    drawn = [*_axes(x, upper, "*T*", "mean energy"), *_curves(x, upper, above)]
    drawn += [*_axes(x, lower, "*T*", "heat capacity"), *_curves(x, lower, below)]
    drawn += [_dot(x(peak), lower(_schottky(peak)))]
    drawn += [_text(x(peak) + 12, lower(_schottky(peak)) - 6, f"{_schottky(peak):.3f} at *T* = {peak:.3f}")]
    seen = "A curve rising from 0 towards one half, and below it its slope, a single hill near T = 0.4."
    data = {"T": Ts, "energy": energy, "capacity": capacity, "peak": (peak, _schottky(peak))}
    return _figure("Two levels, energies 0 and 1: the Schottky peak", seen, 425, drawn, data)


def _schottky(T: float) -> float:
    """The heat capacity of the levels 0 and 1."""
    return (1 / T) ** 2 / (2 + math.exp(1 / T) + math.exp(-1 / T))


def _schottky_peak() -> float:
    """The T at which x tanh(x/2) = 2 for x = 1/T, by halving."""
    low, high = 2.0, 3.0
    for _ in range(60):
        x = (low + high) / 2
        low, high = (x, high) if x * math.tanh(x / 2) < 2 else (low, x)
    return 1 / low


def red_bus(copies: int = 5) -> Figure:
    """The shares of a car and of 1, 2, ... copies of one bus, all with the same logit.

    Softmax gives the car 1/(1 + copies). To who cannot tell the buses apart it should stay 1/2.

    >>> [round(q, 3) for q in red_bus(3).data["car"]]
    [0.5, 0.333, 0.25]
    """
    if copies not in range(1, 9):
        raise ValueError(f"copies must be 1 to 8 here, not {copies!r}")
    numbers = range(1, copies + 1)
    car = tuple(1 / (1 + m) for m in numbers)
    width = 400 / copies
    y = Axis(0, 1, 300, 76)
    drawn: Drawn = []
    for m, share in zip(numbers, car, strict=True):
        left = 60 + width * (m - 0.9)
        drawn += [replace(_rect(left, y(share), 0.8 * width, y(0) - y(share)), fill="#a9cbe6", stroke=INK)]
        for bus in range(1, m + 1):
            top = y(share * (bus + 1))
            drawn += [replace(_rect(left, top, 0.8 * width, y(0) - y(share)), fill="url(#hatched-minus)", stroke=INK)]
        drawn += [_text(left + 0.4 * width, y(share / 2) + 5, _number(share), "middle")]
        drawn += [_text(left + 0.4 * width, 320, str(m), "middle")]
    drawn += [_line([(52, y(0.5)), (468, y(0.5))], RED, DASHED, 2), _text(476, y(0.5) + 4, "1/2: one bus")]
    drawn += [
        _text(476, 292, "the car"),
        _text(476, 92, "copies of the bus"),
        _text(60, 344, "how many copies of one bus"),
    ]
    seen = "Columns: the car's share, at the bottom, shrinks from one half as the bus is copied."
    data = {"copies": tuple(map(float, numbers)), "car": car}
    return _figure("A car and copies of one bus, all with the same logit", seen, 360, [_hatching(), *drawn], data)


def gumbel(z: Numbers) -> Figure:
    """The largest of zᵢ + Gᵢ, Gᵢ Gumbel, for two or three classes: where it lies, and whose it is.

    Above, the density of "it is class i's, and lies at x": one shape, pᵢ times that of the largest, whose peak is at
    log Z. Below, the probability of "it is class i's, and at most x", pᵢ exp(−Z e⁻ˣ), which rises to pᵢ.

    >>> data = gumbel([2, 1, 0]).data
    >>> round(data["peak"][0], 2), [round(data[f"p{i}"][-1], 2) for i in (1, 2, 3)]
    (2.41, [0.66, 0.24, 0.09])
    """
    z = _logits(z, 2, 3)
    p, Z = _softmax(z), math.fsum(map(math.exp, z))
    peak = math.log(Z)
    xs = tuple(peak + k / 8 for k in range(-20, 53))
    below = tuple(math.exp(-Z * math.exp(-at)) for at in xs)
    density = tuple(Z * math.exp(-at) * F for at, F in zip(xs, below, strict=True))
    styles = ((BLUE, SOLID), (RED, DASHED), (GREY, DOTTED))
    named = [(_entry("p", k), share) for k, share in enumerate(p, 1)]
    rising, bumps = (
        [
            Curve(xs, tuple(q * y for y in ys), words.format(name, _number(q)), *style)
            for (name, q), style in zip(named, styles, strict=False)
        ]
        for ys, words in ((below, "→ {} = {}"), (density, "{} times\none shape"))
    )
    x = Axis(xs[0], xs[-1], 60, 390)
    upper, lower = Axis(0, math.ceil(4 * max(p)) / 10, 216, 76), Axis(0, 1, 390, 286)
    drawn = [*_axes(x, upper, "*x*", "density"), *_curves(x, upper, bumps)]
    drawn += [_line([(x(peak), upper(0)), (x(peak), upper.stop)], INK, DOTTED)]
    drawn += [_text(x(peak) + 6, upper.stop + 8, "log *Z*")]
    drawn += [*_axes(x, lower, "*x*", "probability"), *_curves(x, lower, rising)]
    seen = "Above, hills of one shape and different heights; below, curves that rise from 0, each to its probability."
    data = {"x": xs, "peak": (peak,)} | {f"p{k}": curve.ys for k, curve in enumerate(rising, 1)}
    data |= {f"density{k}": curve.ys for k, curve in enumerate(bumps, 1)}
    return _figure(f"The largest of *z*ᵢ + *G*ᵢ: where, and whose? {_is('z', z)}", seen, 425, drawn, data)


TINTS = ("#e4eef6", "#a9cbe6", "#f5dcc8", "#d9d9d9", "#f6efc6", "#cfe3cf")


def portfolio(z: Numbers, until: SupportsFloat = 6) -> Figure:
    """The shares of investments that begin at 1 each and grow at the rates z, and their mean return, up to a time.

    The shares are softmax(λ z) after the time λ; the mean return ⟨z⟩ never falls, its slope is the variance.

    >>> data = portfolio([0, 1, 2]).data
    >>> round(data["p1"][0], 3), round(data["mean"][0], 3), data["mean"] == tuple(sorted(data["mean"]))
    (0.333, 1.0, True)
    """
    z, end = _logits(z, 2, 6), _scalar("until", until)
    if end < 1e-3:
        raise ValueError(f"until must be 1/1000 or more, not {end}")
    _tie_and_gap(z)
    times = tuple(end * k / 60 for k in range(61))
    points = [_softmax([time * rate for rate in z]) for time in times]
    mean = tuple(math.fsum(map(math.prod, zip(p, z, strict=True))) for p in points)
    x, upper, lower = Axis(0, end, 60, 430), Axis(0, 1, 230, 76), Axis(min(z), max(z), 390, 296)
    areas, names = _areas(x, upper, times, points, z)
    drawn = [*_axes(x, upper, "*λ*", "share"), *areas, *names]
    drawn += [*_axes(x, lower, "*λ*", "mean return ⟨*z*⟩"), *_curves(x, lower, [Curve(times, mean, "⟨*z*⟩ → max *z*")])]
    seen = "Bands for the shares: the fastest grower's widens. Below, the mean return rises."
    data = {"lambda": times, "mean": mean, **_columns("p", points)}
    return _figure(f"Shares over time, rates {_is('z', z)}", seen, 425, drawn, data)


def _areas(x: Axis, y: Axis, times: Vector, points: Sequence[Vector], z: Vector) -> tuple[Drawn, Drawn]:
    """The shares as bands upon each other, each with its rate to the right."""
    bands: Drawn = []
    middles: list[float] = []
    below = [0.0] * len(times)
    for k in range(len(z)):
        above = [low + p[k] for low, p in zip(below, points, strict=True)]
        edge = [(x(a), y(b)) for a, b in zip(times, above, strict=True)]
        floor = [(x(a), y(b)) for a, b in zip(times, below, strict=True)]
        corners = [svg.Point(_px(a), _px(b)) for a, b in [*edge, *reversed(floor)]]
        bands += [svg.Polygon(points=corners, fill=TINTS[k], stroke=INK, stroke_width=1)]
        middles += [y((above[-1] + below[-1]) / 2)]
        below = above
    heights = _apart(middles, 18, y.start - 18)
    names: Drawn = [
        _text(x.stop + 12, h, f"{_entry('z', k)} = {_number(r)}")
        for k, (h, r) in enumerate(zip(heights, z, strict=True), 1)
    ]
    return bands, names
