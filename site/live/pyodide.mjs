// Pyodide under node: what the bundle is made with, and what the tests of it run in.
import { loadPyodide } from "pyodide";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const runtime = dirname(fileURLToPath(import.meta.resolve("pyodide")));
export const SITE = "/lib/python3.14/site-packages";

/** Pyodide with folders of the host mounted: { "/inside": "host/folder" }. */
export async function python(mounts = {}) {
  const py = await loadPyodide({ indexURL: runtime });
  for (const [inside, outside] of Object.entries(mounts)) {
    py.FS.mkdirTree(inside);
    py.mountNodeFS(inside, outside);
  }
  return py;
}

/** Pyodide with the zips of the bundle unpacked, as in a browser. */
export async function bundled(folder, mounts = {}) {
  const py = await python(mounts);
  for (const zip of ["first.zip", "rest.zip"]) {
    py.unpackArchive(new Uint8Array(readFileSync(`${folder}/${zip}`)), "zip", { extractDir: SITE });
  }
  return py;
}

// What is thrown is said in a line: node would print the whole of Pyodide's source above it.
process.on("uncaughtException", (error) => {
  console.error(String(error.message ?? error));
  process.exit(1);
});
