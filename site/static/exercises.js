// The page of exercises: answers are judged by the package in a worker, hints are shown one at a time, and what was done is
// kept in this browser, as the file that `symbolic` keeps, too (symbolic/course/progress.py).
import { element, live, typeset } from "./live.js";

const KEPT = "softmax-exercises";
const tools = document.getElementById("progress");
const RANKS = JSON.parse(tools.dataset.ranks);
const VERSION = Number(tools.dataset.version);
const cards = [...document.querySelectorAll("[data-exercise]")];
let entries = read(stored()) ?? {};

/** What this browser has kept; null if it keeps nothing, or must not. */
function stored() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/** The entries of a file of progress; null if it is none. */
function read(text) {
  try {
    const { version, exercises } = JSON.parse(text);
    if (version !== VERSION) return null;
    const fits = ({ best, answer, tries, hints }) => RANKS.includes(best) && typeof answer === "string" && [tries, hints].every(Number.isInteger);
    return Object.values(exercises).every(fits) ? exercises : null;
  } catch {
    return null;
  }
}

const of = (id) => entries[id] ?? { best: "", answer: "", tries: 0, hints: 0 };

/** The better verdict of two, with the more tries and hints. */
function better(one, other) {
  const best = RANKS.indexOf(other.best) > RANKS.indexOf(one.best) ? other : one;
  return { ...best, tries: Math.max(one.tries, other.tries), hints: Math.max(one.hints, other.hints) };
}

const text = () => `${JSON.stringify({ version: VERSION, exercises: entries }, null, 1)}\n`;

/** From now on these entries, {id: entry}, beside the others. */
function keep(changed) {
  entries = { ...entries, ...changed };
  try {
    localStorage.setItem(KEPT, text());
  } catch {
    // what cannot be kept is still shown
  }
  show();
}

function show() {
  for (const card of cards) {
    const { best, hints } = of(card.dataset.exercise);
    card.dataset.best = best;
    const all = [...card.querySelectorAll(".hints li")];
    all.forEach((each, at) => (each.hidden = at >= hints));
    const more = card.querySelector(".more");
    if (!more) continue;
    more.disabled = hints >= all.length;
    more.textContent = hints < all.length ? `Hint ${hints + 1} of ${all.length}` : "No more hints";
  }
  const right = cards.filter((each) => each.dataset.best === "right").length;
  document.getElementById("done").textContent = `${right} of ${cards.length} right`;
}

async function judge(card, answer) {
  const id = card.dataset.exercise;
  const reply = card.querySelector(".reply");
  const button = card.querySelector("form button");
  button.disabled = true;
  live.told = (progress) => (reply.textContent = progress === "ready" ? "Judging …" : `The checker is loading into your browser, once: ${progress}`);
  reply.textContent = "Judging …";
  delete card.dataset.status;
  try {
    const said = await live.ask({ kind: "judge", exercise: id, answer });
    reply.innerHTML = said.html; // the package's own: what was typed is escaped in it
    reply.className = `reply claim ${said.status === "right" ? "proved" : said.status === "wrong" ? "refuted" : ""}`;
    await typeset(reply);
    keep({ [id]: { ...better(of(id), { best: said.status, answer, tries: 0, hints: 0 }), tries: of(id).tries + 1 } });
    card.dataset.status = said.status;
  } catch (error) {
    reply.textContent = `Not judged: ${error.message}.`;
    card.dataset.status = "fatal";
  }
  button.disabled = false;
}

for (const card of cards) {
  const form = card.querySelector("form");
  const id = card.dataset.exercise;
  const before = of(id).answer;
  const choice = [...form.querySelectorAll("[type=radio]")].find((each) => each.value === before);
  if (choice) choice.checked = true;
  else if (form.elements.answer.type === "text") form.elements.answer.value = before;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answer = form.elements.answer.value.trim();
    if (answer) judge(card, answer);
  });
  card.querySelector(".more")?.addEventListener("click", () => keep({ [id]: { ...of(id), hints: of(id).hints + 1 } }));
}

document.getElementById("save").addEventListener("click", () => {
  const link = element("a", { download: "symbolic_progress.json", href: URL.createObjectURL(new Blob([text()], { type: "application/json" })) });
  link.click();
  URL.revokeObjectURL(link.href);
});
document.getElementById("bring").addEventListener("change", async ({ target }) => {
  const brought = read(await target.files[0]?.text());
  if (!brought) return void (document.getElementById("done").textContent = "This is no file of progress.");
  keep(Object.fromEntries(Object.entries(brought).map(([id, entry]) => [id, better(of(id), entry)])));
  target.value = "";
});
show();
