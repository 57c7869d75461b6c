"""Write the notebooks of exercises, one of each notebook of the collection: for students, and for the teacher.

python tools/course.py FOLDER

    FOLDER/source/02-jacobian/02-jacobian.ipynb     what students get, where nbgrader looks for it
    FOLDER/teacher/02-jacobian.ipynb                with the answers, the solutions and the slips
"""

import json
import sys
from pathlib import Path
from typing import Any

from symbolic.course.assignments import assignment
from symbolic.course.exercises import of_notebook

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


def write(out: Path) -> list[Path]:
    """All of them; the paths that were written."""
    written = []
    for stem in sorted(path.stem for path in NOTEBOOKS.glob("*.md")):
        asked = of_notebook(stem.partition("-")[0])
        if not asked:
            continue
        title = f"Exercises for {stem}"
        for path, teacher in ((out / "source" / stem, False), (out / "teacher", True)):
            path.mkdir(parents=True, exist_ok=True)
            written.append(_written(path / f"{stem}.ipynb", assignment(asked, title, teacher)))
    return written


def _written(path: Path, notebook: dict[str, Any]) -> Path:
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return path


if __name__ == "__main__":
    for each in write(Path(sys.argv[1])):
        print(each)
