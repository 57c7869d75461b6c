// node bundle.mjs PACKAGES ROOT OUT: the zips that the pages load, written to OUT by bundle.py.
import { mkdirSync, readFileSync } from "node:fs";
import { python } from "./pyodide.mjs";

const [packages, root, out] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const py = await python({ "/packages": packages, "/root": root, "/out": out });
py.runPython("import sys; sys.dont_write_bytecode = False");
py.runPython(readFileSync(new URL("bundle.py", import.meta.url), "utf8"), { filename: "bundle.py" });
