"""Sphinx's settings for the site. Nothing here, and nothing that a page loads, is on another host."""

import shutil
from pathlib import Path

from sphinx.builders.dirhtml import DirectoryHTMLBuilder

from symbolic import __version__

HERE = Path(__file__).parent
ROOT = HERE.parent
NODE = HERE / "node_modules"
KEPT = ROOT / ".site"

project = "Softmax, for every n"
author = "The softmax reference authors"
copyright = f"the authors, version {__version__}, MIT licence"
version = release = __version__

extensions = ["myst_nb", "sphinx_proof"]
nb_execution_mode = "off"  # the outputs that are stored are shown
nb_render_markdown_format = "myst"
nb_mime_priority_overrides = [("*", "text/html", 0), ("*", "image/svg+xml", 1)]
myst_enable_extensions = ["dollarmath", "amsmath", "colon_fence", "deflist"]
myst_heading_anchors = 3
suppress_warnings = ["myst.xref_missing", "mystnb.unknown_mime_type", "myst.header"]
exclude_patterns = ["docs/temperature.svg"]

html_theme = "furo"
html_title = project
html_static_path = [str(HERE / "static"), str(KEPT / "vendor")]
html_extra_path = [str(KEPT / "extra")]
templates_path = [str(HERE / "templates")]
html_css_files = ["mathjax.css", "moving.css", "book.css"]
html_js_files = [("book.js", {"type": "module"})]
html_favicon = str(HERE / "static" / "icon.svg")
html_copy_source = False
html_additional_pages = {"search": "search.html"}
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0a4f8f", "color-brand-content": "#0a4f8f"},
    "dark_css_variables": {"color-brand-primary": "#8ec5ff", "color-brand-content": "#8ec5ff"},
}
html_sidebars = {
    "**": ["sidebar/brand.html", "sidebar/search.html", "sidebar/scroll-start.html", "sidebar/navigation.html",
           "sidebar/scroll-end.html"],
}  # fmt: skip

myst_update_mathjax = False  # book/typeset.mjs typesets all of a page, when the site is built


def vendored() -> None:
    """The files of npm that pages load, in a folder of their own."""
    folder = KEPT / "vendor"
    if folder.exists():
        shutil.rmtree(folder)
    es5 = NODE / "mathjax" / "es5"
    shutil.copytree(es5 / "output" / "chtml" / "fonts", folder / "mathjax" / "output" / "chtml" / "fonts")
    shutil.copy(es5 / "tex-chtml.js", folder / "mathjax")
    for name in ("moving.js", "moving.css"):
        shutil.copy(ROOT / "symbolic" / "show" / name, folder)


vendored()
DirectoryHTMLBuilder.search = False  # pagefind searches


def setup(app):
    """What is set in every page."""
    app.connect("html-page-context", levelled, priority=900)


def levelled(app, page, template, context, doctree):
    """The captions of the navigation are headings, and say of which level. No script typesets what is typeset."""
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace('role="heading"', 'role="heading" aria-level="2"')
    context["script_files"] = [each for each in context["script_files"] if "mathjax" not in str(each.filename)]
