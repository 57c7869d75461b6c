// A worker with the package in it. What it is asked, {id, kind, ...} (serve.py), it answers with {id, ...};
// while it starts it tells {progress}, and when Python has broken down {fatal}: then it is to be replaced.
import { loadPyodide } from "./pyodide.mjs";

const HERE = new URL("./", self.location).href;
const PACKAGES = "/lib/python3.14/site-packages";

/** A file, with what is there of it so far told on the way. */
async function fetched(name, tell = () => {}) {
  const response = await fetch(HERE + name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const parts = [];
  let size = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    tell((size += value.length));
  }
  return new Blob(parts);
}

function tell(progress) {
  postMessage({ progress });
}

const megabytes = (size) => tell(`${(size / 1e6).toFixed(1)} MB`);

/** Python as it was after its first answers; nothing has to be imported. */
async function fromSnapshot() {
  const packed = await fetched("snapshot.bin.gz", megabytes);
  const memory = await new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  return loadPyodide({ indexURL: HERE, _loadSnapshot: new Uint8Array(memory), _snapshotDeserializer: () => ({}) });
}

/** Python, and the byte code of the package. */
async function fromZip() {
  const zip = fetched("first.zip", megabytes);
  zip.catch(() => {});
  const py = await loadPyodide({ indexURL: HERE });
  tell("Python has started");
  py.unpackArchive(new Uint8Array(await (await zip).arrayBuffer()), "zip", { extractDir: PACKAGES });
  py.runPython(await (await fetch(`${HERE}serve.py`)).text());
  py.runPython(`packed.zips.remove("first.zip")`);
  return py;
}

async function start() {
  const py = await fromSnapshot().catch((error) => {
    console.info(`no snapshot: ${error.message}`);
    return fromZip();
  });
  // What is in no memory yet; serve.py asks for it.
  self.unpackZip = (name) => {
    const request = new XMLHttpRequest();
    request.open("GET", HERE + name, false);
    request.responseType = "arraybuffer";
    request.send();
    py.unpackArchive(new Uint8Array(request.response), "zip", { extractDir: PACKAGES });
  };
  tell("ready");
  return py.globals.get("serve");
}

const ready = start().catch((error) => postMessage({ fatal: String(error.message ?? error).slice(-1500) }));

onmessage = async ({ data }) => {
  const serve = await ready;
  if (!serve) return;
  try {
    const begun = performance.now();
    const said = JSON.parse(serve(JSON.stringify(data)));
    postMessage({ id: data.id, ...said, ms: Math.round(performance.now() - begun) });
  } catch (error) {
    postMessage({ id: data.id, fatal: String(error.message ?? error).slice(-800) });
  }
};
