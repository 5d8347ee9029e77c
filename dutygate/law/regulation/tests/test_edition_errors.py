"""Preamble, 11: a jurist who errs in an edition's data is told the file, the key and what to write."""

import re
import shutil
from importlib.resources import as_file, files

import pytest

from dutygate.law.regulation.edition import EditionError, load_edition
from dutygate.law.regulation.reading import parse_yaml

pytestmark = pytest.mark.law_only


@pytest.fixture
def folder(tmp_path):
    with as_file(files("dutygate.law") / "editions" / "arun_2024_15") as source:
        return shutil.copytree(source, tmp_path / "arun_2024_15")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("edition", "{zh: 依法依规, en: By law and rule}", "{zh: 依法依规}", "edition.yaml: principles[0].label.en is missing"),
        ("edition", "en: By law and rule", 'en: ""', "edition.yaml: principles[0].label.en: must be text"),
        ("edition", "id: lawful", "id: dynamic", "edition.yaml: principles[3]: id 'dynamic' stands twice"),
        ("edition", "focus: [division]", "focus: [divison]", "edition.yaml: items[5].focus[0]: 'divison' is no focus point"),
        ("edition", "bodies: [banner_committee, banner_government]", "bodies: [mayor]", "tracks[1].bodies[0]: 'mayor' is no seat"),
        ("edition", "kind: authority", "kind: office", "edition.yaml: seats[4].kind: is 'office'; must be one of seat, authority"),
        ("edition", "judged_by_townships: true", "judged_by_townships: yes", "items[0].judged_by_townships: must be true or false"),
        ("edition", "issued_on: 2024-06-05", "issued_on: 5 June 2024", "edition.yaml: issued_on: must be a day written like"),
        ("edition", "id: arun_2024_15", "id: arun_2024", "edition.yaml: id is 'arun_2024'; it must be the name of the folder"),
        ("edition", "article: 0", "article: 1", "provisions[0].article: is 1; the id 'preamble' belongs to 0"),
        ("edition", "article: 0", "article: zero", "provisions[0].article: must be a whole number"),
        ("edition", "note: null", "note: null\nnotes: x", "edition.yaml: the file: unknown key 'notes'"),
        ("edition", "note: null", "note: null\nid: again", "key 'id' stands twice"),
        ("edition", "note: null", "note: [", "edition.yaml: "),
        ("parameters", 'cites: "4.1"', 'cites: "4.9"', "parameters.yaml: parameters[0].cites: cites '4.9', which is no provision"),
        ("parameters", "values: {regular: 10, temporary: 3}", "values: {regular: 10}", "values: has no value for 'temporary'"),
        ("parameters", "values: {regular: 10, temporary: 3}", "values: {all: ten}", "parameters[0].values.all: must be a whole number"),
        ("parameters", "values: {regular: 10, temporary: 3}", "values: {all: 0}", "parameters[0].values.all: 0 is out of range"),
        ("parameters", "values: {regular: 10, temporary: 3}", "values: {rush: 1}", "parameters[0].values: unknown key 'rush'"),
        ("parameters", "values: {all: 12}", "values: {all: 13}", "13 is out of range for month"),
        ("parameters", "status: not_set", "status: set", "parameters[0]: effective_from is missing"),
        ("parameters", "values: {all: decides}", "values: {all: watches}", "is 'watches'; must be one of decides, informed"),
        ("exclusions", 'provision: "7"', "provision: 7", "exclusions.yaml: wording[3].provision: must be text"),
        ("exclusions", "effect: stop", "effect: halt", "exclusions.yaml: classes[0].effect: is 'halt'"),
        ("exclusions", "words: [行政处罚", "words: [[行政处罚]", "exclusions.yaml: wording[0].words"),
        ("exclusions", "within: 10", "within: 0", "exclusions.yaml: wording[1].forms[1]: needs `words`; and `then` goes with `within`"),
        ("exclusions", "within: 10", "near: 10", "exclusions.yaml: wording[1].forms[1]: unknown key 'near'"),
        ("exclusions", "then: [批准]", "then: 批准", "exclusions.yaml: wording[1].forms[1].then: must be a list"),
    ],
)
def test_error_names_file_and_key(folder, name, old, new, message):
    file = folder / f"{name}.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EditionError) as error:
        load_edition(folder)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("procedure", "message"),
    [
        ("actions: [{action: x, cites: '12'}]", "procedure.yaml: actions[0].cites: cites '12', which is no provision"),
        ("actions: [{action: x, cites: ['1', '4.6']}]", "procedure.yaml: actions[0].cites[1]: cites '4.6'"),
        ("actions: [{action: x, cites: 4}]", "procedure.yaml: actions[0].cites: must be text, in quotes"),
        ("states: {drafting: {zh: 草拟}}", "procedure.yaml: states.drafting.en is missing"),
        ("states: {1: {zh: 草拟, en: x}}", "procedure.yaml: states: key 1 must be text, in quotes"),
        ("[a, b]", "procedure.yaml: the file: must be a mapping"),
        ("limit: 9007199254740993", "9007199254740993 is beyond 2^53-1"),
    ],
)
def test_procedure_is_checked_for_citations_and_both_languages(folder, procedure, message):
    (folder / "procedure.yaml").write_text(procedure, encoding="utf-8")
    with pytest.raises(EditionError, match=re.escape(message)):
        load_edition(folder)


def test_folder_without_edition_is_named(tmp_path):
    with pytest.raises(EditionError, match="edition.yaml is missing"):
        load_edition(tmp_path)


def test_yaml_keeps_words_days_and_provision_numbers_as_written():
    assert parse_yaml("{on: yes, day: 2024-06-05, cites: 4.1, n: 12, code: 012, none: null, flag: true}", "x") == {
        "on": "yes", "day": "2024-06-05", "cites": "4.1", "n": 12, "code": "012", "none": None, "flag": True,
    }  # fmt: skip
