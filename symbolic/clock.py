"""An alarm for Python in a browser, which has none of its own.

    bell()     what sets it, as `signal.setitimer` does elsewhere; None outside of Pyodide

There Python looks, every few jumps, for a signal that JavaScript may have left in a buffer. The buffer that is set here
reads the clock when it is looked at, and answers SIGALRM once the time is up. Nothing has to run beside Python for
that, and no memory is shared, so a page needs no headers for it.

https://pyodide.org/en/stable/usage/keyboard-interrupts.html
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from functools import cache

__all__ = ["bell"]

LOOKS = 32  # of which one reads the clock: so it costs next to nothing

BUFFER = """
(before => ({
    end: Infinity, again: 0, looks: 0,
    set(after, again) {
        this.end = after ? performance.now() + 1000 * after : Infinity;
        this.again = 1000 * again;
    },
    get 0() {
        if (++this.looks %% %d) return 0;
        if (before?.[0]) { const found = before[0]; before[0] = 0; return found; }
        const now = performance.now();
        if (now < this.end) return 0;
        this.end = now + this.again;
        return %d;
    },
    set 0(_) {},
}))
"""


@cache
def bell() -> Callable[[float, float], object] | None:
    """Sets the alarm: after so many seconds, and then again after so many; with 0, never.

    A signal that somebody else leaves in a buffer of his own, to interrupt Python, is still seen.
    """
    try:
        import pyodide_js
        from pyodide.code import run_js
    except ImportError:
        return None
    before = getattr(pyodide_js._module, "Py_EmscriptenSignalBuffer", None)
    buffer = run_js(BUFFER % (LOOKS, signal.SIGALRM))(before)
    pyodide_js.setInterruptBuffer(buffer)
    return lambda seconds, again: buffer.set(seconds, again)
