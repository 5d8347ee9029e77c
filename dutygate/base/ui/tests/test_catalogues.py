"""Both languages are whole: every text in templates and code has its English, and the compiled catalogue is the written one."""

import gettext
import re
from pathlib import Path

import pytest

import dutygate

PACKAGE = Path(dutygate.__file__).parent
CATALOGUES = sorted(PACKAGE.glob("*/*/locale/en/LC_MESSAGES/django.po"))
IN_TEMPLATE = re.compile(r"""\{%\s*translate\s+"([^"]+)"\s*%\}""")
IN_CODE = re.compile(r"""\b(?:_|gettext|gettext_lazy|gettext_noop)\(\s*"([^"]+)"\s*\)""")

pytestmark = pytest.mark.law_only


def written(catalogue):
    return dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', catalogue.read_text(encoding="utf-8"), re.MULTILINE))


def used(app):
    code = [path for path in app.rglob("*.py") if "tests" not in path.parts]
    files = [(path, IN_TEMPLATE) for path in app.rglob("*.html")] + [(path, IN_CODE) for path in code]
    return {text for path, pattern in files for text in pattern.findall(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[3].name)
def test_every_text_has_its_english_and_none_is_left_over(catalogue):
    texts = written(catalogue)
    assert texts.keys() == used(catalogue.parents[3])
    assert all(english and not re.search(r"[\u3000-\u9fff\uff00-\uffef]", english) for english in texts.values())


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[3].name)
def test_what_is_compiled_is_what_is_written(catalogue):
    with catalogue.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for text, english in written(catalogue).items():
        assert compiled.gettext(text) == english


def test_there_are_catalogues_at_all():
    assert len(CATALOGUES) >= 2
