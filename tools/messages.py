"""The English catalogue of every app, kept whole: ``python tools/messages.py [app …]``.

Looks through templates and code of each app that has a ``locale`` folder (or is named), adds what is missing to its
``django.po`` with an empty English, takes out what is no longer used, and compiles ``django.mo``. Exit status 1 while an
English text is empty. The source language is Chinese: the Chinese text itself is the key.
"""

from __future__ import annotations

import re
import struct
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "dutygate"
IN_TEMPLATE = re.compile(r"""\{%\s*translate\s+"([^"]+)"\s*(?:as\s+\w+\s*)?%\}""")
IN_CODE = re.compile(r"""\b(?:_|gettext|gettext_lazy|gettext_noop)\(\s*"([^"]+)"\s*\)""")
PAIR = re.compile(r'^msgid "(.+)"\nmsgstr "(.*)"$', re.MULTILINE)
HEAD = """# English for the pages. The source language is Chinese, so the Chinese text itself is the key.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def texts_of(app: Path) -> list[str]:
    """Every text of an app, in the order of its files."""
    code = [p for p in sorted(app.rglob("*.py")) if "tests" not in p.parts]
    files = [(p, IN_TEMPLATE) for p in sorted(app.rglob("*.html"))] + [(p, IN_CODE) for p in code]
    return list(dict.fromkeys(text for path, pattern in files for text in pattern.findall(path.read_text(encoding="utf-8"))))


def compiled(pairs: dict[str, str]) -> bytes:
    """A ``.mo`` file: keys in order, header first."""
    head = "Language: en\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
    head += "Plural-Forms: nplurals=2; plural=(n != 1);\n"
    entries = sorted({"": head, **pairs}.items(), key=lambda pair: pair[0].encode())
    keys, values = [k.encode() for k, _ in entries], [v.encode() for _, v in entries]
    start = 7 * 4 + 16 * len(entries)
    table_of, body = [], b""
    for texts in (keys, values):
        for text in texts:
            table_of.append(struct.pack("<II", len(text), start + len(body)))
            body += text + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, len(entries), 28, 28 + 8 * len(entries), 0, 0)
    return header + b"".join(table_of) + body


def refresh(app: Path) -> list[str]:
    """Bring one catalogue up to date; the texts that still have no English."""
    po = app / "locale" / "en" / "LC_MESSAGES" / "django.po"
    known = dict(PAIR.findall(po.read_text(encoding="utf-8"))) if po.exists() else {}
    texts = texts_of(app)
    pairs = {text: known.get(text, "") for text in texts}
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_text(HEAD + "".join(f'\nmsgid "{k}"\nmsgstr "{v}"\n' for k, v in pairs.items()), encoding="utf-8")
    po.with_suffix(".mo").write_bytes(compiled({k: v.replace('\\"', '"') for k, v in pairs.items() if v}))
    return [text for text, english in pairs.items() if not english]


if __name__ == "__main__":
    named = [PACKAGE / name for name in sys.argv[1:]] or sorted(p.parent for p in PACKAGE.glob("*/*/locale"))
    missing = {app: refresh(app) for app in named}
    for app, gaps in missing.items():
        for gap in gaps:
            print(f"{app.relative_to(PACKAGE)}: {gap}")
    sys.exit(any(missing.values()))
