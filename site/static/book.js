// What the pages do: buttons of claims, filters of the ledger, searching, figures, cells that run.
import { ROOT, element, focusable, live, typeset } from "./live.js";
import "./tips.js";

// --- claims ---

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const said = button.textContent;
    button.textContent = "copied";
    setTimeout(() => (button.textContent = said), 1500);
  });
}

for (const button of document.querySelectorAll("[data-check]")) {
  button.addEventListener("click", async () => {
    const bar = button.closest("[data-claim]");
    const shown = element("div", { class: "checked", role: "status" }, "The checker is loading into your browser …");
    bar.parentElement.querySelector(":scope > .checked")?.remove();
    bar.after(shown);
    button.disabled = true;
    live.told = (progress) => (shown.textContent = `The checker is loading into your browser: ${progress}`);
    try {
      const said = await live.ask({ kind: "ask", line: bar.dataset.claim });
      shown.innerHTML = said.html;
      shown.append(element("p", { class: "time" }, `decided in your browser in ${(said.ms / 1000).toFixed(2)} s`));
      await typeset(shown);
    } catch (error) {
      shown.textContent = error.message;
    }
    button.disabled = false;
  });
}

const askHere = document.getElementById("ask-here");
askHere?.addEventListener("submit", (event) => {
  event.preventDefault();
  location.href = `ask/#claim=${encodeURIComponent(document.getElementById("ask-line").value || "p[i] < 1")}`;
});

// --- the ledger ---

const filters = document.getElementById("filters");
if (filters) {
  const rows = [...document.querySelectorAll("#ledger tbody tr")];
  const narrow = () => {
    const words = filters.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const row of rows) {
      const fits =
        ["kind", "truth", "standing", "coq"].every((name) => !filters[name].value || row.dataset[name] === filters[name].value) &&
        words.every((word) => row.textContent.toLowerCase().includes(word));
      row.hidden = !fits;
      found += fits;
    }
    document.getElementById("found").textContent = `${found} of ${rows.length}`;
  };
  filters.addEventListener("input", narrow);
  filters.addEventListener("submit", (event) => event.preventDefault());
  narrow();
}

// --- searching ---

const search = document.getElementById("search");
if (search) {
  const query = document.getElementById("query");
  const hits = document.getElementById("hits");
  const results = document.getElementById("search-results");
  const pagefind = await import(new URL("pagefind/pagefind.js", ROOT).href);
  const look = async () => {
    const found = query.value ? (await pagefind.search(query.value)).results : [];
    const shown = await Promise.all(found.slice(0, 30).map((each) => each.data()));
    hits.textContent = query.value ? `${found.length} found` : "";
    results.replaceChildren(
      ...shown.map((each) => {
        const excerpt = element("p");
        excerpt.innerHTML = each.excerpt; // pagefind's own, in which it has marked the words
        return element("li", {}, element("a", { href: each.url }, each.meta.title ?? each.url), excerpt);
      }),
    );
  };
  query.value = new URLSearchParams(location.search).get("q") ?? "";
  query.addEventListener("input", look);
  search.addEventListener("submit", (event) => event.preventDefault());
  await look();
}

// --- figures, and cells ---

const figures = document.querySelectorAll("figure.softmax");
if (figures.length) {
  const { mount } = await import("./moving.js");
  figures.forEach((each) => mount(each));
}

if (document.querySelector("div.cell_input")) {
  const { runAll, runnable } = await import("./run.js");
  document.querySelectorAll("div.cell").forEach(runnable);
  const all = document.getElementById("run-all");
  all?.addEventListener("click", async () => {
    all.disabled = true;
    await runAll(document.getElementById("ran"));
    all.disabled = false;
  });
}

// How wide formulas are is known when their fonts are there.
(async () => {
  focusable(document);
  await new Promise(requestAnimationFrame);
  await document.fonts.ready;
  focusable(document);
  document.documentElement.dataset.typeset = "";
})();
document.fonts.addEventListener("loadingdone", () => focusable(document));
document.addEventListener("toggle", (event) => focusable(event.target), true);
addEventListener("resize", () => focusable(document));
