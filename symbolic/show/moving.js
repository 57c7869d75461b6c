// A figure that moves: logits as bars that can be dragged, the temperature on a slider, and what follows from them.
// <figure class="softmax" data-logits="2,2,1" data-temperature="1" data-shows="cold"><figcaption>...</figcaption></figure>
// It needs no other file: a notebook has it in its output, the site serves it.
const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 340;
const LOGITS = { top: 20, height: 130, most: 4 }; // from -most to most
const CHANCES = { top: 222, height: 110 };
const CURVES = { top: 24, height: 120, left: 26, right: 20 };
const TRIANGLE = { top: 46, side: 210 };
const STEP = 0.1; // so that a tie can be met exactly
const MANTISSAS = [1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.4, 8]; // both they and their inverses have few digits
const ROUND = [0.01, 0.1, 1, 10].flatMap((power) => MANTISSAS.map((each) => exactly(each * power))).concat(100);
const BELOW = "₁₂₃₄₅₆₇₈";

/** A number without what the binary fractions of a computer add to it. */
function exactly(value) {
  return Number(value.toPrecision(12));
}

/** p of logits z at temperature T; the largest is taken off first, so nothing overflows. */
export function softmax(z, T) {
  const most = Math.max(...z);
  const weights = z.map((each) => Math.exp((each - most) / T));
  const Z = weights.reduce((sum, each) => sum + each, 0);
  return weights.map((each) => each / Z);
}

export function entropy(p) {
  return -p.reduce((sum, each) => sum + (each > 0 ? each * Math.log(each) : 0), 0);
}

/** What p goes to as T goes to 0: the winners share. */
function coldest(z) {
  const wins = z.map((each) => Math.max(...z) - each < STEP / 2);
  const winners = wins.filter(Boolean).length;
  return { winners, limits: wins.map((each) => (each ? 1 / winners : 0)) };
}

/** A logit as it is written in a counterexample, such as 2, -1/2, log(3) or -2*log(3). */
export function logit(text) {
  const [, sign, factor, inside, number] = /^(-?)(?:([\d/]+)\*)?(?:log\(([\d/]+)\)|([\d./]+))$/.exec(text) ?? [];
  const ratio = (each) => each.split("/").map(Number).reduce((above, below) => above / below);
  const size = inside ? Math.log(ratio(inside)) : number ? ratio(number) : NaN;
  return (sign ? -1 : 1) * (factor ? ratio(factor) : 1) * size;
}

const rounded = (value) => Math.round(value / STEP) * STEP;
const signed = (text) => text.replace("-", "−");
const tenths = (value) => signed((Math.abs(value) < STEP / 2 ? 0 : value).toFixed(1));
const isTenth = (value) => Math.abs(value - rounded(value)) < 1e-9;
const share = (limit, winners) => (limit === 0 ? "0" : winners === 1 ? "1" : `1/${winners}`);

