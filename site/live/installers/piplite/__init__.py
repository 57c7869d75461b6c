"""In the place of piplite, by which JupyterLite's kernel installs: it has all that it needs."""

from micropip import install

__all__ = ["install"]
