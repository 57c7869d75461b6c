// node snapshot.mjs FOLDER: the memory of Python after its first answers, as FOLDER/snapshot.bin.gz, beside the bundle.
// It leans on options of Pyodide that are not promised, so its version is pinned, and the worker can do without.
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { SITE } from "./pyodide.mjs";

const [folder] = process.argv.slice(2);
const { loadPyodide } = await import(`${folder}/pyodide.mjs`); // the one that pages load
const LINES = ["p[i] < 1", "diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])", "entropy(p) <= log(n)",
  "limit(p[i], T, 0) == 1/count(z[k] == max(z), k) given z[i] == max(z)", "p[i] ==", "\\frac{1}{n} \\leq \\max p"];

const py = await loadPyodide({ indexURL: `${folder}/`, _makeSnapshot: true });
py.unpackArchive(new Uint8Array(readFileSync(`${folder}/first.zip`)), "zip", { extractDir: SITE });
py.runPython(readFileSync(new URL("serve.py", import.meta.url), "utf8"));
py.globals.set("lines", JSON.stringify(LINES));
// The clock is JavaScript's, and made anew in the browser.
py.runPython(`
for line in json.loads(lines):
    read(line), ask(line, 20), steps(line, 20)
del lines, line
import gc
from symbolic import clock
clock.bell.cache_clear()
gc.collect()
`);
const memory = py.makeMemorySnapshot({ serializer: () => "ours" });
writeFileSync(`${folder}/snapshot.bin.gz`, gzipSync(memory, { level: 6 }));
