// JupyterLab takes every cell of a Python notebook for Python. Here what follows %%coq or %%prove is coloured as Coq.
//
// What JupyterLab loads is a container of modules, such as a bundler writes: its `init` is given what JupyterLab
// shares, and its `get` answers with the plugin. It is short enough to be written by hand.
(() => {
  const MAGIC = /^%%(coq|prove)\b.*\n/;
  const TOKEN = /\(\*|\*\)|"[^"]*"|[A-Za-z_][\w']*|\d+|\s+|[^]/g;
  const COMMANDS = `About Axiom Check Compute Definition End Export Fixpoint From Goal Import Inductive Lemma Local Locate
    Notation Open Print Proof Qed Defined Remark Require Scope Search Section Theorem Variable Variables`;
  const WORDS = `as by case do elim else end exact exists first forall fun have if in is last left let match move of over
    pose repeat return rewrite right set split suff then try under with wlog apply assumption auto congruence destruct
    done eauto field induction intro intros lia lra nra reflexivity ring simpl specialize unfold Prop Set Type`;
  // as in symbolic/coq/magic.py
  const COLOURS = { command: "#2e86c1", word: "#2e8b57", comment: "#808080", number: "#b8860b", string: "#c0504d" };
  const PLAIN = "var(--jp-content-font-color1)";
  const KINDS = new Map([
    ...WORDS.split(/\s+/).map((each) => [each, "word"]),
    ...COMMANDS.split(/\s+/).map((each) => [each, "command"]),
  ]);

  const kindOf = (token) =>
    KINDS.get(token) ?? (/^\d/.test(token) ? "number" : /^"./.test(token) ? "string" : "plain");

  /** The words of a cell of Coq: where they begin and end, and their kind. Comments may stand in comments. */
  function* words(text) {
    const begin = MAGIC.exec(text)?.[0].length;
    if (!begin) return;
    let depth = 0;
    for (const { 0: token, index } of text.slice(begin).matchAll(TOKEN)) {
      if (token === "(*") depth += 1;
      if (token.trim()) yield [begin + index, begin + index + token.length, depth ? "comment" : kindOf(token)];
      if (token === "*)" && depth) depth -= 1;
    }
  }

  /** An extension of CodeMirror: the words in their colours, within those that the language of the notebook gives. */
  function coloured({ Prec }, { Decoration, ViewPlugin }) {
    const style = (colour) => `color: ${colour}; font-weight: normal; font-style: normal`;
    const mark = (kind) => Decoration.mark({ attributes: { style: style(COLOURS[kind] ?? PLAIN), "data-coq": kind } });
    const marked = (view) =>
      Decoration.set([...words(view.state.doc.toString())].map(([from, to, kind]) => mark(kind).range(from, to)));
    const plugin = class {
      constructor(view) {
        this.decorations = marked(view);
      }
      update(change) {
        if (change.docChanged) this.decorations = marked(change.view);
      }
    };
    return Prec.highest(ViewPlugin.fromClass(plugin, { decorations: (each) => each.decorations }));
  }

  let shared;
  const module = async (name) => (await Object.values(shared[name])[0].get())();

  async function extension() {
    const [editors, state, view] = await Promise.all(
      ["@jupyterlab/codemirror", "@codemirror/state", "@codemirror/view"].map(module),
    );
    const id = "softmax-symbolic-coq:coloured";
    const factory = () => editors.EditorExtensionRegistry.createImmutableExtension(coloured(state, view));
    const activate = (app, registry) => registry.addExtension({ name: id, factory });
    const plugin = { id, autoStart: true, requires: [editors.IEditorExtensionRegistry], activate };
    return () => ({ __esModule: true, default: plugin });
  }

  (window._JUPYTERLAB ??= {})["softmax-symbolic-coq"] = {
    init: (scope) => {
      shared = scope;
    },
    get: extension,
  };
})();
