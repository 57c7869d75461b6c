"""Write the notebooks of exercises, one of each notebook of the collection: for students, and for the teacher.

python tools/course.py FOLDER

    FOLDER/source/02-jacobian/02-jacobian.ipynb     what students get, where nbgrader looks for it
    FOLDER/nbgrader_config.py                       nbgrader is to run nothing that a student has written
    FOLDER/teacher/02-jacobian.ipynb                with the answers, the solutions and the slips
"""

import json
import sys
from pathlib import Path
from typing import Any

from symbolic.course.assignments import assignment
from symbolic.course.exercise_data import of_notebook

CONFIG = """\
# nbgrader runs no notebook of a student: `symbolic grade` takes the answers as data, and tells the gradebook.
c = get_config()
c.Autograde.autograde_preprocessors = [
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
"""
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
    (out / "nbgrader_config.py").write_text(CONFIG, "utf-8")
    return written


def _written(path: Path, notebook: dict[str, Any]) -> Path:
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return path


if __name__ == "__main__":
    for each in write(Path(sys.argv[1])):
        print(each)
