"""Write the tables of docs/teaching.md: goals, minutes and exercises of each notebook, and the slips.

python tools/teaching.py            write them
python tools/teaching.py --check    exit 1 if they are not up to date
"""

import sys
from collections import defaultdict
from pathlib import Path

from symbolic.course.exercise_data import exercises, of_notebook
from symbolic.course.slips import SLIPS, described
from symbolic.language.prose import in_plain
from symbolic.show.marks import put

PAGE = Path(__file__).parent.parent / "docs" / "teaching.md"

# notebook -> minutes, and what a student can do after it
GOALS = {
    "00": (15, "read a line of the language, and say what its hypotheses are for"),
    "01": (30, "derive the sum, the shift and the odds, and say what a shift and a factor do"),
    "02": (40, "derive the Jacobian and the gradient of the cross-entropy for every n"),
    "03": (35, "say which signs are strict, and show a bound by an expression whose sign is visible"),
    "04": (30, "reduce two classes to the logistic function, and compare any two of n"),
    "05": (35, "find limits at infinite temperature, and the first order beside them"),
    "06": (35, "find limits at zero temperature, with ties"),
    "07": (30, "state a question as a line, and mend it by its counterexample"),
    "08": (40, "choose a base class, and let a logit go to infinity"),
    "09": (35, "say what is due to the exponential and what to normalising"),
    "10": (40, "derive mean, variance and entropy from log Z"),
    "11": (40, "derive score and information, and say when alternatives are irrelevant"),
    "12": (35, "derive how shares and their mean move in time"),
    "13": (40, "audit a text claim by claim"),
    "14": (45, "show an inequality by one of five kinds of evidence, and say where it is sharp"),
    "15": (45, "derive softmax from Gumbel noise and from a race, and say where the assumption fails"),
    "16": (90, "play twenty levels, each opened by those before it"),
    "20": (60, "read a theorem of Coq, and finish a short proof"),
}


def notebooks() -> str:
    """The notebooks: minutes, goal, and exercises by level."""
    stems = {path.stem.partition("-")[0]: path.stem for path in sorted((PAGE.parent.parent / "notebooks").glob("*.md"))}
    rows = ["| notebook | minutes | after it a student can | exercises, by level |", "|---|---|---|---|"]
    for number, (minutes, goal) in GOALS.items():
        levels = [sum(each.level == level for each in of_notebook(number)) for level in (1, 2, 3)]
        link = f"[{stems[number]}](../notebooks/{stems[number]}.ipynb)"
        rows.append(f"| {link} | {minutes} | {goal} | {' + '.join(map(str, levels))} |")
    return "\n".join(rows)


def slips() -> str:
    """The slips, and where a wrong answer shows them."""
    seen: dict[str, list[str]] = defaultdict(list)
    for each in exercises():
        for name in dict.fromkeys(each.wrong.values()):
            seen[name].append(each.id)
    rows = ["| slip | what to look at | seen in |", "|---|---|---|"]
    for name in sorted(SLIPS, key=lambda name: -len(seen[name])):
        more = f" and {len(seen[name]) - 4} more" if len(seen[name]) > 4 else ""
        rows.append(f"| {name} | {in_plain(described(name))} | {', '.join(seen[name][:4])}{more} |")
    return "\n".join(rows)


def page(text: str) -> str:
    """The page with its tables made anew."""
    for name, made in (("notebooks", notebooks()), ("slips", slips())):
        text = put(text, name, made)
    return text


if __name__ == "__main__":
    written = PAGE.read_text("utf-8")
    if "--check" in sys.argv:
        sys.exit(written != page(written))
    PAGE.write_text(page(written), "utf-8")
