// A figure that moves: logits as bars that can be dragged, the temperature on a slider, and what follows from them.
// <figure class="softmax" data-logits="2,2,1" data-temperature="1"><figcaption>...</figcaption></figure>
import { element } from "./live.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 340;
const LOGITS = { top: 20, height: 130, most: 4 }; // from -most to most
const CHANCES = { top: 222, height: 110 };
const STEP = 0.1; // so that a tie can be met exactly
const COLDEST = -2; // powers of ten
const HOTTEST = 2;

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

const rounded = (value) => Math.round(value / STEP) * STEP;
const tenths = (value) => (Math.abs(value) < STEP / 2 ? 0 : value).toFixed(1).replace("-", "−");

function number(value) {
  if (value !== 0 && Math.abs(value) < 0.0005) return value.toExponential(1).replace("-", "−").replace("e−", " · 10^−");
  return value.toFixed(3).replace("-", "−");
}

function drawn(tag, attributes, parent) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  parent?.append(made);
  return made;
}

export function mount(figure) {
  const z = figure.dataset.logits.split(",").map(Number);
  const n = z.length;
  let T = Number(figure.dataset.temperature || 1);
  const column = WIDTH / n;
  const middle = (k) => column * (k + 0.5);
  const wide = Math.min(56, column - 20);
  const zero = LOGITS.top + LOGITS.height / 2;
  const toY = (value) => zero - (value / LOGITS.most) * (LOGITS.height / 2);
  const named = `softmax-${Math.random().toString(36).slice(2)}`;

  const svg = drawn("svg", { viewBox: `0 0 ${WIDTH} 356`, role: "group", "aria-label": `${n} logits and their probabilities` });
  drawn("text", { x: 2, y: 13, class: "small" }, svg).textContent = "logits z: drag a bar";
  drawn("line", { x1: 0, x2: WIDTH, y1: zero, y2: zero, class: "axis" }, svg);
  drawn("text", { x: 2, y: CHANCES.top - 18, class: "small" }, svg).textContent = "probabilities p; dashed: their limits as T → 0";
  drawn("line", { x1: 0, x2: WIDTH, y1: CHANCES.top + CHANCES.height, y2: CHANCES.top + CHANCES.height, class: "axis" }, svg);

  const bars = z.map((_, k) => {
    const group = drawn("g", {}, svg);
    const bar = drawn("rect", { x: middle(k) - wide / 2, width: wide, rx: 3, class: `bar class-${k}` }, group);
    const grip = drawn("rect", { x: middle(k) - 22, width: 44, height: 44, class: "grip", tabindex: 0, role: "slider",
      "aria-label": `logit ${k + 1}`, "aria-valuemin": -LOGITS.most, "aria-valuemax": LOGITS.most }, group);
    const knob = drawn("line", { x1: middle(k) - wide / 2 - 4, x2: middle(k) + wide / 2 + 4, class: "knob" }, group);
    const label = drawn("text", { x: middle(k), y: LOGITS.top + LOGITS.height + 16, class: "value" }, group);
    const chance = drawn("rect", { x: middle(k) - wide / 2, width: wide, rx: 3, class: `bar class-${k}` }, svg);
    const limit = drawn("line", { x1: middle(k) - wide / 2 - 6, x2: middle(k) + wide / 2 + 6, class: "limit" }, svg);
    const value = drawn("text", { x: middle(k), y: CHANCES.top + CHANCES.height + 17, class: "value" }, svg);
    return { bar, grip, knob, label, chance, limit, value };
  });

  const slider = element("input", { type: "range", min: COLDEST, max: HOTTEST, step: 0.02, id: `${named}-T` });
  slider.value = Math.log10(T);
  const shownT = element("output", { for: `${named}-T` });
  const controls = element("div", { class: "controls" }, element("label", { for: `${named}-T` }, "Temperature T "), slider, shownT);
  const said = element("p", { class: "said", "aria-live": "polite" });
  const signs = element("table", { class: "signs" });
  const told = element("details", {}, element("summary", {}, "The Jacobian ∂pᵢ/∂zⱼ, here"), signs);

  const set = (k, value) => {
    z[k] = Math.max(-LOGITS.most, Math.min(LOGITS.most, rounded(value)));
    update();
  };

  bars.forEach(({ grip }, k) => {
    grip.addEventListener("pointerdown", (event) => {
      grip.setPointerCapture(event.pointerId);
      event.preventDefault();
      grip.focus({ preventScroll: true });
    });
    grip.addEventListener("pointermove", (event) => {
      if (!grip.hasPointerCapture(event.pointerId)) return;
      const box = svg.getBoundingClientRect();
      const y = ((event.clientY - box.top) / box.width) * WIDTH;
      set(k, ((zero - y) / (LOGITS.height / 2)) * LOGITS.most);
    });
    grip.addEventListener("keydown", (event) => {
      const by = { ArrowUp: STEP, ArrowRight: STEP, ArrowDown: -STEP, ArrowLeft: -STEP, PageUp: 1, PageDown: -1 }[event.key];
      const to = { Home: -LOGITS.most, End: LOGITS.most }[event.key];
      if (by === undefined && to === undefined) return;
      event.preventDefault();
      set(k, to ?? z[k] + by);
    });
  });
  slider.addEventListener("input", () => {
    T = 10 ** Number(slider.value);
    update();
  });

  function update() {
    const p = softmax(z, T);
    const most = Math.max(...z);
    const winners = z.filter((each) => most - each < STEP / 2).length;
    bars.forEach((each, k) => {
      const y = toY(z[k]);
      each.bar.setAttribute("y", Math.min(y, zero));
      each.bar.setAttribute("height", Math.max(1, Math.abs(y - zero)));
      each.grip.setAttribute("y", y - 22);
      each.grip.setAttribute("aria-valuenow", z[k].toFixed(1));
      each.grip.setAttribute("aria-valuetext", `${z[k].toFixed(1)}, probability ${p[k].toFixed(3)}`);
      each.knob.setAttribute("y1", y);
      each.knob.setAttribute("y2", y);
      each.label.textContent = `z${"₁₂₃₄₅₆"[k]} = ${tenths(z[k])}`;
      const height = p[k] * CHANCES.height;
      each.chance.setAttribute("y", CHANCES.top + CHANCES.height - height);
      each.chance.setAttribute("height", height);
      const limit = most - z[k] < STEP / 2 ? 1 / winners : 0;
      each.limit.setAttribute("y1", CHANCES.top + CHANCES.height * (1 - limit));
      each.limit.setAttribute("y2", CHANCES.top + CHANCES.height * (1 - limit));
      each.value.textContent = number(p[k]);
    });
    shownT.textContent = T < 10 ? T.toPrecision(2) : T.toFixed(0);
    const tie = winners > 1 ? `${winners} classes tie for the largest logit: each gets 1/${winners} as T → 0.`
      : "One class has the largest logit: it gets everything as T → 0.";
    said.textContent = `Entropy ${entropy(p).toFixed(3)}, at most log ${n} = ${Math.log(n).toFixed(3)}. ${tie}`;
    signs.replaceChildren(jacobian(p, T, n));
    figure.dataset.p = p.map((each) => each.toFixed(6)).join();
  }

  figure.prepend(svg, controls, said, told);
  figure.dataset.mounted = "";
  update();
}

/** One row a class: how its probability answers to each logit. */
function jacobian(p, T, n) {
  const body = element("tbody");
  const head = element("tr", {}, element("td"), ...p.map((_, j) => element("th", { scope: "col" }, `z${"₁₂₃₄₅₆"[j]}`)));
  body.append(head);
  for (let i = 0; i < n; i++) {
    const row = element("tr", {}, element("th", { scope: "row" }, `p${"₁₂₃₄₅₆"[i]}`));
    for (let j = 0; j < n; j++) {
      const value = (p[i] * ((i === j) - p[j])) / T;
      row.append(element("td", { class: value > 0 ? "rises" : "falls" }, `${value > 0 ? "+" : ""}${number(value)}`));
    }
    body.append(row);
  }
  return body;
}
