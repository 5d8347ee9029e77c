"""The text of a PDF (ISO 32000-1), as far as it says which characters its glyphs are; a scan says nothing, and gives "".

Read: objects and object streams packed with Flate, the page tree, text operators, ToUnicode maps, and the ready-made encodings that
office programs here use (GBK, UCS-2, Latin). Written for files that ``check_pdf`` has let through; what is not understood is left out.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

PAGES: Final = 40
LARGEST: Final = 16 * 1024 * 1024
TOGETHER: Final = 64 * 1024 * 1024
MOST: Final = 100_000
"""So many characters are read."""
DEEPEST: Final = 8
_SPACE: Final = rb"[\s\x00]"
_TOKEN: Final = re.compile(
    rb"%[^\r\n]*|<<|>>|[\[\]{}]|/[^\s\x00<>\[\]{}()/%]*|<[0-9A-Fa-f\s]*>|\((?:\\.|[^\\()]|\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\))*\)"
    rb"|[^\s\x00<>\[\]{}()/%]+",
    re.DOTALL,
)
_OBJECT: Final = re.compile(rb"(?<!\d)(\d{1,9})\s+(\d{1,5})\s+obj\b")
_STREAM: Final = re.compile(rb"stream\r?\n")
_LETTERS: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
_READY: Final = {"GBK": "gbk", "GBpc": "gbk", "GB-": "gbk", "GBK2K": "gb18030", "UniGB-UCS2": "utf-16-be", "UniGB-UTF16": "utf-16-be"}
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:\[(.*?)\]|<([0-9A-Fa-f]+)>)", re.DOTALL)
Matrix = tuple[float, float, float, float, float, float]
ONE: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Ref:
    number: int


@dataclass(slots=True)
class _Font:
    """How the codes of a font become text: a map, or an encoding; ``wide``: two bytes for each code."""

    words: dict[int, str]
    encoding: str
    wide: bool

    def text(self, raw: bytes) -> str:
        """What a string says; "" where nobody knows."""
        if self.words:
            step = 2 if self.wide else 1
            return "".join(self.words.get(int.from_bytes(raw[n : n + step], "big"), "") for n in range(0, len(raw), step))
        return raw.decode(self.encoding, "ignore") if self.encoding else ""


def pdf_text(data: bytes) -> str:
    """Its lines from the top of the first page on; "" for pictures of pages. Raises nothing for what it does not understand."""
    try:
        return "\n".join(line for page in _Pdf(data).pages() for line in page).strip()[:MOST]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, zlib.error):
        return ""


class _Pdf:
    def __init__(self, data: bytes) -> None:
        self.objects: dict[int, Any] = {}
        self.packed: dict[int, bytes] = {}
        self.left = TOGETHER
        starts = list(_OBJECT.finditer(data))
        for place, found in enumerate(starts):
            end = starts[place + 1].start() if place + 1 < len(starts) else len(data)
            self._take(int(found[1]), data[found.end() : end])
        for number, value in list(self.objects.items()):
            if isinstance(value, dict) and value.get("Type") == "/ObjStm":
                self._unpack(self.stream(number), int(value["N"]), int(value["First"]))

    def _take(self, number: int, raw: bytes) -> None:
        mark = _STREAM.search(raw)
        head = raw[: mark.start()] if mark else raw.partition(b"endobj")[0]
        try:
            self.objects[number] = _parsed(head)
        except (IndexError, ValueError, TypeError):
            return
        if mark:
            self.packed[number] = raw[mark.end() : raw.rfind(b"endstream")]

    def _unpack(self, body: bytes, count: int, first: int) -> None:
        numbers = [int(one) for one in body[:first].split()][: 2 * count]
        places = list(zip(numbers[0::2], numbers[1::2], strict=False))
        for place, (number, start) in enumerate(places):
            end = places[place + 1][1] if place + 1 < len(places) else len(body)
            self.objects.setdefault(number, _parsed(body[first + start : first + end]))

    def stream(self, number: int) -> bytes:
        """A stream in plain bytes; b"" for a filter that is none of ours."""
        kind = self.at(self.objects[number].get("Filter"))
        kinds = kind if isinstance(kind, list) else [kind] if kind else []
        body = self.packed.get(number, b"")
        if not kinds:
            return body
        if [self.at(one) for one in kinds] != ["/FlateDecode"] or self.objects[number].get("DecodeParms") or self.left <= 0:
            return b""
        plain = zlib.decompressobj().decompress(body, min(LARGEST, self.left))
        self.left -= len(plain)
        return plain

    def at(self, value: Any) -> Any:
        """What a reference leads to."""
        for _step in range(DEEPEST):
            if not isinstance(value, _Ref):
                return value
            value = self.objects.get(value.number)
        return None

    def pages(self) -> Iterator[list[str]]:
        """The lines of each page, from the first on."""
        roots = [one for one in self.objects.values() if isinstance(one, dict) and one.get("Type") == "/Catalog"]
        found = list(self._kids(self.at(roots[-1]["Pages"]), {}, 0)) if roots else []
        for page in found[:PAGES]:
            reader = _Reader(self)
            contents = self.at(page.get("Contents"))
            parts = contents if isinstance(contents, list) else [page.get("Contents")]
            body = b"\n".join(self.stream(part.number) for part in parts if isinstance(part, _Ref) and part.number in self.objects)
            reader.read(body, self.at(page.get("Resources")) or {}, ONE, 0)
            yield reader.lines()

    def _kids(self, node: Any, above: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
        if not isinstance(node, dict) or depth > DEEPEST * 4:
            return
        whole = {**above, **{name: node[name] for name in ("Resources",) if name in node}}
        if "Kids" not in node:
            yield {**whole, **node}
            return
        for kid in self.at(node["Kids"]):
            yield from self._kids(self.at(kid), whole, depth + 1)

    def font(self, resources: dict[str, Any], name: str) -> _Font:
        """The font of that name."""
        font = self.at((self.at(resources.get("Font")) or {}).get(name[1:])) or {}
        wide = font.get("Subtype") == "/Type0"
        mapped = font.get("ToUnicode")
        words = _to_unicode(self.stream(mapped.number)) if isinstance(mapped, _Ref) and mapped.number in self.objects else {}
        named = self.at(font.get("Encoding"))
        if wide:
            ready = str(named)[1:] if isinstance(named, str) else ""
            return _Font(words, next((code for begin, code in _READY.items() if ready.startswith(begin)), ""), True)
        return _Font(words, "cp1252", False)


@dataclass(slots=True)
class _Reader:
    """What is shown on a page, and where."""

    pdf: _Pdf
    shown: list[tuple[float, float, str]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """From the top; what stands within two points of one height is one line, from left to right."""
        rows: list[tuple[float, list[tuple[float, str]]]] = []
        for x, y, text in sorted(self.shown, key=lambda one: -one[1]):
            if rows and abs(rows[-1][0] - y) < 2:
                rows[-1][1].append((x, text))
            else:
                rows.append((y, [(x, text)]))
        return [line for _y, row in rows if (line := "".join(text for _x, text in sorted(row, key=lambda one: one[0])).strip())]

    def read(self, body: bytes, resources: dict[str, Any], ctm: Matrix, depth: int) -> None:
        """One content stream."""
        kept: list[Matrix] = []
        given: list[Any] = []
        line, font, leading = ONE, _Font({}, "", False), 0.0
        for value in _operations(body):
            if not isinstance(value, str) or value.startswith("/"):
                given.append(value)
                continue
            if value == "q":
                kept.append(ctm)
            elif value == "Q":
                ctm = kept.pop() if kept else ctm
            elif value == "cm" and len(given) == 6:
                ctm = _times(_matrix(given), ctm)
            elif value == "BT":
                line = ONE
            elif value == "Tf" and given:
                font = self.pdf.font(resources, str(given[0]))
            elif value == "TL" and given:
                leading = float(given[0])
            elif value == "Tm" and len(given) == 6:
                line = _matrix(given)
            elif value in ("Td", "TD") and len(given) == 2:
                leading = -float(given[1]) if value == "TD" else leading
                line = _times((1, 0, 0, 1, float(given[0]), float(given[1])), line)
            elif value == "T*":
                line = _times((1, 0, 0, 1, 0, -leading), line)
            elif value in ("Tj", "TJ", "'", '"') and given:
                if value in ("'", '"'):
                    line = _times((1, 0, 0, 1, 0, -leading), line)
                self._show(given[-1], font, _times(line, ctm))
            elif value == "Do" and given and depth < DEEPEST:
                self._inner(resources, str(given[0]), ctm, depth)
            given = []

    def _show(self, given: Any, font: _Font, where: Matrix) -> None:
        parts = given if isinstance(given, list) else [given]
        text = "".join(font.text(part) for part in parts if isinstance(part, bytes))
        if text:
            # What is shown without a move in between stands behind: the order in which it comes decides where the place is the same.
            self.shown.append((where[4] + len(self.shown) * 1e-6, where[5], text))

    def _inner(self, resources: dict[str, Any], name: str, ctm: Matrix, depth: int) -> None:
        ref = (self.pdf.at(resources.get("XObject")) or {}).get(name[1:])
        inner = self.pdf.at(ref)
        if isinstance(ref, _Ref) and isinstance(inner, dict) and inner.get("Subtype") == "/Form":
            matrix = _matrix(inner["Matrix"]) if isinstance(inner.get("Matrix"), list) and len(inner["Matrix"]) == 6 else ONE
            self.read(self.pdf.stream(ref.number), self.pdf.at(inner.get("Resources")) or resources, _times(matrix, ctm), depth + 1)


def _matrix(given: list[Any]) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in given)
    return a, b, c, d, e, f


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _operations(body: bytes) -> Iterator[Any]:
    """Operands and operators: arrays as lists, strings as bytes, names with a slash, operators as bare words."""
    array: list[Any] | None = None
    for token in _TOKEN.findall(body):
        if token == b"[":
            array = []
        elif token == b"]":
            yield array or []
            array = None
        elif token.startswith(b"%"):
            continue
        elif array is not None:
            array.append(_value(token))
        else:
            yield _value(token)


def _parsed(raw: bytes) -> Any:
    """One object: dictionaries, arrays, names, numbers, references; strings as bytes."""
    stack: list[list[Any]] = [[]]
    for token in _TOKEN.findall(raw):
        if token in (b"<<", b"["):
            stack.append([])
        elif token in (b">>", b"]"):
            done = stack.pop()
            pairs = {str(done[n])[1:]: done[n + 1] for n in range(0, len(done) - 1, 2)}
            stack[-1].append(pairs if token == b">>" else done)
        elif token == b"R":
            stack[-1].pop()
            stack[-1].append(_Ref(int(stack[-1].pop())))
        elif not token.startswith(b"%"):
            stack[-1].append(_value(token))
    return stack[0][0]


def _value(token: bytes) -> Any:
    if token.startswith(b"/"):
        return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), token).decode("latin-1")
    if token.startswith(b"<") and token != b"<<":
        digits = re.sub(_SPACE, b"", token[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if token.startswith(b"("):
        return re.sub(rb"\\([0-7]{1,3}|\r\n|.)", _plain, token[1:-1], flags=re.DOTALL)
    try:
        return int(token) if b"." not in token else float(token)
    except ValueError:
        return token.decode("latin-1")


def _plain(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 8) & 255]) if found[1].isdigit() else _LETTERS.get(found[1], found[1])


def _to_unicode(cmap: bytes) -> dict[int, str]:
    """Code -> text."""
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>", block):
            found[int(code, 16)] = _utf16(text)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for low, high, listed, text in _RANGE.findall(block):
            first, last = int(low, 16), min(int(high, 16), int(low, 16) + 0xFFFF)
            if listed:
                each = re.findall(rb"<([0-9A-Fa-f\s]*)>", listed)
                found |= {first + n: _utf16(one) for n, one in enumerate(each)}
                continue
            begin = _utf16(text)
            for n in range(first, last + 1):
                found[n] = begin[:-1] + chr(ord(begin[-1]) + n - first) if begin else ""
    return found


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(re.sub(_SPACE, b"", digits).decode()).decode("utf-16-be", "ignore")
