// The page Ask: a line, shown back typeset while it is typed, and decided by the package in a worker.
import { Live, element, typeset } from "./live.js";

const $ = (id) => document.getElementById(id);
const line = $("line");
const reading = $("reading");
const progress = $("progress");
const answer = $("answer");
const KEPT = "softmax-asked";
const MOST = 20;

const live = new Live(tell);
let deciding = 0; // which question is worked on; 0 is none
let asked = 0;

function tell(what) {
  progress.textContent = what === "ready" ? "" : `The checker is loading into your browser, once: ${what}`;
  document.body.dataset.live = what === "ready" ? "ready" : "loading";
}

// --- while it is typed ---

let pause;
let read = 0;

async function readBack() {
  const typed = line.value.trim();
  const mine = ++read;
  if (!typed) return reading.replaceChildren();
  let said;
  try {
    said = await live.ask({ kind: "read", line: typed });
  } catch {
    return;
  }
  if (mine !== read) return;
  const shown = said.latex ? element("div", { class: "read" }, ...said.latex.map((each) => `\\[${each}\\]`)) : misread(typed, said);
  reading.replaceChildren(shown); // first, for what is not on the page has no size
  if (said.latex) await typeset(shown);
}

/** The parser's message, under the place that is meant. */
function misread(typed, { reason, position, advice }) {
  const flat = typed.replaceAll("\n", " ");
  const caret = position === undefined ? "" : `${flat}\n${" ".repeat(position)}^\n`;
  const shown = element("div", { class: "misread" }, element("pre", { tabindex: "0" }, `${caret}${reason}`));
  for (const each of advice) shown.append(element("p", {}, ...marked(each)));
  return shown;
}

function marked(text) {
  return text.split("`").map((part, at) => (at % 2 ? element("code", {}, part) : part));
}

line.addEventListener("focus", () => live.start());
line.addEventListener("input", () => {
  clearTimeout(pause);
  if (!deciding) pause = setTimeout(readBack, 150);
});
line.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    decide(line.value);
  }
});

// --- the answer ---

async function decide(text) {
  const typed = text.trim();
  if (!typed) return;
  if (deciding) live.cancel();
  const mine = (deciding = ++asked);
  line.value = typed;
  history.replaceState(null, "", `#claim=${encodeURIComponent(typed)}`);
  $("cancel").disabled = false;
  answer.replaceChildren(element("p", { class: "time" }, "Deciding …"));
  delete document.body.dataset.verdict;
  try {
    const said = await live.ask({ kind: "ask", line: typed });
    if (mine !== deciding) return;
    await show(said);
    if (said.verdict !== "invalid") remember(typed);
    readBack();
  } catch (error) {
    if (mine === deciding) {
      answer.replaceChildren(element("p", { class: "verdict unknown" }, `Not decided: ${error.message}.`));
      document.body.dataset.verdict = "unknown";
      live.start();
    }
  }
  if (mine === deciding) {
    deciding = 0;
    $("cancel").disabled = true;
  }
}

async function show(said) {
  const shown = element("div", { class: `claim ${said.verdict}` });
  if (said.verdict === "invalid") shown.append(element("p", {}, element("strong", {}, "Not a claim"), ": ", ...marked(said.reason), "."));
  else shown.innerHTML = said.html; // the package's own: what was typed is escaped in it
  if (said.read) shown.prepend(element("p", { class: "note" }, "Read as ", element("code", {}, said.read)));
  if (said.counterexample) await draw(said.counterexample, shown);
  if (said.latex) shown.append(tools(said));
  if (said.verdict !== "invalid") shown.append(element("p", { class: "time" }, `decided in your browser in ${(said.ms / 1000).toFixed(2)} s`));
  answer.replaceChildren(shown);
  await typeset(shown);
  document.body.dataset.verdict = said.verdict;
  if (said.verdict === "proved" && !shown.querySelector(".derivation")) unfold(said.claim, shown);
}

/** An equality step by step, where no derivation came with its verdict. */
async function unfold(claim, shown) {
  const { html } = await live.ask({ kind: "steps", line: claim, seconds: 5 }).catch(() => ({}));
  if (!html || !shown.isConnected) return;
  const box = element("div");
  box.innerHTML = html;
  shown.querySelector(".buttons").before(box);
  await typeset(box);
}

/** The counterexample's logits and probabilities, where there are few. */
async function draw({ n, families, lambda }, shown) {
  const { mount, logit } = await import("./moving.js");
  const logits = families.z ?? [];
  if (n < 2 || n > 4 || logits.length !== n || !logits.every((each) => Math.abs(logit(each)) <= 4) || !(logit(lambda) > 0)) return;
  const figure = element("figure", { class: "softmax", "data-logits": logits.join(), "data-temperature": 1 / logit(lambda) });
  figure.append(element("figcaption", {}, "The counterexample. Drag a bar to see what becomes of it."));
  mount(figure);
  shown.append(figure);
}

function tools({ latex, claim, verdict }) {
  const copy = element("button", { type: "button" }, "copy LaTeX");
  copy.onclick = () => navigator.clipboard.writeText([latex.claim, latex.derivation].filter(Boolean).join("\n"));
  const bar = element("p", { class: "buttons" }, copy);
  if (verdict !== "proved") return bar;
  const more = element("button", { type: "button" }, "what it rests on");
  more.onclick = async () => {
    more.disabled = true;
    const said = await live.ask({ kind: "explain", line: claim });
    bar.after(element("div", { class: "rests" }, element("pre", { tabindex: "0" }, said.text)));
  };
  bar.append(more);
  return bar;
}

$("ask").querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  decide(line.value);
});
$("cancel").addEventListener("click", () => {
  deciding = 0;
  live.cancel();
  $("cancel").disabled = true;
  answer.replaceChildren(element("p", {}, "Cancelled."));
  document.body.dataset.verdict = "cancelled";
  live.start();
});
$("copy-link").addEventListener("click", () => {
  const link = new URL(location.href);
  link.hash = `claim=${encodeURIComponent(line.value)}`;
  navigator.clipboard.writeText(link.href);
});

// --- what was asked before, kept in this browser alone ---

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}

function remember(typed) {
  const all = [typed, ...kept().filter((each) => each !== typed)].slice(0, MOST);
  try {
    localStorage.setItem(KEPT, JSON.stringify(all));
  } catch {
    return;
  }
  recall();
}

function recall() {
  const all = kept();
  $("history").hidden = !all.length;
  $("history")
    .querySelector("ul")
    .replaceChildren(...all.map((each) => element("li", {}, example(element("button", { type: "button" }, each)))));
}

function example(button) {
  button.addEventListener("click", () => {
    decide(button.textContent);
    line.scrollIntoView({ block: "center" });
  });
  return button;
}

$("forget").addEventListener("click", () => {
  localStorage.removeItem(KEPT);
  recall();
});
$("examples").querySelectorAll("button").forEach(example);
recall();

function fromAddress() {
  const claim = new URLSearchParams(location.hash.slice(1)).get("claim");
  if (claim) decide(claim);
}
addEventListener("hashchange", fromAddress);
fromAddress();