function number(value) {
  if (value !== 0 && Math.abs(value) < 0.0005) {
    const [mantissa, exponent] = value.toExponential(1).split("e");
    return `${signed(mantissa)}·10${[...signed(exponent)].map((each) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["−0123456789".indexOf(each)]).join("")}`;
  }
  return signed(value.toFixed(3));
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function drawn(tag, attributes, parent) {
  const made = document.createElementNS(SVG, tag);
  set(made, attributes);
  parent?.append(made);
  return made;
}

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

const picture = (height, label) => drawn("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "group", "aria-label": label });

function words(parent, x, y, text, attributes = {}) {
  drawn("text", { x, y, class: "small", ...attributes }, parent).textContent = text;
}

/** Where a pointer is, in the units of the picture. */
function inside(svg, event) {
  const box = svg.getBoundingClientRect();
  return [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.width) * WIDTH];
}

/** `moved` hears where a grip is dragged to, and by how much the keys move it. */
function draggable(grip, svg, moved, keyed) {
  grip.addEventListener("pointerdown", (event) => {
    grip.setPointerCapture(event.pointerId);
    event.preventDefault();
    grip.focus({ preventScroll: true });
  });
  grip.addEventListener("pointermove", (event) => grip.hasPointerCapture(event.pointerId) && moved(...inside(svg, event)));
  grip.addEventListener("keydown", (event) => keyed(event.key) && event.preventDefault());
}

// Each part of a figure is made once, and gives what updates it: ({z, p, T}) -> nothing.

function bars(figure, z, change) {
  const n = z.length;
  const column = WIDTH / n;
  const middle = (k) => column * (k + 0.5);
  const wide = Math.min(56, column - 20);
  const zero = LOGITS.top + LOGITS.height / 2;
  const foot = CHANCES.top + CHANCES.height;
  const toY = (value) => zero - (value / LOGITS.most) * (LOGITS.height / 2);
  const svg = picture(356, `${n} logits and their probabilities`);
  words(svg, 2, 13, "logits z: drag a bar");
  words(svg, 2, CHANCES.top - 18, "probabilities p; dashed: their limits as T → 0");
  for (const y of [zero, foot]) drawn("line", { x1: 0, x2: WIDTH, y1: y, y2: y, class: "axis" }, svg);
  const keyed = (k) => (key) => {
    const by = { ArrowUp: STEP, ArrowRight: STEP, ArrowDown: -STEP, ArrowLeft: -STEP, PageUp: 1, PageDown: -1 }[key];
    const to = { Home: -LOGITS.most, End: LOGITS.most }[key] ?? (by && z[k] + by);
    if (to === undefined) return false;
    change(k, to);
    return true;
  };
  const classes = z.map((_, k) => {
    const box = { x: middle(k) - wide / 2, width: wide, rx: 3, class: `bar class-${k}` };
    const bar = drawn("rect", box, svg);
    const knob = drawn("line", { x1: middle(k) - wide / 2 - 4, x2: middle(k) + wide / 2 + 4, class: "knob" }, svg);
    const grip = drawn("rect", { x: middle(k) - 22, width: 44, height: 44, class: "grip", tabindex: 0, role: "slider",
      "aria-label": `logit ${k + 1}`, "aria-valuemin": -LOGITS.most, "aria-valuemax": LOGITS.most }, svg);
    draggable(grip, svg, (_, y) => change(k, ((zero - y) / (LOGITS.height / 2)) * LOGITS.most), keyed(k));
    const label = drawn("text", { x: middle(k), y: LOGITS.top + LOGITS.height + 16, class: "value" }, svg);
    const chance = drawn("rect", box, svg);
    const limit = drawn("line", { x1: middle(k) - wide / 2 - 6, x2: middle(k) + wide / 2 + 6, class: "limit" }, svg);
    const value = drawn("text", { x: middle(k), y: foot + 17, class: "value" }, svg);
    return { bar, knob, grip, label, chance, limit, value };
  });
  figure.append(svg);
  return ({ p }) => {
    const { limits } = coldest(z);
    classes.forEach(({ bar, knob, grip, label, chance, limit, value }, k) => {
      const y = toY(Math.max(-LOGITS.most, Math.min(LOGITS.most, z[k])));
      set(bar, { y: Math.min(y, zero), height: Math.max(1, Math.abs(y - zero)) });
      set(knob, { y1: y, y2: y });
      set(grip, { y: y - 22, "aria-valuenow": z[k].toFixed(1), "aria-valuetext": `${z[k].toFixed(1)}, probability ${p[k].toFixed(3)}` });
      set(chance, { y: foot - p[k] * CHANCES.height, height: p[k] * CHANCES.height });
      set(limit, { y1: foot - limits[k] * CHANCES.height, y2: foot - limits[k] * CHANCES.height });
      label.textContent = `z${BELOW[k]} = ${isTenth(z[k]) ? tenths(z[k]) : number(z[k])}`;
      value.textContent = number(p[k]);
    });
  };
}

function temperature(figure, T, heat) {
  const stops = [...new Set([...ROUND, T])].sort((a, b) => a - b);
  const id = `softmax-${Math.random().toString(36).slice(2)}`;
  const slider = element("input", { type: "range", min: 0, max: stops.length - 1, step: 1, id, "aria-label": "temperature T" });
  slider.value = stops.indexOf(T);
  const shown = element("output", { for: id });
  slider.addEventListener("input", () => heat(stops[slider.value]));
  figure.append(element("div", { class: "controls" }, element("label", { for: id }, "Temperature"), slider, shown));
  return ({ T }) => {
    shown.textContent = `T = ${exactly(T)}, λ = ${exactly(1 / T)}`;
    slider.setAttribute("aria-valuetext", String(exactly(T)));
  };
}

/** p against T, on a scale of powers of ten; dashed what it goes to at the end that is looked at. */
function curves(figure, z, T, shows) {
  const x = (heat) => CURVES.left + ((Math.log10(heat) + 2) / 4) * (WIDTH - CURVES.left - CURVES.right);
  const y = (chance) => CURVES.top + CURVES.height * (1 - chance);
  const n = z.length;
  const svg = picture(186, "the probabilities as curves over the temperature");
  svg.setAttribute("role", "img");
  words(svg, 2, 14, shows === "hot" ? "p over T; dashed: 1/n, and the first-order term" : "p over T; dashed: the limits as T → 0");
  for (const chance of [0, 1]) {
    drawn("line", { x1: CURVES.left, x2: WIDTH - CURVES.right, y1: y(chance), y2: y(chance), class: "axis" }, svg);
    words(svg, CURVES.left - 6, y(chance) + 4, chance, { "text-anchor": "end" });
  }
  for (const heat of [0.01, 0.1, 1, 10, 100]) words(svg, x(heat), y(0) + 18, heat, { "text-anchor": "middle" });
  const here = drawn("line", { y1: y(1), y2: y(0), class: "axis" }, svg);
  const lines = z.map((_, k) => drawn("path", { class: `curve line-${k}` }, svg));
  const dashes = z.map((_, k) => drawn("path", { class: `dashed line-${k}` }, svg));
  const dots = z.map((_, k) => drawn("circle", { r: 5, class: `class-${k}` }, svg));
  figure.append(svg);
  const heats = Array.from({ length: 161 }, (_, at) => 10 ** (at / 40 - 2));
  const path = (points) => `M${points.map(([a, b]) => `${a.toFixed(1)} ${b.toFixed(1)}`).join("L")}`;
  return ({ p, T }) => {
    const { limits } = coldest(z);
    const mean = z.reduce((sum, each) => sum + each, 0) / n;
    const all = heats.map((heat) => softmax(z, heat));
    set(here, { x1: x(T), x2: x(T) });
    z.forEach((each, k) => {
      const first = (heat) => 1 / n + (each - mean) / (n * heat);
      const hot = heats.filter((heat) => first(heat) > 0 && first(heat) < 1);
      set(lines[k], { d: path(heats.map((heat, at) => [x(heat), y(all[at][k])])) });
      set(dashes[k], { d: shows === "hot" ? path(hot.map((heat) => [x(heat), y(first(heat))])) : path([[x(0.01), y(limits[k])], [x(0.1), y(limits[k])]]) });
      set(dots[k], { cx: x(T), cy: y(p[k]) });
    });
  };
}

/** Three classes in the triangle: p, its way from T = ∞ to T = 0; p can be dragged, and the logits follow. */
function simplex(figure, z, move) {
  const { top, side } = TRIANGLE;
  const height = (side * Math.sqrt(3)) / 2;
  const left = (WIDTH - side) / 2;
  const corners = [[left, top + height], [left + side, top + height], [left + side / 2, top]];
  const at = (p) => [0, 1].map((axis) => p.reduce((sum, each, k) => sum + each * corners[k][axis], 0));
  const svg = picture(top + height + 26, "the probabilities as a point in a triangle");
  words(svg, 2, 14, "drag the point p; the line is its way over T");
  drawn("path", { d: `M${corners.map((each) => each.join(" ")).join("L")}Z`, class: "triangle" }, svg);
  corners.forEach(([x, y], k) => words(svg, x, k === 2 ? y - 8 : y + 18, `class ${k + 1}`, { "text-anchor": "middle" }));
  const way = drawn("path", { class: "way" }, svg);
  const end = drawn("circle", { r: 6, class: "end" }, svg);
  const dot = drawn("circle", { r: 8, class: "point" }, svg);
  const grip = drawn("circle", { r: 22, class: "grip", tabindex: 0, role: "slider", "aria-label": "p in the triangle; left and right move logit 1, up and down logit 3",
    "aria-valuemin": 0, "aria-valuemax": 1 }, svg);
  const shares = (x, y) => {
    const third = (top + height - y) / height;
    const second = (x - left) / side - third / 2;
    return [1 - second - third, second, third].map((each) => Math.max(each, 1e-6));
  };
  draggable(grip, svg, (x, y) => move({ p: shares(x, y) }), (key) => {
    const by = { ArrowLeft: [0, STEP], ArrowRight: [0, -STEP], ArrowUp: [2, STEP], ArrowDown: [2, -STEP] }[key];
    if (by) move({ by });
    return by;
  });
  figure.append(svg);
  const heats = Array.from({ length: 81 }, (_, each) => 10 ** (2.5 - each / 16));
  return ({ p }) => {
    const [cx, cy] = at(p);
    const points = [at([1 / 3, 1 / 3, 1 / 3]), ...heats.map((heat) => at(softmax(z, heat)))];
    set(way, { d: `M${points.map((each) => each.map((one) => one.toFixed(1)).join(" ")).join("L")}` });
    const [x, y] = at(coldest(z).limits);
    set(end, { cx: x, cy: y });
    set(dot, { cx, cy });
    set(grip, { cx, cy, "aria-valuenow": p[0].toFixed(3), "aria-valuetext": p.map((each, k) => `class ${k + 1}: ${each.toFixed(3)}`).join(", ") });
  };
}

/** The Jacobian: its signs large, its values small. A row says how a probability answers to each logit. */
function jacobian(figure, z) {
  const body = element("tbody");
  const table = element("table", { class: "jacobian" }, element("caption", {}, "∂pᵢ/∂zⱼ: row i, column j; each row sums to 0"), body);
  body.append(element("tr", {}, element("td"), ...z.map((_, j) => element("th", { scope: "col" }, `z${BELOW[j]}`))));
  const cells = z.map((_, i) => z.map(() => element("td")));
  cells.forEach((row, i) => body.append(element("tr", {}, element("th", { scope: "row" }, `p${BELOW[i]}`), ...row)));
  figure.append(element("div", { class: "wide", tabindex: 0 }, table));
  return ({ p, T }) => {
    const values = p.map((each, i) => p.map((other, j) => (each * (i === j ? rest(p, i) : -other)) / T));
    const most = Math.max(...values.flat().map(Math.abs)) || 1;
    values.forEach((row, i) => row.forEach((value, j) => {
      const sign = value > 0 ? "+" : value < 0 ? "−" : "0";
      cells[i][j].className = value > 0 ? "rises" : value < 0 ? "falls" : "";
      cells[i][j].style.setProperty("--much", `${(Math.abs(value) / most) * 45}%`);
      cells[i][j].replaceChildren(element("b", {}, sign), number(Math.abs(value)));
    }));
  };
}

/** 1 - p_i as the sum of the others, so that no digits are lost. */
const rest = (p, i) => p.reduce((sum, each, k) => (k === i ? sum : sum + each), 0);

/** The values: exact, rounded, and at both ends of the temperature. */
function values(figure, z) {
  const body = element("tbody");
  const heads = ["", "exactly", "rounded", "T → 0", "T → ∞"].map((each) => element("th", { scope: "col" }, each));
  figure.append(element("div", { class: "wide", tabindex: 0 }, element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body)));
  return ({ p, T }) => {
    const { winners, limits } = coldest(z);
    body.replaceChildren(...p.map((each, k) => element("tr", {}, element("th", { scope: "row" }, `p${BELOW[k]}`), element("td", {}, ...exact(z, k, T)),
      element("td", {}, number(each)), element("td", {}, share(limits[k], winners)), element("td", {}, `1/${z.length}`))));
  };
}

