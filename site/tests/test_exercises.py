"""The page of exercises: answers are judged in the browser, hints come one at a time, and progress is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from conftest import PATIENCE, Reader, opened

from symbolic.course.exercise_data import exercise, exercises
from symbolic.course.progress import Progress


@pytest.fixture(scope="module")
def student(browser, address: str) -> Iterator[Reader]:
    with opened(browser, address, "exercises/") as reader:
        yield reader


def answered(student: Reader, id: str, answer: str) -> str:
    card = student.page.locator(f"#exercise-{id}")
    card.locator("[name=answer]").fill(answer)
    card.locator("[name=answer]").press("Enter")
    student.page.wait_for_function(f"document.getElementById('exercise-{id}').dataset.status", timeout=PATIENCE)
    return card.get_attribute("data-status")


def test_all_exercises_are_there(student: Reader) -> None:
    assert student.page.locator("[data-exercise]").count() == len(exercises())


def test_an_answer_in_another_form_is_right(student: Reader) -> None:
    assert answered(student, "02-3", "lambda*(delta(i,j)*p[i] - p[i]*p[j])") == "right"
    assert student.page.inner_text("#done").startswith("1 of ")


def test_a_wrong_answer_gets_numbers_and_the_name_of_its_slip(student: Reader) -> None:
    wrong, slip = next(iter(exercise("02-1").wrong.items()))
    assert answered(student, "02-1", wrong) == "wrong"
    assert slip in student.page.inner_text("#exercise-02-1 .reply")
    assert student.page.locator("#exercise-02-1 .reply mjx-container").count()


def test_what_is_no_answer_does_no_harm(student: Reader) -> None:
    assert answered(student, "02-4", "<img src=x onerror=alert(1)>") == "not an answer that can be read"
    assert student.page.locator(".reply img").count() == 0


def test_hints_come_one_at_a_time(student: Reader) -> None:
    card = student.page.locator("#exercise-02-2")
    seen = card.locator(".hints li:visible")
    assert seen.count() == 0
    for number in range(1, len(exercise("02-2").hints) + 1):
        card.locator(".more").click()
        assert seen.count() == number
    assert card.locator(".more").is_disabled()


def test_a_letter_is_chosen(student: Reader) -> None:
    asked = next(each for each in exercises() if each.kind.value == "choice")
    card = student.page.locator(f"#exercise-{asked.id}")
    card.locator(f"[value={asked.answer}]").check()
    card.locator("form button").first.click()
    student.page.wait_for_function(f"document.getElementById('exercise-{asked.id}').dataset.status", timeout=PATIENCE)
    assert card.get_attribute("data-best") == "right"


def test_where_nothing_may_be_kept_answers_are_judged_all_the_same(reader: Reader) -> None:
    forbidden = "Storage.prototype.getItem = Storage.prototype.setItem = (key) => {{ if (key === '{}') throw 'no'; }}"
    reader.page.add_init_script(forbidden.format("softmax-exercises"))
    reader.open("exercises/")
    assert answered(reader, "02-3", "lambda*(delta(i,j)*p[i] - p[i]*p[j])") == "right"
    assert reader.page.inner_text("#done").startswith("1 of ")
    reader.is_well()


def test_progress_is_kept_saved_and_brought_in(student: Reader, tmp_path) -> None:
    page = student.page
    with page.expect_download() as saved:
        page.click("#save")
    file = tmp_path / "symbolic_progress.json"
    saved.value.save_as(file)
    progress = Progress.read(file)  # the file that `symbolic` keeps
    assert progress.of("02-3").best == "right"
    assert progress.of("02-2").hints == len(exercise("02-2").hints)
    page.reload()
    assert page.locator("#exercise-02-3").get_attribute("data-best") == "right"
    assert page.locator("#exercise-02-3 [name=answer]").input_value().startswith("lambda")
    page.evaluate("localStorage.clear()")
    page.reload()
    assert page.inner_text("#done").startswith("0 of ")
    page.set_input_files("#bring", file)
    page.wait_for_function("!document.getElementById('done').textContent.startsWith('0 of ')")
    broken = tmp_path / "other.json"
    broken.write_text(json.dumps({"version": 1, "exercises": {"02-3": {"best": "<b>"}}}))
    page.set_input_files("#bring", broken)
    page.wait_for_function("document.getElementById('done').textContent.startsWith('This is no file')")
    student.is_well()
