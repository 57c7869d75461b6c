// Cells of the book that run in the reader's browser: edit, press Run, and see what a notebook shows.
import { element, live, typeset } from "./live.js";

const LEFT_OUT = /^\s*%|^\s*!/m; // magics: they need a notebook, and Coq

export function runnable(cell) {
  const code = cell.querySelector(".cell_input pre");
  if (!code || LEFT_OUT.test(code.textContent)) return;
  code.contentEditable = "plaintext-only";
  code.spellcheck = false;
  code.setAttribute("role", "textbox");
  code.setAttribute("aria-multiline", "true");
  code.setAttribute("aria-label", "code, which can be edited");
  const button = element("button", { type: "button", class: "run" }, "Run");
  cell.querySelector(".cell_input").append(button);
  const run = async () => {
    button.disabled = true;
    const output = cell.querySelector(".cell_output") ?? cell.appendChild(element("div", { class: "cell_output docutils container" }));
    live.told = (progress) => (button.textContent = progress === "ready" ? "Running …" : `Loading: ${progress}`);
    button.textContent = "Running …";
    try {
      await before(cell);
      const said = await live.ask({ kind: "run", source: code.innerText });
      output.replaceChildren(...shown(said));
      await typeset(output);
      await moved(output);
      cell.dataset.ran = said.error ? "error" : "ok";
    } catch (error) {
      output.replaceChildren(element("pre", {}, error.message));
      cell.dataset.ran = "error";
    }
    button.textContent = "Run";
    button.disabled = false;
  };
  button.addEventListener("click", run);
  cell.run = run;
  code.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      run();
    }
  });
}

/** All cells in their order, those that need a notebook left out; it ends at the first that fails. */
export async function runAll(said) {
  const cells = [...document.querySelectorAll("div.cell")];
  const runnables = cells.filter((each) => each.run);
  for (const [at, cell] of runnables.entries()) {
    said.textContent = `cell ${at + 1} of ${runnables.length} …`;
    await cell.run();
    if (cell.dataset.ran !== "ok") {
      said.textContent = `It ended at cell ${at + 1}.`;
      return cell.scrollIntoView({ block: "center" });
    }
  }
  const others = cells.length - runnables.length;
  said.textContent = `${runnables.length} cells ran in your browser${others ? `; ${others} need a notebook, and did not` : ""}.`;
}

/** A figure that moves is woken: what is written into a page runs no script. */
async function moved(output) {
  const figures = output.querySelectorAll("figure.softmax");
  if (!figures.length) return;
  const { mount } = await import("./moving.js");
  figures.forEach(mount);
}

/** The cells above it that have not been run define what it needs. */
async function before(cell) {
  for (const each of document.querySelectorAll("div.cell")) {
    if (each === cell) return;
    const code = each.querySelector(".cell_input pre");
    if (!code || each.dataset.ran || each.dataset.defined || LEFT_OUT.test(code.textContent)) continue;
    each.dataset.defined = "";
    await live.ask({ kind: "run", source: imports(code.innerText) });
  }
}

/** What a cell defines, without what it shows. */
function imports(source) {
  return source
    .split("\n")
    .filter((line) => /^(from|import) |^\w+ = /.test(line))
    .join("\n");
}

function* shown({ shown, printed, error }) {
  for (const each of shown) {
    const box = element("div", { class: "output" });
    if (each["text/html"]) box.innerHTML = each["text/html"];
    else if (each["image/svg+xml"]) box.innerHTML = each["image/svg+xml"];
    else if (each["text/latex"]) box.textContent = each["text/latex"].replace(/^\$\$?/, "\\[").replace(/\$\$?\s*$/, "\\]");
    else if (each["text/markdown"]) box.append(...markdown(each["text/markdown"]));
    else box.append(element("pre", {}, each["text/plain"]));
    yield box;
  }
  if (printed || error) yield element("pre", {}, printed + error);
}

/** The Markdown that the package writes: paragraphs, formulas, tables, bold and code. */
function* markdown(text) {
  for (const part of text.split(/\n\n+/)) {
    const formula = /^\$\$\n?([\s\S]*?)\n?\$\$$/.exec(part);
    if (formula) yield element("div", {}, `\\[${formula[1]}\\]`);
    else if (part.startsWith("|")) yield table(part);
    else yield element("p", {}, ...inline(part.replace(/^#+ /, "")));
  }
}

function table(part) {
  const [head, , ...rows] = part.split("\n").map((row) => row.replace(/^\||\|$/g, "").split("|"));
  const line = (tag, cells) => element("tr", {}, ...cells.map((each) => element(tag, {}, ...inline(each.trim()))));
  return element("div", { class: "table-wrapper" }, element("table", {}, element("thead", {}, line("th", head)),
    element("tbody", {}, ...rows.map((each) => line("td", each)))));
}

function inline(text) {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`|\$[^$]+\$|<br>)/).map((part) => {
    if (part.startsWith("**")) return element("strong", {}, part.slice(2, -2));
    if (part.startsWith("`")) return element("code", {}, part.slice(1, -1));
    if (part.startsWith("$")) return `\\(${part.slice(1, -1)}\\)`;
    return part === "<br>" ? element("br") : part;
  });
}
