"""A small reader of PDF for tests: what stands where on each page, in which typeface and size. Written for what typst writes, from ISO
32000-1: objects, object streams, page tree, content streams, ToUnicode; nothing of the program that made the file is used.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Any

MM = 25.4 / 72
_FLAT = rb"\\.|[^\\()]"
_STRING = rb"\((?:" + _FLAT + rb"|\((?:" + _FLAT + rb"|\((?:" + _FLAT + rb")*\))*\))*\)"  # balanced parentheses need no backslash
TOKEN = re.compile(rb"<<|>>|\[|\]|/[^\s<>\[\]()/]*|<[0-9A-Fa-f\s]*>|" + _STRING + rb"|[^\s<>\[\]()/]+", re.DOTALL)


@dataclass(frozen=True)
class Glyphs:
    """One run of text: where its baseline begins (mm from the upper left corner), where it ends, its size in points."""

    text: str
    x: float
    y: float
    end: float
    size: float
    face: str
    colour: tuple[float, ...]


@dataclass(frozen=True)
class Rule:
    """A straight stroke: its ends (mm), its thickness (mm), its colour."""

    x: float
    y: float
    end: float
    thick: float
    colour: tuple[float, ...]


@dataclass(frozen=True)
class Page:
    """``lines``: the runs of one baseline as one text, from the top."""

    width: float
    height: float
    glyphs: tuple[Glyphs, ...]
    rules: tuple[Rule, ...]

    def lines(self) -> list[tuple[float, str]]:
        """(baseline, text) from the top; runs within half a millimetre stand on one line."""
        rows: dict[float, list[Glyphs]] = {}
        for one in sorted(self.glyphs, key=lambda g: g.y):
            key = next((y for y in rows if abs(y - one.y) < 0.5), one.y)
            rows.setdefault(key, []).append(one)
        return [(y, "".join(g.text for g in sorted(row, key=lambda g: g.x))) for y, row in sorted(rows.items())]


class Pdf:
    """A whole file. ``info``: the words of its properties."""

    def __init__(self, data: bytes) -> None:
        self.objects: dict[int, Any] = {}
        self.streams: dict[int, bytes] = {}
        for match in re.finditer(rb"(\d+) 0 obj\s*(.*?)\s*endobj", data, re.DOTALL):
            self._object(int(match[1]), match[2])
        for number, value in list(self.objects.items()):
            if isinstance(value, dict) and value.get("Type") == "/ObjStm":
                self._packed(self.streams[number], int(value["N"]), int(value["First"]))
        self.text = data

    def _object(self, number: int, raw: bytes) -> None:
        head, mark, rest = raw.partition(b"stream")
        self.objects[number] = parse(head)
        if mark and isinstance(self.objects[number], dict):
            body = rest.lstrip(b"\r").removeprefix(b"\n")
            body = body[: body.rfind(b"endstream")].removesuffix(b"\n").removesuffix(b"\r")
            packed = self.objects[number].get("Filter") in ("/FlateDecode", ["/FlateDecode"])
            self.streams[number] = zlib.decompressobj().decompress(body) if packed else body

    def _packed(self, body: bytes, count: int, first: int) -> None:
        numbers = [int(one) for one in body[:first].split()]
        places = list(zip(numbers[0 : 2 * count : 2], numbers[1 : 2 * count : 2], strict=True))
        for (number, start), following in zip(places, [*places[1:], (0, len(body) - first)], strict=True):
            self.objects[number] = parse(body[first + start : first + following[1]])

    def at(self, value: Any) -> Any:
        """What a reference leads to."""
        return self.objects[value.number] if isinstance(value, Ref) else value

    def find(self, kind: str) -> list[Any]:
        """Every dictionary of a type."""
        return [one for one in self.objects.values() if isinstance(one, dict) and one.get("Type") == kind]

    def count(self) -> int:
        """How many pages."""
        return len(self.find("/Page"))

    def pages(self) -> list[Page]:
        """From first to last."""
        root = self.at(self.find("/Catalog")[0]["Pages"])
        return [self._page(one) for one in self._kids(root, {})]

    def _kids(self, node: dict[str, Any], above: dict[str, Any]) -> list[dict[str, Any]]:
        whole = {**above, **node}
        if "Kids" not in node:
            return [whole]
        passed = {name: whole[name] for name in ("MediaBox", "Resources") if name in whole}
        return [page for kid in self.at(node["Kids"]) for page in self._kids(self.at(kid), passed)]

    def _page(self, page: dict[str, Any]) -> Page:
        box = [float(one) for one in self.at(page["MediaBox"])]
        contents = page["Contents"] if isinstance(page["Contents"], list) else [page["Contents"]]
        body = b"\n".join(self.streams[one.number] for one in contents)
        reader = _Reader(self, box[3])
        reader.read(body, self.at(page["Resources"]), (1, 0, 0, 1, 0, 0))
        return Page(box[2] * MM, box[3] * MM, tuple(reader.glyphs), tuple(reader.rules))

    def font(self, resources: dict[str, Any], name: str) -> tuple[str, dict[int, str], dict[int, float]]:
        """(name of the typeface, code -> text, code -> width in thousandths)."""
        font = self.at(self.at(resources["Font"])[name[1:]])
        below = self.at(self.at(font["DescendantFonts"])[0])
        words = to_unicode(self.streams[font["ToUnicode"].number])
        return str(font["BaseFont"]).partition("+")[2], words, widths(self.at(below.get("W", [])), self)

    def keywords(self) -> str:
        """What the properties say."""
        found = re.findall(rb"<rdf:li>(.*?)</rdf:li>|<pdf:Keywords>(.*?)</pdf:Keywords>", self.metadata(), re.DOTALL)
        return " ".join((a or b).decode() for a, b in found)

    def metadata(self) -> bytes:
        """The XMP packet."""
        return next(self.streams[n] for n, one in self.objects.items() if isinstance(one, dict) and one.get("Type") == "/Metadata")


@dataclass(frozen=True)
class Ref:
    number: int


def parse(raw: bytes) -> Any:
    """One object: dictionaries, arrays, names, numbers, references; strings as bytes."""
    stack: list[Any] = [[]]
    for token in TOKEN.findall(raw):
        if token in (b"<<", b"["):
            stack.append([] if token == b"[" else _Pairs())
            continue
        if token in (b">>", b"]"):
            done = stack.pop()
            stack[-1].append(done.as_dict() if isinstance(done, _Pairs) else done)
            continue
        if token == b"R":
            stack[-1].pop()
            stack[-1].append(Ref(int(stack[-1].pop())))
            continue
        stack[-1].append(_value(token))
    return stack[0][0] if len(stack[0]) == 1 else stack[0]


class _Pairs(list[Any]):
    def as_dict(self) -> dict[str, Any]:
        return {str(self[n])[1:]: self[n + 1] for n in range(0, len(self) - 1, 2)}


def _value(token: bytes) -> Any:
    if token.startswith(b"/"):
        return token.decode("latin-1")
    if token.startswith(b"<"):
        digits = re.sub(rb"\s", b"", token[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if token.startswith(b"("):
        return _unescaped(token[1:-1])
    try:
        return int(token) if b"." not in token else float(token)
    except ValueError:
        return token.decode("latin-1")


def _unescaped(raw: bytes) -> bytes:
    names = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def plain(found: re.Match[bytes]) -> bytes:
        return bytes([int(found[1], 8)]) if found[1].isdigit() else names.get(found[1], found[1])

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, raw, flags=re.DOTALL)


def to_unicode(cmap: bytes) -> dict[int, str]:
    """Code -> text."""
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for low, high, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for n in range(int(low, 16), int(high, 16) + 1):
                found[n] = chr(int(text, 16) + n - int(low, 16))
    return found


def widths(given: list[Any], pdf: Pdf) -> dict[int, float]:
    """Code -> width."""
    found: dict[int, float] = {}
    place = 0
    while place < len(given):
        first, second = given[place], pdf.at(given[place + 1])
        if isinstance(second, list):
            found |= {first + n: float(width) for n, width in enumerate(second)}
            place += 2
        else:
            found |= dict.fromkeys(range(first, second + 1), float(given[place + 2]))
            place += 3
    return found


Matrix = tuple[float, ...]


def times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


class _Reader:
    def __init__(self, pdf: Pdf, height: float) -> None:
        self.pdf, self.height = pdf, height
        self.glyphs: list[Glyphs] = []
        self.rules: list[Rule] = []

    def read(self, body: bytes, resources: dict[str, Any], ctm: Matrix) -> None:
        state: dict[str, Any] = {"ctm": ctm, "fill": (0.0,), "stroke": (0.0,), "wide": 1.0, "spacing": 0.0, "font": None, "size": 0.0}
        kept: list[dict[str, Any]] = []
        operands: list[Any] = []
        text: Matrix = (1, 0, 0, 1, 0, 0)
        path: list[tuple[float, float]] = []
        for value in _operations(body):
            if not isinstance(value, str) or value.startswith("/"):
                operands.append(value)
                continue
            if value == "q":
                kept.append(dict(state))
            elif value == "Q":
                state = kept.pop()
            elif value == "cm":
                state["ctm"] = times(tuple(map(float, operands)), state["ctm"])
            elif value in ("g", "rg", "k", "sc", "scn"):
                state["fill"] = tuple(float(one) for one in operands if not isinstance(one, str))
            elif value in ("G", "RG", "K", "SC", "SCN"):
                state["stroke"] = tuple(float(one) for one in operands if not isinstance(one, str))
            elif value == "w":
                state["wide"] = float(operands[0])
            elif value == "Tf":
                state["font"], state["size"] = self.pdf.font(resources, operands[0]), float(operands[1])
            elif value == "Tc":
                state["spacing"] = float(operands[0])
            elif value == "Tm":
                text = tuple(map(float, operands))
            elif value == "BT":
                text = (1, 0, 0, 1, 0, 0)
            elif value == "Td":
                text = times((1, 0, 0, 1, float(operands[0]), float(operands[1])), text)
            elif value in ("Tj", "TJ"):
                shown = operands[0] if isinstance(operands[0], list) else [operands[0]]
                text = self._show(shown, text, state)
            elif value == "m":
                path = [(float(operands[0]), float(operands[1]))]
            elif value == "l":
                path.append((float(operands[0]), float(operands[1])))
            elif value == "S" and len(path) == 2:
                self._rule(path, state)
            elif value == "Do":
                self._form(resources, operands[0], state)
            operands = []

    def _form(self, resources: dict[str, Any], name: str, state: dict[str, Any]) -> None:
        ref = self.pdf.at(resources["XObject"])[name[1:]]
        form = self.pdf.at(ref)
        if form.get("Subtype") == "/Form":
            matrix = tuple(map(float, form.get("Matrix", (1, 0, 0, 1, 0, 0))))
            inner = _Reader(self.pdf, self.height)
            inner.read(self.pdf.streams[ref.number], self.pdf.at(form.get("Resources", {})), times(matrix, state["ctm"]))
            self.glyphs += inner.glyphs
            self.rules += inner.rules

    def _rule(self, path: list[tuple[float, float]], state: dict[str, Any]) -> None:
        (x, y), (end, _) = ((times((1, 0, 0, 1, *point), state["ctm"])[4:]) for point in path)
        scale = abs(state["ctm"][3]) or abs(state["ctm"][0])
        self.rules.append(Rule(x * MM, (self.height - y) * MM, end * MM, state["wide"] * scale * MM, state["stroke"]))

    def _show(self, shown: list[Any], text: Matrix, state: dict[str, Any]) -> Matrix:
        face, words, wide = state["font"]
        size, said = state["size"], ""
        where = times(text, state["ctm"])
        moved = 0.0
        for one in shown:
            if not isinstance(one, bytes):
                moved -= float(one) / 1000 * size
                continue
            for n in range(0, len(one), 2):
                code = int.from_bytes(one[n : n + 2], "big")
                said += words.get(code, "")
                moved += wide.get(code, 1000.0) / 1000 * size + state["spacing"]
        after = times((1, 0, 0, 1, moved, 0), text)
        end = times(after, state["ctm"])
        scale = (where[0] ** 2 + where[1] ** 2) ** 0.5
        self.glyphs.append(Glyphs(said, where[4] * MM, (self.height - where[5]) * MM, end[4] * MM, size * scale, face, state["fill"]))
        return after


def _operations(body: bytes) -> Any:
    """Operands and operators, arrays as lists; strings are bytes, names begin with a slash, operators are bare words."""
    array: list[Any] | None = None
    for token in TOKEN.findall(body):
        if token == b"[":
            array = []
        elif token == b"]":
            yield array
            array = None
        elif array is not None:
            array.append(_value(token))
        else:
            yield _value(token)


def words_of(pages: list[Page], foot: float = 262) -> str:
    """The text of all pages down to ``foot`` (mm) without spaces, for comparing."""
    return re.sub(r"\s", "", "".join(text for page in pages for y, text in page.lines() if y < foot))


__all__ = ["Glyphs", "Page", "Pdf", "Rule", "words_of"]
