"""Both languages are whole: every text in templates and code has its English, the compiled catalogue is the written one, and no
template says anything in Chinese that is not translated. ``python tools/messages.py`` brings the catalogues up to date.
"""

import gettext
import re
from pathlib import Path

import pytest

import dutygate

PACKAGE = Path(dutygate.__file__).parent
CATALOGUES = sorted(PACKAGE.glob("*/*/locale/en/LC_MESSAGES/django.po"))
TEMPLATES = sorted(PACKAGE.glob("*/*/templates/**/*.html"))
IN_TEMPLATE = re.compile(r"""\{%\s*translate\s+"([^"]+)"\s*(?:as\s+\w+\s*)?%\}""")
IN_CODE = re.compile(r"""\b(?:_|gettext|gettext_lazy|gettext_noop)\(\s*"([^"]+)"\s*\)""")
CALLED = re.compile(r"""\b(?:_|gettext|gettext_lazy|gettext_noop)\(\s*f?["']""")
HAN = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
SAME_IN_BOTH = {"中文", "简体中文"}

pytestmark = pytest.mark.law_only


def app_of(path):
    return path.relative_to(PACKAGE).parts[:2]


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
    unfit = {text: english for text, english in texts.items() if not english or HAN.search(english)}
    assert not unfit, unfit


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[3].name)
def test_placeholders_are_the_same_in_both_languages(catalogue):
    for text, english in written(catalogue).items():
        assert sorted(re.findall(r"%\(\w+\)s", text)) == sorted(re.findall(r"%\(\w+\)s", english)), text


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[3].name)
def test_what_is_compiled_is_what_is_written(catalogue):
    with catalogue.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for text, english in written(catalogue).items():
        assert compiled.gettext(text) == english.replace('\\"', '"')


def test_every_app_with_words_has_a_catalogue():
    with_words = {app_of(path) for path in TEMPLATES if IN_TEMPLATE.search(path.read_text(encoding="utf-8"))}
    assert len(with_words) >= 5
    assert with_words <= {app_of(path) for path in CATALOGUES}


def test_no_template_speaks_chinese_past_the_catalogue():
    found = []
    for path in TEMPLATES:
        bare = re.sub(
            r"\{#.*?#\}|\{% comment.*?endcomment %\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        for said in SAME_IN_BOTH:
            bare = bare.replace(said, "")
        marks = {"：", "、", "，", "。", "（", "）", "；", "“", "”"}
        found += [f"{path.relative_to(PACKAGE)}: {text}" for text in re.findall(r".*[\u3400-\u9fff].*", bare)]
        found += [f"{path.relative_to(PACKAGE)}: {mark}" for mark in marks if mark in bare]
    assert not found, "\n".join(found)


def test_no_translated_text_is_put_together_where_the_catalogue_cannot_see_it():
    for path in PACKAGE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        assert len(CALLED.findall(source)) == len(IN_CODE.findall(source)), f"{path}: one plain string literal in each call"


def test_one_text_has_one_english_in_all_apps():
    """Django joins the catalogues of all apps: of two translations of one text only one would ever be seen."""
    found: dict[str, set[str]] = {}
    for catalogue in CATALOGUES:
        for text, english in written(catalogue).items():
            found.setdefault(text, set()).add(english)
    assert not {text: said for text, said in found.items() if len(said) > 1}
