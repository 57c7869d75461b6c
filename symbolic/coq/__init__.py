"""Coq: what a claim says there, its proof from a derivation, and its cells in a notebook (`%load_ext symbolic.coq`)."""

from __future__ import annotations

from typing import Any


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext symbolic.coq` calls."""
    from symbolic.coq import magic

    magic.load_ipython_extension(shell)


def unload_ipython_extension(shell: Any) -> None:
    """What `%unload_ext symbolic.coq` calls."""
    from symbolic.coq import magic

    magic.unload_ipython_extension(shell)
