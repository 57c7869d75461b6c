// Formulas first, while all slides are laid out; then a slide is made to fit when it is shown.
const WIDTH = 1280;
const HEIGHT = 720;
const SIDE = 50; // what is left free at the right
const LARGEST = 1.25; // letters, in those of the headings' slide
const SMALLEST = 0.6;
const STEP_DOWN = 0.05;

window.MathJax = {
  svg: { fontCache: "local" },
  options: { enableMenu: false },
  startup: { pageReady: () => MathJax.startup.defaultPageReady().then(begin) },
};

document.body.classList.add("typesetting");
document.querySelectorAll("figure.softmax").forEach((figure) => {
  figure.addEventListener("keydown", (event) => event.stopPropagation()); // an arrow moves a bar, and no slide
});

/** The largest letters with which nothing is cut. */
function fit(slide) {
  const content = slide.querySelector(".content");
  const cut = () => {
    const right = slide.getBoundingClientRect().right - SIDE * Reveal.getScale();
    return slide.scrollHeight > HEIGHT ||
      [...content.querySelectorAll("mjx-container, td, li, p, img")].some((each) => each.getBoundingClientRect().right > right);
  };
  let size = LARGEST;
  do content.style.fontSize = `${size}em`;
  while (cut() && (size -= STEP_DOWN) >= SMALLEST);
}

async function begin() {
  document.body.classList.remove("typesetting");
  await Reveal.initialize({
    width: WIDTH, height: HEIGHT, margin: 0, center: false, hash: true, slideNumber: "c/t", transition: "none",
    plugins: [RevealNotes],
  });
  Reveal.on("slidechanged", ({ currentSlide }) => fit(currentSlide));
  fit(Reveal.getCurrentSlide());
  document.documentElement.dataset.typeset = "";
}
