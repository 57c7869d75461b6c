// The package in a worker: started when it is first asked something, replaced when it breaks down or is cancelled.

import { CHTML, mark } from "./formulas.js";

export const ROOT = new URL(document.documentElement.dataset.content_root ?? "./", location.href);

export class Live {
  #worker = null;
  #asked = new Map();
  #last = 0;

  /** `told` hears how far the worker has started: "3.1 MB", ..., "ready". */
  constructor(told = () => {}) {
    this.told = told;
  }

  /** Start it, if it has not been. */
  start() {
    if (this.#worker) return;
    this.#worker = new Worker(new URL("live/worker.mjs", ROOT), { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    this.#worker.onerror = (event) => this.#hear({ fatal: event.message ?? "the worker did not start" });
  }

  /** What is answered to {kind, ...}; rejected when it is cancelled, or when Python breaks down. */
  ask(message) {
    this.start();
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#worker.postMessage({ ...message, id });
    });
  }

  /** End what is being worked on, and start anew. */
  cancel(reason = "cancelled") {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#asked.values()) reject(new Error(reason));
    this.#asked.clear();
  }

  #hear(data) {
    if (data.progress) return this.told(data.progress);
    if (data.fatal) return this.cancel(`the checker broke down, and is started anew: ${data.fatal.trim().split("\n").pop()}`);
    const waiting = this.#asked.get(data.id);
    this.#asked.delete(data.id);
    waiting?.resolve(data);
  }
}

/** The one of a page. */
export const live = new Live();

let started;

/** MathJax, fetched when something new is to be typeset: what was there when the site was built is typeset already. */
function mathjax() {
  started ??= new Promise((resolve, reject) => {
    window.MathJax = { chtml: CHTML, options: { enableMenu: false }, startup: { typeset: false } };
    const script = element("script", { src: new URL("_static/mathjax/tex-chtml.js", ROOT).href });
    script.onload = () => window.MathJax.startup.promise.then(() => (mark(window.MathJax), resolve(window.MathJax)));
    script.onerror = () => reject(new Error("MathJax did not load"));
    document.head.append(script);
  });
  return started;
}

/** Typeset what is new on the page. */
export async function typeset(...elements) {
  if (elements.some((each) => /\\\(|\\\[/.test(each.textContent))) await (await mathjax()).typesetPromise(elements);
  elements.forEach(focusable);
}

/** Formulas wider than their line scroll, and what scrolls can be reached by the keyboard. */
export function focusable(inside) {
  const inline = [...inside.querySelectorAll("p mjx-container:not([display]), li mjx-container:not([display])")];
  inline.forEach((each) => each.classList.remove("wide")); // all is measured before anything changes
  const wide = inline.filter((each) => each.getBoundingClientRect().width > each.closest("p, li").clientWidth);
  wide.forEach((each) => each.classList.add("wide"));
  for (const each of inside.querySelectorAll("td, mjx-container, pre, .math, .table-wrapper")) {
    const style = getComputedStyle(each);
    if (each.scrollWidth > each.clientWidth && /auto|scroll/.test(style.overflowX)) each.tabIndex = 0;
  }
}

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
