// How formulas are set, when the site is built and in the browser, and which of their symbols tips.js explains.
export const CHTML = { matchFontHeight: false, scale: 1.1 };

/** What a symbol is called in symbols.html, by what stands in the formula. */
const MEANT = new Map(Object.entries({
  p: "p", z: "z", Z: "Z", T: "T", n: "n", λ: "lambda", δ: "delta", i: "class", j: "class", k: "class", "∂": "diff",
  "⟨": "mean", "⟩": "mean", σ: "sigmoid", H: "entropy", KL: "kl", Var: "var", "#": "count", max: "max", min: "min",
  log: "log", lim: "limit", "∑": "sum", softmax: "softmax", LSE: "logsumexp", softplus: "softplus", tanh: "tanh",
}));

/** From now on MathJax marks such symbols: <mjx-mi data-s="p">. A k that is no index, and a T of transposing, mean other things. */
export function mark(MathJax) {
  MathJax.startup.document.inputJax[0].postFilters.add(({ data }) =>
    data.root.walkTree((node) => {
      const text = node.isToken && node.childNodes.map((each) => each.text ?? "").join("");
      if (!MEANT.has(text) || (text === "k" && !below(node)) || node.attributes.getExplicit("mathvariant") === "sans-serif") return;
      node.attributes.set("data-s", MEANT.get(text));
    }));
}

/** Is it in a subscript, or under a sum? */
function below(node) {
  for (let { parent } = node; parent; node = parent, { parent } = node) {
    if (/^(msub|munder|msubsup|munderover)$/.test(parent.kind) && parent.childNodes[1] === node) return true;
  }
  return false;
}
