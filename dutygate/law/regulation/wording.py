"""The official wording of an edition, loaded by the office that runs the system, with its digest.

The package ships summaries of its own only. What is loaded stands under HOME/law/<edition id>/: text.txt, the wording in
UTF-8, and text.json, what it was found to hold. Nothing in the two depends on when it was loaded.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .canonical import canonical, digest_of_bytes
from .edition import Edition

_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九", start=1)}
_NUMBER = "[一二三四五六七八九十百]{1,5}|[0-9]{1,3}"
# A heading starts a line; a citation inside a sentence does not. Markdown marks and spaces before it are let pass.
_ARTICLE = re.compile(rf"^[#*\s]*第\s*({_NUMBER})\s*条[*\s：:]*", re.MULTILINE)
_ITEM = re.compile(rf"^\s*[（(]\s*({_NUMBER})\s*[)）]\s*", re.MULTILINE)
_SENTENCE_ENDS = "。；：！？;:!?"


class WordingRefused(ValueError):
    """The file is not the wording of that edition; the message says what is missing."""


class WordingDamaged(ValueError):
    """What is stored no longer has the digest it was stored with."""


@dataclass(frozen=True, slots=True)
class OfficialWording:
    """The official wording of one edition."""

    edition_id: str
    digest: str
    """SM3 of text.txt, 64 hex digits: the wording in UTF-8 as stored."""
    source_digest: str
    """SM3 of the file as it was supplied; the same unless that was in GB 18030 or had a byte order mark."""
    text: str
    provisions: Mapping[str, str]
    """Wording by provision id, without its heading, one paragraph per line; only those that were found."""


def read_wording(edition: Edition, data: bytes) -> OfficialWording:
    """The wording in a text file of the office, UTF-8 or GB 18030.

    Raises WordingRefused if it is neither, if an article of the edition is missing, or if it has articles beyond.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise WordingRefused("the file is neither UTF-8 nor GB 18030 text; save the wording as plain text") from None
    found = split(edition, text)
    articles = [provision for provision in edition.provisions.values() if provision.id == str(provision.article)]
    if missing := [provision.label.zh for provision in articles if provision.id not in found]:
        raise WordingRefused(
            f"{'、'.join(missing)} not found: the file lacks {len(missing)} of the {len(articles)} articles of {edition.id}"
            " (a heading must stand at the beginning of its line); nothing was stored"
        )
    last = max((provision.article for provision in articles), default=0)
    if articles and any(_number(heading[1]) == last + 1 for heading in _ARTICLE.finditer(text)):
        raise WordingRefused(f"the file goes on after article {last}, the last of {edition.id}: it is another text; nothing was stored")
    return OfficialWording(edition.id, digest_of_bytes(text.encode()), digest_of_bytes(data), text, found)


def split(edition: Edition, text: str) -> dict[str, str]:
    """The wording of each provision of the edition that `text` holds, by id, in the order of the text.

    Articles are found by their headings, in rising order; items by theirs inside an article; the preamble is what
    stands between the title and the first article.
    """
    headings: list[re.Match[str]] = []
    for heading in _ARTICLE.finditer(text):
        if _number(heading[1]) == len(headings) + 1:
            headings.append(heading)
    found: dict[str, str] = {}
    if headings and "preamble" in edition.provisions and (preamble := _preamble(edition, text[: headings[0].start()])):
        found["preamble"] = preamble
    for number, heading in enumerate(headings, start=1):
        is_last = number == len(headings)
        body = text[heading.end() : len(text) if is_last else headings[number].start()]
        if str(number) not in edition.provisions:
            continue
        found[str(number)] = _paragraphs(body, closing=is_last)
        marks: list[re.Match[str]] = []
        for mark in _ITEM.finditer(body):
            if _number(mark[1]) == len(marks) + 1 and f"{number}.{len(marks) + 1}" in edition.provisions:
                marks.append(mark)
        for item, mark in enumerate(marks, start=1):
            end = marks[item].start() if item < len(marks) else len(body)
            found[f"{number}.{item}"] = _paragraphs(body[mark.end() : end], closing=is_last)
    return found


def _preamble(edition: Edition, before: str) -> str:
    """What follows the last line of `before` that is the title; empty if no line is."""
    lines = before.splitlines()
    titles = [index for index, line in enumerate(lines) if "".join(line.split()).strip("#*") == edition.title.zh]
    return _paragraphs("\n".join(lines[titles[-1] + 1 :]), closing=False) if titles else ""


def _paragraphs(body: str, *, closing: bool) -> str:
    """`body` with lines that were broken inside a sentence joined again; `closing` drops the signature after the end."""
    paragraphs: list[str] = []
    for line in filter(None, (line.strip() for line in body.splitlines())):
        if paragraphs and paragraphs[-1][-1] not in _SENTENCE_ENDS and not _ITEM.match(line):
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
    if closing and len(paragraphs) > 1 and paragraphs[-1][-1] not in _SENTENCE_ENDS:
        paragraphs.pop()
    return "\n".join(paragraphs)


def _number(numeral: str) -> int:
    """The value of 三, 十一, 二十, 一百零二 without 零, or 12."""
    if numeral.isdigit():
        return int(numeral)
    total = digit = 0
    for character in numeral:
        if character in _NUMERALS:
            digit = _NUMERALS[character]
        else:
            total += (digit or 1) * (100 if character == "百" else 10)
            digit = 0
    return total + digit


def store_wording(home: Path, wording: OfficialWording) -> Path:
    """Write it under `home`, in place of what was there; the path of text.txt. Raises OSError."""
    folder = home / "law" / wording.edition_id
    folder.mkdir(parents=True, exist_ok=True)
    about = {
        "edition": wording.edition_id,
        "digest": wording.digest,
        "source_digest": wording.source_digest,
        "provisions": dict(wording.provisions),
    }
    _replace(folder / "text.txt", wording.text.encode())
    _replace(folder / "text.json", canonical(about))
    return folder / "text.txt"


def load_wording(home: Path, edition_id: str) -> OfficialWording | None:
    """What was stored for the edition, or None. Raises WordingDamaged if text and digest no longer agree."""
    folder = home / "law" / edition_id
    try:
        data, about = (folder / "text.txt").read_bytes(), (folder / "text.json").read_bytes()
    except FileNotFoundError:
        return None
    try:
        known = json.loads(about)
        wording = OfficialWording(known["edition"], known["digest"], known["source_digest"], data.decode(), known["provisions"])
    except (ValueError, KeyError, TypeError) as error:
        raise WordingDamaged(f"{folder / 'text.json'} cannot be read ({error}); load the wording again") from error
    if digest_of_bytes(data) != wording.digest:
        raise WordingDamaged(f"{folder / 'text.txt'} no longer has the digest {wording.digest}; load the wording again")
    return wording


def _replace(path: Path, data: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
