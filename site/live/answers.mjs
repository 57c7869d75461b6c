// node answers.mjs BUNDLE SECONDS LINES OUT: for each of the lines, a JSON array in a file, its record and the seconds that
// it took, as a line of JSON in another. (A pipe may be busy, and node then refuses to wait.)
// Where Python breaks down, as it does when the stack ends, the verdict is `fatal`, and it is started anew.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { bundled } from "./pyodide.mjs";

const [bundle, seconds, lines, out] = process.argv.slice(2);
const ANSWERS = readFileSync(new URL("answers.py", import.meta.url), "utf8");
const REPLY = "import json\ndef reply(line, seconds):\n    (said,) = records([line], seconds)\n    return json.dumps(said)\n";

async function engage() {
  const py = await bundled(bundle);
  py.runPython(ANSWERS + REPLY, { filename: "answers.py" });
  return py.globals.get("reply");
}

let reply = await engage();
writeFileSync(out, "");
for (const line of JSON.parse(readFileSync(lines, "utf8"))) {
  try {
    appendFileSync(out, `${reply(line, Number(seconds))}\n`);
  } catch (error) {
    const reason = String(error.message ?? error).slice(-300);
    appendFileSync(out, `${JSON.stringify([{ claim: line, verdict: "fatal", reason }, 0])}\n`);
    reply = await engage();
  }
}
