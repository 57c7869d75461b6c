"""What a browser needs of Python's packages, as two zips of byte code. It runs in Pyodide, whose byte code it is.

    first.zip    the project, and those modules of others that a working day needs
    rest.zip     all other modules of these packages, fetched when one of them is asked for
    ipython.zip, ...    what JupyterLite's kernel imports, a zip for each of KERNEL

`PACKAGES` and `ROOT` are where the host's packages and the project are mounted; the zips are written to `OUT`.
"""

import importlib.metadata
import os
import py_compile
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

PACKAGES, ROOT, OUT = map(Path, ("/packages", "/root", "/out"))
HERE = Path("/staged")
OTHERS = ("sympy", "mpmath", "lark", "svg", "tqdm")
OURS = ("symbolic", "proofs")
DATA = (".css", ".js", ".jsonl", ".lark", ".tables", ".toml", ".tsv", ".txt", ".v")
LEFT_OUT = {"tests", "__pycache__", "benchmarks", "django-stubs"}

# What JupyterLite's kernel asks for by name, with all that it needs in turn.
KERNEL = {
    "comm": ("comm",),
    "ipython": (
        "asttokens", "executing", "ipython", "ipython_pygments_lexers", "matplotlib-inline", "packaging",
        "prompt_toolkit", "pure_eval", "pygments", "stack_data", "traitlets", "typing_extensions", "wcwidth",
    ),
    "jedi": ("jedi", "parso"),
}  # fmt: skip
EPOCH = (1980, 1, 1, 0, 0, 0)

# A line of each kind, so that everything that is imported on the way is found.
LINES = (
    "p[i] < 1 given n > 1",
    "p[i] < 1",
    "p[i] > 1/n",
    "p[i] ==",
    "diff(p[i], z[j]) == lambda*p[i]*(delta(i,j) - p[j])",
    r"\frac{\partial p_i}{\partial z_j} = \lambda p_i (\delta_{ij} - p_j)",
    "limit(p[i], T, 0) == 1/count(z[k] == max(z), k) given z[i] == max(z)",
    "limit(entropy(p), lambda, 0) == log(n)",
    "entropy(p) <= log(n)",
    "a^2 + b^2 >= 2*a*b",
    "a^4*b^2 + a^2*b^4 + 1 >= 3*a^2*b^2",
    "0 <= p[i] <= 1",
    "log(1 + exp(x)) >= x",
    "c*log(c) >= 2*c given c > 10, d < sqrt(c)",
)


def work() -> None:
    """Use the package, as a reader of the site does."""
    from symbolic import all_results, derive, find
    from symbolic.answers import answer, as_record

    for line in LINES:
        said = answer(line)
        as_record(said, 0)
        said.explain()
        said._repr_html_()
    derive("diff(entropy(p), lambda)")
    find("softmax_jacobian").check()
    for each in all_results():
        each.derivation._repr_html_()


def ours_first() -> Iterator[tuple[str, bytes, bool]]:
    """(name in the zip, content, whether it is needed first)."""
    used = {name for name, module in sys.modules.items() if module is not None}
    for top in (*OURS, *OTHERS):
        for folder, inner, files in os.walk(HERE / top):
            inner[:] = sorted(set(inner) - LEFT_OUT)
            for file in sorted(files):
                path = Path(folder, file)
                name = path.relative_to(HERE)
                if path.suffix == ".py":
                    module = ".".join(name.with_suffix("").parts).removesuffix(".__init__")
                    yield f"{name}c", compiled(path, name, docstrings=top in OURS), top in OURS or module in used
                elif path.suffix in DATA:
                    yield str(name), path.read_bytes(), True
    for tables in sorted((HERE / "symbolic").rglob("__pycache__/*.tables")):
        yield str(tables.relative_to(HERE)), tables.read_bytes(), True


def of_the_kernel(distributions: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """The files of these distributions, and what each says of itself, which prompt_toolkit looks up."""
    for distribution in distributions:
        (found,) = importlib.metadata.distributions(name=distribution, path=[str(PACKAGES)])
        for name in sorted(found.files):
            if LEFT_OUT & set(name.parts) or name.parts[0] == "..":
                continue
            if name.suffix == ".py":
                yield f"{name}c", compiled(PACKAGES / name, name, docstrings=True)
            elif name.suffix != ".so" and (not name.parts[0].endswith(".dist-info") or name.name == "METADATA"):
                yield str(name), (PACKAGES / name).read_bytes()


def compiled(path: Path, name: Path, docstrings: bool) -> bytes:
    """The byte code of a module; without its docstrings, which are large, where nobody reads them."""
    py_compile.compile(
        str(path),
        cfile="/compiled.pyc",
        dfile=str(name),
        doraise=True,
        optimize=0 if docstrings else 2,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    return Path("/compiled.pyc").read_bytes()


def write(file: Path, members: list[tuple[str, bytes]]) -> None:
    """A zip that is the same bytes whenever it is made."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name, content in members:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)


def main() -> None:
    """Stage, work, pack."""
    for where, tops in ((PACKAGES, OTHERS), (ROOT, OURS)):
        for top in tops:
            shutil.copytree(where / top, HERE / top, ignore=shutil.ignore_patterns(*LEFT_OUT, "*.vo*", "*.glob"))
    sys.path.insert(0, str(HERE))
    (HERE / "symbolic" / "language" / "__pycache__").mkdir()
    (HERE / "symbolic" / "language" / "latex" / "__pycache__").mkdir()
    work()
    members = list(ours_first())
    for file, wanted in (("first.zip", True), ("rest.zip", False)):
        write(OUT / file, [(name, content) for name, content, first in members if first is wanted])
    for name, distributions in KERNEL.items():
        write(OUT / f"{name}.zip", list(of_the_kernel(distributions)))


main()
