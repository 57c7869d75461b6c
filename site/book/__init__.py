"""Builds the site: `cd site && python -m book OUT`.

live        the zips of byte code that a page loads to answer questions, made in Pyodide under node
verdicts    every claim of the collected statements, decided anew, kept until the package changes
pages       the Markdown that is generated: a page a statement, the ledger, the false statements, formal statements
staged      notebooks, docs/ and these pages in one folder, laid out as in the repository, for Sphinx
lite        JupyterLite, in which "open the whole notebook" ends
measure     what all of it weighs, and how fast it answers
"""
