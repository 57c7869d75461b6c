"""Write symbolic/show/catalogue.jsonl: the results as texts, for `list`, `show` and completion.

python tools/catalogue.py            write it
python tools/catalogue.py --check    exit 1 if it is not up to date
"""

import json
import sys
from dataclasses import asdict

from symbolic.language.prose import in_plain
from symbolic.language.typeset import plain
from symbolic.results import chapters
from symbolic.show.catalogue import FILE, Entry


def written() -> str:
    """One JSON object a result, chapter by chapter."""
    rows = (
        Entry(
            name=result.name,
            chapter=chapter.__name__.rpartition(".")[2].replace("_", "-"),
            title=in_plain(result.title),
            formula=plain(result.claim),
            text=str(result),
        )
        for chapter in chapters()
        for result in chapter.RESULTS
    )
    return "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)


def main() -> int:
    """Write, or compare; the exit code."""
    made = written()
    if "--check" not in sys.argv[1:]:
        FILE.write_text(made, encoding="utf-8")
    elif FILE.read_text("utf-8") != made:
        print(f"{FILE.name} is not what symbolic/results says: run `make notebooks`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
