"""Issue 5, item 6: a case as one file, which holds what its reader may see and is checked without the system (Articles 4.1-4.4)."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dutygate.base.actions import clock
from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound, Refused
from dutygate.base.documents.storage import path_of
from dutygate.base.documents.tests.samples import pdf
from dutygate.base.organizations.queries import forget_directories
from dutygate.base.register.queries import public_heads
from dutygate.base.register.verify import verify_against
from dutygate.config.cli import main
from dutygate.features.casefile.checking import check
from dutygate.features.casefile.contents import write_case_file
from dutygate.features.casefile.packing import Member, manifest_of, pack
from tests.journey import Journey
from tests.pages.signed_in import browser_of, text
from tests.rows import rows
from tests.snapshot import Snapshot
from tests.trips.calling import BASE, Caller, token_for
from tests.world import World, create_world

pytestmark = pytest.mark.django_db


_made: list[tuple[World, str, Snapshot]] = []


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scans of the case, as they were stored."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture
def done_case(db: Any, files: Path, settings: Any, tmp_path: Path) -> Iterator[Journey]:
    """The case of ``_done``: gone by the first test of this file, its rows and files put back for the others."""
    forget_directories()
    forget_kept_editions()
    settings.MEDIA_ROOT = tmp_path / "files"
    if not _made:
        case = _done(create_world())
        _made.append((case.world, case.number, Snapshot.of_everything()))
        shutil.copytree(settings.MEDIA_ROOT, files, dirs_exist_ok=True)
    else:
        world, number, snapshot = _made[0]
        snapshot.restore()
        shutil.copytree(files, settings.MEDIA_ROOT)
        case = Journey(world, number=number, papers=900)
    yield case
    forget_directories()
    forget_kept_editions()


def _done(world: World) -> Journey:
    """Agreed by three townships, one of them on paper; a try that was refused; another department's case in between."""
    case, other = Journey(world), Journey(world, "agriculture")
    case.open()
    other.open()
    case.fill()
    case.request()
    case.reply("naji", "yadong")
    other.up_to("consulting")
    with pytest.raises(Refused):
        case.conclude()
    case.do("forestry", "consultation.reply", answer="agree", **case.on_paper("forestry", "六合镇"))
    case.conclude()
    case.submit()
    case.do("lead", "record.check_original", township="六合镇")
    case.do("naji", "case.circulate", users=("naji2",), note="请书记阅示")
    case.go_on("done")
    return case


def bytes_for(viewer: ActingPost, number: str) -> bytes:
    package = io.BytesIO()
    write_case_file(viewer, number, clock.now(), package)
    return package.getvalue()


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def faults(path: Path, data: bytes) -> list[str]:
    path.write_bytes(data)
    return [fault.member for fault in check(path).faults]


@pytest.mark.db_both
def test_the_same_state_is_the_same_bytes_and_a_new_step_is_not(done_case: Journey, monkeypatch: Any) -> None:
    lead = done_case.people["lead"]
    first = bytes_for(lead, done_case.number)
    later = clock.now().replace(year=clock.now().year + 1)
    assert first == bytes_for(lead, done_case.number)
    package = io.BytesIO()
    write_case_file(lead, done_case.number, later, package)
    assert package.getvalue() == first, "nothing in it depends on the day on which it was made"
    forestry = done_case.people["forestry"]
    was = bytes_for(forestry, done_case.number)
    target = "decision:city_government:1"
    done_case.do("city", "record.correct", target=target, field="document_number", new="呼政函〔2026〕99号", reason="录错一位")
    assert bytes_for(forestry, done_case.number) != was


@pytest.mark.once
def test_whoever_changes_one_byte_of_any_member_is_found_and_the_member_named(done_case: Journey, tmp_path: Path) -> None:
    data = bytes_for(done_case.people["lead"], done_case.number)
    path = tmp_path / "case.zip"
    assert faults(path, data) == []
    members = opened(data)
    assert {name.partition("/")[0] for name in members} == {
        "manifest.json",
        "index.html",
        "index.en.html",
        "case.json",
        "register",
        "editions",
        "scans",
    }
    for changed in members:  # as somebody does who packs it again, with check sums that fit
        again, whole = io.BytesIO(), members[changed]
        middle = len(whole) // 2
        spoilt_one = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
        with zipfile.ZipFile(again, "w") as package:
            for name, held in members.items():
                package.writestr(name, spoilt_one if name == changed else held)
        assert faults(path, again.getvalue()) == [changed]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        places = {info.filename: info.header_offset for info in package.infolist()}
    directory = data.index(b"PK\x01\x02", max(places.values()))
    for name, offset in places.items():  # as a disk does: one bit of the heading, of the bytes, of the line in the directory
        line = data.index(name.encode(), directory)
        for place in (offset + 12, offset + 30 + len(name.encode()) + 3, line - 10, line):
            spoilt = bytearray(data)
            spoilt[place] ^= 1
            assert name in faults(path, bytes(spoilt)), (name, place - offset)
    for spoilt_end in (data[:-1], data + b"\0", data[:-22], b"x" + data[1:], b""):
        assert faults(path, spoilt_end) != []


