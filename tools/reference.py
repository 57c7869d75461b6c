"""Write docs/api.md, every public name with what its docstring says, and docs/language.md, the claim language.

python tools/reference.py            write them
python tools/reference.py --check    exit 1 if they are not up to date
"""

import inspect
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import symbolic
from symbolic.language import reference

DOCS = Path(__file__).parent.parent / "docs"
PAGE, LANGUAGE = DOCS / "api.md", DOCS / "language.md"
HEAD = """\
# Python names

Every name that `from symbolic import ...` knows, by the module that it stands in. Written by `make notebooks` from the
docstrings, whose examples run with the tests. What does not belong where it stands is refused in a sentence, by an
error that is a `SymbolicError`; `tests/test_bad_input.py` tries ten such things at every place.
[For SymPy users](for-sympy-users.md) has the words of the text beside them.
"""


def page() -> str:
    """The names, module by module."""
    modules = (f"\n## {title(module)}\n\n{entries(names.split())}" for module, names in symbolic._HOMES.items())
    return HEAD + "".join(modules)


def title(module: str) -> str:
    """What the module is about: the first sentence of its docstring."""
    return (import_module(module).__doc__ or "").partition("\n")[0].rstrip(".")


def entries(names: list[str]) -> str:
    """Functions and classes with their docstrings; what stands for one object in a line."""
    objects = {name: getattr(symbolic, name) for name in names}
    explained = {name: each for name, each in objects.items() if inspect.isclass(each) or callable(each)}
    letters = [name for name in names if name not in explained]
    parts = [entry(name, each) for name, each in explained.items()]
    if letters:
        parts.insert(0, f"Letters: {', '.join(f'`{each}`' for each in letters)}.\n")
    return "\n".join(parts)


def entry(name: str, said: Any) -> str:
    """A name, how it is called, and its docstring; the examples as code."""
    prose, examples = split(inspect.getdoc(inspect.unwrap(said)) or "")
    shown = f"### `{name}{signature(said)}`\n\n{prose}\n{types(said)}"
    return f"{shown}\n```python\n{examples}\n```\n" if examples else shown


def split(text: str) -> tuple[str, str]:
    """The prose of a docstring, and its examples."""
    at = re.search(r"^>>> ", text, re.MULTILINE)
    return (text[: at.start()].strip(), text[at.start() :].strip()) if at else (text.strip(), "")


def signature(said: Any) -> str:
    """The names of what it takes: the docstring says what they are."""
    if inspect.isclass(said) and issubclass(said, Exception):
        return ""
    try:
        parameters = inspect.signature(inspect.unwrap(said)).parameters.values()
    except ValueError:
        return ""
    return f"({', '.join(map(shown, parameters))})"


def types(said: Any) -> str:
    """What a function takes and gives, by its annotations."""
    if not inspect.isfunction(made := inspect.unwrap(said)):
        return ""
    found = inspect.signature(made)
    given = found.return_annotation if found.return_annotation is not inspect.Signature.empty else "None"
    taken = [f"{shown(each).partition('=')[0]}: {each.annotation}" for each in found.parameters.values()]
    return f"\nTakes {', '.join(f'`{each}`' for each in taken) or 'nothing'}; gives `{given}`.\n"


def shown(parameter: inspect.Parameter) -> str:
    """A parameter without its annotation."""
    stars = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}.get(parameter.kind.name, "")
    plain = isinstance(parameter.default, (int, float, str, tuple, bool, type(None)))
    given = f"={parameter.default!r}" if plain and parameter.default is not inspect.Parameter.empty else ""
    return f"{stars}{parameter.name}{given}"


def main() -> int:
    """Write, or compare; the exit code."""
    stale = 0
    for file, text in ((PAGE, page()), (LANGUAGE, reference.page())):
        if "--check" not in sys.argv[1:]:
            file.write_text(text, encoding="utf-8")
        elif file.read_text("utf-8") != text:
            print(f"docs/{file.name} is not up to date: run `make notebooks`", file=sys.stderr)
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
