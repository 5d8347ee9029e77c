"""3: `dutygate law due` tells the day on which a limit ends, for one limit or for a file of them."""

import subprocess
import sys
from datetime import date

import pytest

from dutygate.law.workdays.batch import Answer, BadLimit, answer_lines, due_day
from dutygate.law.workdays.calendar import Calendar, Due, national_calendar

pytestmark = pytest.mark.law_only


def command(*args, stdin=""):
    # A process of its own: this floor may not import the command line, and exit status and stderr are what is proved.
    line = [sys.executable, "-m", "dutygate", "law", "due", *args]
    return subprocess.run(line, input=stdin, capture_output=True, text=True, encoding="utf-8")


def test_prints_the_due_day():
    result = command("2024-02-08", "5")
    assert (result.returncode, result.stdout, result.stderr) == (0, "2024-02-21\n", "")


def test_says_that_a_day_is_provisional_on_stderr():
    result = command("2998-12-30", "5")
    assert (result.returncode, result.stdout) == (0, "2999-01-04\n")
    assert "provisional" in result.stderr
    assert "暂定" in result.stderr


@pytest.mark.parametrize(
    "args", [("2024-02-30", "5"), ("2024-02-08", "0"), ("2024-02-08", "five"), ("2024-02-08",), (), ("--batch", "/nowhere")]
)
def test_bad_request_is_one_sentence_on_stderr(args):
    result = command(*args)
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1


def test_batch_answers_good_lines_and_names_each_bad_one():
    result = command("--batch", "-", stdin="2024-02-08,5\n\nyesterday,5\n2025-01-24,5\n2025-01-24;5\n")
    assert result.returncode == 1
    assert result.stdout == "2024-02-08,5,2024-02-21\n2025-01-24,5,2025-02-07\n"
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["line 3", "line 5"]


def test_batch_reads_a_file_of_a_hundred_thousand_lines(tmp_path):
    file = tmp_path / "limits.csv"
    lines = [f"{date.fromordinal(738_000 + number % 900).isoformat()},{1 + number % 37}" for number in range(100_000)]
    file.write_text("\n".join(lines), encoding="utf-8-sig")
    result = command("--batch", str(file))
    assert (result.returncode, result.stderr) == (0, "")
    answers = result.stdout.splitlines()
    assert [answer.rpartition(",")[0] for answer in answers] == lines


@pytest.mark.parametrize(
    ("day", "n"),
    [
        ("20240208", "5"),
        ("2024-W06-4", "5"),
        ("2024-02-08", "５"),
        ("2024-02-08", "1_0"),
        ("9999-12-30", "5"),
        ("2024-02-08", "9" * 5000),
    ],
)
def test_only_plain_days_and_numbers_are_read(day, n):
    with pytest.raises(BadLimit):
        due_day(national_calendar(), day, n)


def test_lines_keep_their_number_and_their_text():
    calendar = Calendar(years=frozenset({2026}))
    answers = list(answer_lines(["\ufeff2026-06-08,1\r\n", "\n", "x,1\n", "2026-06-08 , 1", "2026-06-08,1", "2026-06-08"], calendar))
    assert answers[0] == Answer(1, "2026-06-08,1", Due(date(2026, 6, 9), provisional=False))
    assert (answers[1].number, answers[1].due) == (3, None)
    assert answers[1].problem == "'x' is no day; write it like 2024-06-05"
    assert answers[3].due == answers[2].due == answers[0].due
    assert answers[4].problem == "'2026-06-08' is not of the form date,n"