/** p_k = 1/(sum of exponentials of the other logits less its own), in which equal exponents are counted. */
function exact(z, k, T) {
  if (!z.every(isTenth)) return ["–"];
  const counts = new Map();
  for (const each of z) {
    const exponent = exactly(Math.round((each - z[k]) / STEP) * STEP / T);
    counts.set(exponent, (counts.get(exponent) ?? 0) + 1);
  }
  const terms = [...counts].sort(([a], [b]) => (a !== 0) - (b !== 0) || b - a);
  if (terms.length === 1) return [terms[0][1] === 1 ? "1" : `1/${terms[0][1]}`];
  const parts = terms.flatMap(([exponent, count], at) => {
    const plus = at ? " + " : "";
    return exponent === 0 ? [`${plus}${count}`] : [`${plus}${count > 1 ? `${count} ` : ""}e`, element("sup", {}, exponent === 1 ? "" : signed(String(exponent)))];
  });
  return ["1/(", ...parts, ")"];
}

function said(figure, z, shows) {
  const told = element("p", { class: "said", "aria-live": "polite" });
  figure.append(told);
  return ({ p, T }) => {
    const n = z.length;
    const { winners } = coldest(z);
    const tie = winners > 1 ? `${winners} classes tie for the largest logit: each gets 1/${winners} as T → 0, and the entropy goes to log ${winners} = ${Math.log(winners).toFixed(3)}.`
      : "One class has the largest logit: it gets everything as T → 0, and the entropy goes to 0.";
    const mean = z.reduce((sum, each) => sum + each, 0) / n;
    const slopes = p.map((each, k) => `${number(T * (each - 1 / n))} → ${number((z[k] - mean) / n)}`).join("; ");
    const more = shows === "hot" ? ` T (p − 1/${n}), class by class, and its limit as T → ∞: ${slopes}.` : "";
    told.textContent = `Entropy ${entropy(p).toFixed(3)}, at most log ${n} = ${Math.log(n).toFixed(3)}. ${tie}${more}`;
  };
}