def repacked(members: dict[str, bytes], number: str, **changed: bytes) -> bytes:
    """As a forger does it who knows the format: every check sum made anew."""
    held = [Member.of(name, changed.get(name, data)) for name, data in members.items() if name != "manifest.json"]
    package = io.BytesIO()
    pack([manifest_of(held, {"case": number}), *held], package)
    return package.getvalue()


@pytest.mark.once
def test_a_forger_who_makes_every_checksum_anew_is_found_by_the_entries_and_by_a_printed_head(done_case: Journey, tmp_path: Path) -> None:
    data = bytes_for(done_case.people["lead"], done_case.number)
    members, path = opened(data), tmp_path / "case.zip"
    assert repacked(members, done_case.number) == data
    entries = json.loads(members["register/entries.json"])

    def forged(entries: Any) -> bytes:
        return json.dumps(entries, ensure_ascii=False).encode()

    for change in (
        {"fields": {**entries["entries"][3]["fields"], "action": "case.withdraw"}},
        {"sealed": entries["entries"][3]["sealed"].replace("}", " }", 1)},
        {"hash": "0" * 64},
    ):
        other = json.loads(json.dumps(entries))
        other["entries"][3].update(change)
        found = faults(path, repacked(members, done_case.number, **{"register/entries.json": forged(other)}))
        assert set(found) <= {"register/entries.json", "register/chain.txt"} and found, change
    fewer = {**entries, "entries": entries["entries"][:-1]}
    assert "register/chain.txt" in faults(path, repacked(members, done_case.number, **{"register/entries.json": forged(fewer)}))
    lines = members["register/chain.txt"].decode().splitlines()
    own = {int(entry["fields"]["seq"]) for entry in entries["entries"]}
    foreign = next(place for place, line in enumerate(lines) if place and int(line.split()[0]) not in own)
    seq, written_in, found_hash, body = lines[foreign].split()
    for line in (f"{seq} {written_in} {'0' * 64} {body}", f"{seq} {written_in} {found_hash} {'0' * 64}"):
        chain = "\n".join([*lines[:foreign], line, *lines[foreign + 1 :]]) + "\n"
        assert "register/chain.txt" in faults(path, repacked(members, done_case.number, **{"register/chain.txt": chain.encode()}))
    scan = next(name for name in members if name.startswith("scans/"))
    assert scan in faults(path, repacked(members, done_case.number, **{scan: pdf() + b"%"}))
    path.write_bytes(data)
    printed = f"150721:{seq}:{found_hash}"
    assert check(path, [printed]).faults == []
    assert [f.member for f in check(path, [printed[:-1] + "x"]).faults] == ["register/chain.txt"]
    assert verify_against(check(path).head) == [], "and the register itself confirms the head of the file"


@pytest.mark.once
def test_a_reader_gets_what_she_may_see_and_of_the_rest_hashes_alone(done_case: Journey, tmp_path: Path) -> None:
    number, people = done_case.number, done_case.people
    path = tmp_path / "case.zip"
    seen = {}
    for role in ("lead", "forestry", "naji", "city"):
        path.write_bytes(bytes_for(people[role], number))
        done = check(path)
        assert done.faults == [] and done.bridged > 0 and done.compared == 0, (role, done)
        seen[role] = (done, opened(path.read_bytes()))
    lead, naji = seen["lead"], seen["naji"]
    assert lead[0].opened == lead[0].entries - 1 and lead[0].entries > naji[0].entries > naji[0].opened > 0
    assert 0 < seen["forestry"][0].opened < seen["forestry"][0].entries == lead[0].entries
    for role, (_done, members) in seen.items():
        for entry in json.loads(members["register/entries.json"])["entries"]:
            assert (entry["salt"] is None) == (entry["sealed"] is None)
            if role == "naji" and entry["salt"]:
                assert str(people["naji"].unit_id) in (entry["fields"]["unit_id"], entry["fields"]["entered_for"])
    said = {role: "请书记阅示" in members["register/entries.json"].decode() for role, (_done, members) in seen.items()}
    assert said == {"lead": False, "forestry": False, "naji": True, "city": False}, "what a unit reads inside itself stays there"
    assert not any(name.startswith("scans/") for name in naji[1]), "the scan is another township's"
    assert any(name.startswith("scans/") for name in lead[1])
    for role in ("outsider", "system_admin", "audit_admin"):
        with pytest.raises(NotFound):
            bytes_for(people[role], number)


