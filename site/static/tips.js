// What a symbol in a formula means, and what a statement or a result says, beside it: under the mouse, at a tap, and for
// a formula or a link that the keyboard has reached. A formula that is reached shows all its symbols. Escape closes it.
import { ROOT, element } from "./live.js";

const PAUSE = 200; // milliseconds, so that a mouse that passes by opens nothing
const parts = {};
const tip = element("div", { class: "tip", id: "tip", role: "tooltip", hidden: "" });
document.body.append(tip);
let at = null;
let pause;

/** The parts of a page of definitions, by id; fetched when one of them is first looked at. */
function definitions(name) {
  parts[name] ??= fetch(new URL(`tips/${name}.html`, ROOT))
    .then((response) => response.text())
    .then((text) => new Map([...new DOMParser().parseFromString(text, "text/html").body.children].map((each) => [each.id, each])));
  return parts[name];
}

/** What an element is about: [page of definitions, ids], or nothing. */
function about(target) {
  const symbol = target.closest("[data-s]");
  if (symbol) return [symbol, "symbols", [symbol.dataset.s]];
  const formula = target.closest("mjx-container");
  if (formula && target === formula && formula === document.activeElement) {
    const inside = [...formula.querySelectorAll("[data-s]")].map((each) => each.dataset.s);
    if (inside.length) return [formula, "symbols", [...new Set(inside)]];
  }
  const link = target.closest("article a[href*='statement/']");
  const id = link && /statement\/(\w+)\/?$/.exec(link.getAttribute("href"))?.[1];
  if (id) return [link, "statements", [id]];
  const code = target.closest("article code, article .highlight .s2");
  const name = code && /^["']?([a-z]\w*_\w+)["']?$/.exec(code.textContent)?.[1];
  return name ? [code, "results", [name]] : null;
}

async function show(target) {
  const found = about(target);
  if (!found) return;
  const [element, page, ids] = found;
  at = element;
  const known = await definitions(page);
  const said = ids.map((id) => known.get(id)).filter(Boolean);
  if (at !== element || !said.length) return;
  tip.replaceChildren(...said.map((each) => each.cloneNode(true)));
  tip.querySelectorAll("[id]").forEach((each) => each.removeAttribute("id"));
  tip.hidden = false;
  element.setAttribute("aria-describedby", "tip");
  place(element.getBoundingClientRect());
}

/** Below what it is about, or above where there is no room; never over the edge. */
function place(box) {
  const { offsetWidth: width, offsetHeight: height } = tip;
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8));
  const below = box.bottom + 6;
  tip.style.left = `${left}px`;
  tip.style.top = `${below + height > innerHeight && box.top > height + 6 ? box.top - height - 6 : below}px`;
}

function hide() {
  clearTimeout(pause);
  at?.removeAttribute("aria-describedby");
  at = null;
  tip.hidden = true;
}

document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType !== "mouse" || tip.contains(target)) return;
  clearTimeout(pause);
  if (at && !at.contains(target) && at !== document.activeElement) pause = setTimeout(hide, PAUSE);
  if (!about(target)) return;
  clearTimeout(pause);
  pause = setTimeout(() => (hide(), show(target)), PAUSE);
});
document.addEventListener("click", ({ target }) => {
  if (tip.contains(target)) return;
  hide();
  if (!target.closest("a")) show(target);
});
document.addEventListener("focusin", ({ target }) => (hide(), target.matches(":focus-visible") && show(target)));
document.addEventListener("focusout", hide);
document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
addEventListener("scroll", () => at && !tip.hidden && place(at.getBoundingClientRect()), { passive: true, capture: true });

// The keyboard reaches displayed formulas, and of others those in which a symbol stands first on the page.
const met = new Set();
for (const formula of document.querySelectorAll("article mjx-container")) {
  const symbols = [...formula.querySelectorAll("[data-s]")].map((each) => each.dataset.s);
  const isNew = symbols.some((each) => !met.has(each));
  symbols.forEach((each) => met.add(each));
  if (symbols.length && (isNew || formula.hasAttribute("display"))) formula.tabIndex = 0;
}