export function mount(figure) {
  if ("mounted" in figure.dataset) return;
  figure.dataset.mounted = "";
  const z = figure.dataset.logits.split(",").map(logit);
  const { shows = "" } = figure.dataset;
  let T = Number(figure.dataset.temperature || 1);
  const clamped = (value) => exactly(Math.max(-LOGITS.most, Math.min(LOGITS.most, rounded(value))));
  const update = () => {
    const p = softmax(z, T);
    parts.forEach((each) => each({ z, p, T }));
    figure.dataset.p = p.map((each) => each.toFixed(6)).join();
  };
  const change = (k, value) => {
    z[k] = clamped(value);
    update();
  };
  const move = ({ p, by }) => {
    if (by) return change(by[0], z[by[0]] + by[1]);
    const mean = (of) => of.reduce((sum, each) => sum + each, 0) / of.length;
    const logs = p.map((each) => T * Math.log(each));
    const centre = mean(z);
    logs.forEach((each, k) => (z[k] = clamped(each - mean(logs) + centre)));
    update();
  };
  const [left, right, foot] = ["left", "right", "foot"].map((name) => element("div", { class: name }));
  const below = shows === "hot" || shows === "cold" ? foot : right;
  const parts = [bars(left, z, change), temperature(left, T, (heat) => ((T = heat), update()))];
  if (shows === "jacobian") parts.push(jacobian(right, z));
  if (below === foot) parts.push(curves(right, z, T, shows));
  if (z.length === 3 && shows !== "jacobian") parts.push(simplex(right, z, move));
  parts.push(said(below, z, shows), values(below, z));
  if (!shows) {
    const folded = element("details", {}, element("summary", {}, "The Jacobian ∂pᵢ/∂zⱼ, here"));
    parts.push(jacobian(folded, z));
    foot.append(folded);
  }
  figure.querySelectorAll(":scope > :not(figcaption)").forEach((each) => each.remove()); // the picture that stood still
  figure.prepend(element("div", { class: "parts" }, left, right, foot));
  update();
}

document.querySelectorAll("figure.softmax").forEach(mount);