@pytest.mark.once
def test_the_page_to_read_is_chinese_first_and_leads_nowhere_outside(done_case: Journey) -> None:
    client = browser_of(done_case.people["lead"])
    assert f"/case-files/{done_case.number}.zip" in text(client.get(f"/cases/{done_case.number}/register/"))
    response = client.get(f"/case-files/{done_case.number}.zip")
    assert response["Content-Disposition"] == f'attachment; filename="{done_case.number}.zip"'
    members = opened(b"".join(response.streaming_content))
    for name, language in (("index.html", "zh-CN"), ("index.en.html", "en")):
        page = members[name].decode()
        assert f'<html lang="{language}">' in page and "林草防火宣传" in page and "入户宣传" in page and "那吉镇" in page
        targets = set(re.findall(r'(?:href|src)="([^"]*)"', page))
        assert {one for one in targets if not one.startswith("#")} <= {*members, "manifest.json"}, targets
        assert not re.search(r"<(script|form|button|svg|img|input)\b|\son\w+=|url\(", page)
        assert page.count("<main>") == page.count("</main>") == 1
    assert "登记和证明" in members["index.html"].decode() and "Register and proof" in members["index.en.html"].decode()
    outside = browser_of(done_case.people["outsider"])
    assert outside.get(f"/case-files/{done_case.number}.zip").status_code == 404


@pytest.mark.once
def test_page_api_and_command_hand_out_the_same_file(done_case: Journey, tmp_path: Path, capsys: Any) -> None:
    number, path = done_case.number, tmp_path / "case.zip"
    lead = done_case.people["lead"]
    assert main(["case", "export", number, "--into", str(path), "--as", rows("organizations.User").get(pk=lead.user_id).username]) == 0
    program, outsider = (Caller(token_for(done_case.world, role)) for role in ("lead", "outsider"))
    answer = program.client.get(f"{BASE}/cases/{number}/file", headers={"Authorization": f"Bearer {program.token}"})
    assert answer["Content-Type"] == "application/zip" and b"".join(answer.streaming_content) == path.read_bytes()
    page = browser_of(lead).get(f"/case-files/{number}.zip")
    assert b"".join(page.streaming_content) == path.read_bytes() == bytes_for(lead, number)
    assert main(["case", "export", number, "--into", str(path)]) == 1 and "exists already" in capsys.readouterr().err
    assert main(["case", "export", number, "--into", str(tmp_path / "all.zip")]) == 0
    assert check(tmp_path / "all.zip").faults == []
    assert main(["case", "export", "150721-2026-9999", "--into", str(tmp_path / "none.zip")]) == 1
    assert sorted(found.name for found in tmp_path.iterdir() if found.is_file()) == ["all.zip", "case.zip"]
    assert outsider.get(f"/cases/{number}/file").status == 404
    assert main(["case", "verify", str(path)]) == 0
    path.write_bytes(path.read_bytes()[:-30])
    assert main(["case", "verify", str(path)]) == 1


@pytest.mark.once
def test_a_scan_that_is_no_longer_what_was_stored_is_not_packed(done_case: Journey, tmp_path: Path) -> None:
    digest = str(rows("documents.StoredFile").get().digest)
    path_of(digest).write_bytes(b"%PDF other")
    client = browser_of(done_case.people["lead"])
    assert client.get(f"/case-files/{done_case.number}.zip").status_code == 500
    assert main(["case", "export", done_case.number, "--into", str(tmp_path / "case.zip")]) == 1
    assert not [found for found in tmp_path.iterdir() if found.is_file()]


@pytest.mark.once
def test_verify_opens_no_database(done_case: Journey, tmp_path: Path) -> None:
    path = tmp_path / "case.zip"
    path.write_bytes(bytes_for(done_case.people["lead"], done_case.number))
    program = (
        "import sys\n"
        "class Nothing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in ('django', 'sqlite3'): raise ImportError(name)\n"
        "sys.meta_path.insert(0, Nothing())\n"
        "from dutygate.config.cli import main\n"
        "sys.exit(main(['case', 'verify', sys.argv[1]]))"
    )
    ran = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, timeout=60, cwd=Path.cwd())
    assert (ran.returncode, ran.stderr) == (0, "")
    assert done_case.number in ran.stdout and f"head: {check(path).head}" in ran.stdout
    assert public_heads()[-1].seq >= int(check(path).head.split(":")[1])
