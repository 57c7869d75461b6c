// node typeset.mjs FOLDER KEPT: typesets the formulas, \(...\) and \[...\], of all pages in FOLDER, so that they are
// read before any script has run. What was typeset once is kept in KEPT, a folder, for the next build.
// A symbol with a meaning of its own carries it: <mjx-mi data-s="p">, which static/tips.js shows.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, kept] = process.argv.slice(2);
const { CHTML, mark } = await import(pathToFileURL(join(folder, "_static", "formulas.js")));
const TOKEN = /<!--[\s\S]*?-->|<(title|script|style|textarea|pre|code)\b[\s\S]*?<\/\1>|<[^>]*>/g;
const FORMULA = /\\\(([\s\S]*?)\\\)|\\\[([\s\S]*?)\\\]/g;
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&#x27;": "'" };
const FONTS = "../mathjax/output/chtml/fonts/woff-v2";

const MathJax = await createRequire(import.meta.url)("mathjax").init({
  loader: { versionWarnings: false, load: ["input/tex", "output/chtml", "adaptors/liteDOM", "a11y/assistive-mml"] },
  startup: { typeset: false },
  chtml: { ...CHTML, fontURL: FONTS, adaptiveCSS: false },
});
const adaptor = MathJax.startup.adaptor;
mark(MathJax);

const FILE = join(kept, "formulas.json");
const EDITION = createHash("sha256").update(readFileSync(new URL(import.meta.url))).update(readFileSync(join(folder, "_static", "formulas.js"))).digest("hex");
const known = read();

function read() {
  if (!existsSync(FILE)) return new Map();
  const { edition, formulas } = JSON.parse(readFileSync(FILE, "utf8"));
  return new Map(edition === EDITION ? formulas : []);
}

/** A formula as HTML; what readers of the screen are told in it carries no marks. */
function formula(display, tex) {
  const key = (display ? "[" : "(") + tex;
  if (!known.has(key)) {
    const html = adaptor.outerHTML(MathJax.tex2chtml(tex, { display }));
    if (html.includes("mjx-merror") || html.includes("<merror")) throw new Error(`not typeset: ${tex}`);
    const [seen, told] = html.split("<mjx-assistive-mml");
    known.set(key, `${seen}<mjx-assistive-mml${told.replaceAll(/ data-[\w-]+="[^"]*"/g, "")}`);
  }
  return known.get(key);
}

const plain = (text) => text.replaceAll(/&(?:lt|gt|amp|quot|#39|#x27);/g, (each) => ENTITIES[each]);

function typeset(html) {
  const text = (part) => part.replaceAll(FORMULA, (_, inline, displayed) => formula(inline === undefined, plain(inline ?? displayed)));
  let done = "";
  let at = 0;
  for (const tag of html.matchAll(TOKEN)) {
    done += text(html.slice(at, tag.index)) + tag[0];
    at = tag.index + tag[0].length;
  }
  return done + text(html.slice(at));
}

for (const name of readdirSync(folder, { recursive: true })) {
  if (!name.endsWith(".html")) continue;
  const file = join(folder, name);
  const before = readFileSync(file, "utf8");
  const after = typeset(before);
  if (after !== before) writeFileSync(file, after);
}
mkdirSync(kept, { recursive: true });
writeFileSync(FILE, JSON.stringify({ edition: EDITION, formulas: [...known] }));

// Of the rules for single characters those are kept that some formula needs.
const used = new Set([...known.values()].flatMap((html) => html.match(/mjx-c[0-9A-F]+/g) ?? []));
const needed = (rule, name) => (used.has(name) ? rule : "");
const css = adaptor.textContent(MathJax.chtmlStylesheet()).replaceAll(FONTS, FONTS.slice(3));
writeFileSync(join(folder, "_static", "mathjax.css"), css.replaceAll(/^mjx-c\.(mjx-c[0-9A-F]+)[^{]*\{[^}]*\}\n*/gm, needed));
