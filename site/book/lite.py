"""JupyterLite in OUT/jupyter: the chapters as notebooks, run in the browser by the Python and the package of OUT/live.

Its kernel starts that Pyodide with a lock file of its own, which names what the site has and nothing else: the zips of
live/bundle.py, and the wheels that come with the kernel. What is edited is kept in the browser until notebooks change.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

__all__ = ["build"]

INSTALLERS = Path(__file__).resolve().parent.parent / "live" / "installers"
WHEELS = Path("jupyter", "extensions", "@jupyterlite", "pyodide-kernel-extension", "static", "pypi")
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
LOCK = "kernel-lock.json"
ALL = "all.json"
ALWAYS = "1980-01-01T00:00:00Z"  # when a file was made, so that two builds are the same bytes
APPS = ("notebooks", "tree", "edit")
FOLDERS = {"notebooks": {".ipynb"}, "proofs": {".v", ".tsv", ".txt"}}
KINDS = {".ipynb": "notebook"}
ICON = "_static/icon.svg"
LEFT_OUT = (  # keeping files for Python, icons and checkpoints that there are not
    "@jupyterlite/application-extension:service-worker-manager",
    "@jupyter-notebook/notebook-extension:checkpoints",
    "@jupyter-notebook/notebook-extension:tab-icon",
)


@dataclass(frozen=True)
class Package:
    """A file of `live` to be unpacked when one of `imports` is imported; `depends` are others that it needs."""

    name: str
    file: str
    imports: tuple[str, ...] = ()
    depends: tuple[str, ...] = ()


# What the kernel would install, were it not there.
OF_THE_KERNEL = ("comm", "ipykernel", "ipython", "jedi", "micropip", "piplite", "pyodide-kernel")
OURS = (
    Package("symbolic", "first.zip", ("symbolic", "proofs", "sympy", "mpmath", "lark", "svg", "tqdm"), ("others",)),
    Package("others", "rest.zip"),
)


def build(out: Path, kept: Path, root: Path) -> None:
    """All of it, after OUT/live."""
    _application(out / "jupyter", kept / "jupyter")
    edition = _contents(out / "jupyter", root)
    for name in ("micropip", "piplite"):
        _zip(INSTALLERS / name, out / "live" / f"{name}.zip")
    _lock(out)
    _configure(out / "jupyter" / "jupyter-lite.json", edition)


def _application(folder: Path, kept: Path) -> None:
    """JupyterLite's own files."""
    for each in (folder, kept):
        shutil.rmtree(each, ignore_errors=True)
    kept.mkdir(parents=True)
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--no-sourcemaps", "--no-libarchive"]
    where = ["--lite-dir", str(kept), "--output-dir", str(folder), *(f"--apps={each}" for each in APPS)]
    done = subprocess.run([*command, *where], cwd=kept, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"JupyterLite was not built:\n{done.stdout}{done.stderr}")
    for app in APPS:
        page = folder / app / "index.html"
        page.write_text(
            page.read_text("utf-8").replace("<head>", f'<head><link rel="icon" href="../../{ICON}">'), "utf-8"
        )


def _contents(folder: Path, root: Path) -> str:
    """The notebooks and what they link to, laid out as in the repository, with their lists; a hash of it all."""
    edition = hashlib.sha256()
    for name, suffixes in FOLDERS.items():
        files = sorted(file for file in (root / name).iterdir() if file.suffix in suffixes)
        (folder / "files" / name).mkdir(parents=True)
        for file in files:
            text = file.read_text("utf-8")
            edition.update(text.encode())
            (folder / "files" / name / file.name).write_text(
                _joined(text) if file.suffix == ".ipynb" else text, "utf-8"
            )
        _list(folder, name, [_entry(f"{name}/{file.name}", KINDS.get(file.suffix, "file")) for file in files])
    _list(folder, "", [_entry(name, "directory") for name in FOLDERS])
    return edition.hexdigest()[:8]


def _joined(notebook: str) -> str:
    """The notebook with each text in one piece, as a server of Jupyter hands it out; files have lists of lines."""
    return json.dumps(nbformat.reads(notebook, as_version=4))


def _list(folder: Path, path: str, entries: list[dict[str, Any]]) -> None:
    """What a server of Jupyter says of a folder."""
    listing = folder / "api" / "contents" / path / ALL
    listing.parent.mkdir(parents=True, exist_ok=True)
    listing.write_text(json.dumps(_entry(path, "directory") | {"content": entries, "format": "json"}), "utf-8")


def _entry(path: str, kind: str) -> dict[str, Any]:
    """A row of a listing, without content."""
    return {
        "name": path.rpartition("/")[2],
        "path": path,
        "type": kind,
        "created": ALWAYS,
        "last_modified": ALWAYS,
        "content": None,
        "format": None,
        "mimetype": None,
        "writable": True,
    }


def _zip(package: Path, file: Path) -> None:
    with zipfile.ZipFile(file, "w") as made:
        for module in sorted(package.glob("*.py")):
            made.writestr(zipfile.ZipInfo(f"{package.name}/{module.name}"), module.read_bytes())


def _lock(out: Path) -> None:
    """Pyodide's lock file, with our packages in place of its own."""
    lock = json.loads((out / "live" / "pyodide-lock.json").read_text("utf-8"))
    started = (Package(name, _file(out, name), (name.replace("-", "_"),)) for name in OF_THE_KERNEL)
    lock["packages"] = {each.name: _locked(out, each) for each in (*OURS, *started)}
    (out / "live" / LOCK).write_text(json.dumps(lock), "utf-8")


def _file(out: Path, name: str) -> str:
    """The kernel's wheel of this name, or else our zip."""
    wheels = [] if name == "piplite" else sorted((out / WHEELS).glob(f"{name.replace('-', '_')}-*.whl"))
    return f"../{wheels[0].relative_to(out)}" if wheels else f"{name}.zip"


def _locked(out: Path, package: Package) -> dict[str, Any]:
    return {
        "name": package.name,
        "version": "0",
        "file_name": package.file,
        "install_dir": "site",
        "sha256": hashlib.sha256((out / "live" / package.file).read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": package.imports,
        "depends": package.depends,
        "unvendored_tests": False,
    }


def _configure(file: Path, edition: str) -> None:
    """Python from the site itself; what was edited, from the store of this edition of the notebooks."""
    config = json.loads(file.read_text("utf-8"))
    config["jupyter-config-data"] |= {
        "appName": "Softmax, for every n",
        "appUrl": "./tree",
        "contentsAllJsonFile": ALL,
        "contentsStorageName": f"Softmax {edition}",
        "faviconUrl": f"./../{ICON}",
        "disabledExtensions": LEFT_OUT,
        "settingsOverrides": {"@jupyterlab/apputils-extension:themes": {"adaptive-theme": True}},
        "litePluginSettings": {
            KERNEL: {
                "pyodideUrl": "./../live/pyodide.mjs",
                "disablePyPIFallback": True,
                "loadPyodideOptions": {"lockFileURL": f"../live/{LOCK}", "packages": [*OF_THE_KERNEL, "symbolic"]},
            }
        },
    }
    file.write_text(json.dumps(config, indent=1), "utf-8")
