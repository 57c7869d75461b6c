// node answers.mjs BUNDLE SECONDS < lines, a JSON array: for each its record and the seconds that it took, as JSON.
// Where Python breaks down, as it does when the stack ends, the verdict is `fatal`, and it is started anew.
import { readFileSync, writeSync } from "node:fs";
import { bundled } from "./pyodide.mjs";

const [bundle, seconds] = process.argv.slice(2);
const ANSWERS = readFileSync(new URL("answers.py", import.meta.url), "utf8");
const REPLY = "import json\ndef reply(line, seconds):\n    (said,) = records([line], seconds)\n    return json.dumps(said)\n";

async function engage() {
  const py = await bundled(bundle);
  py.runPython(ANSWERS + REPLY, { filename: "answers.py" });
  return py.globals.get("reply");
}

let reply = await engage();
for (const line of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    writeSync(1, `${reply(line, Number(seconds))}\n`);
  } catch (error) {
    const reason = String(error.message ?? error).slice(-300);
    writeSync(1, `${JSON.stringify([{ claim: line, verdict: "fatal", reason }, 0])}\n`);
    reply = await engage();
  }
}
