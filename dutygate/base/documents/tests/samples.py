"""Small whole files of each kind, and ways to spoil them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

TYPES = "application/vnd.openxmlformats-officedocument."
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def png(width: int = 2, height: int = 2) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = b"".join(b"\x00" + b"\x80\x80\x80" * 2 for _ in range(2))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg(width: int = 8, height: int = 8) -> bytes:
    app0 = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + app0 + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x12\x34" + b"\xff\xd9"


def pdf(body: bytes = b"", trailer: bytes = b"") -> bytes:
    start = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    return start + body + b"\nxref\n0 1\ntrailer\n<< /Root 1 0 R " + trailer + b">>\nstartxref\n9\n%%EOF\n"


def object_stream(plain: bytes, extra: bytes = b"/Filter /FlateDecode ") -> bytes:
    packed = zlib.compress(plain)
    head = b"3 0 obj\n<< /Type /ObjStm /N 1 /First 4 " + extra + b"/Length %d >>\nstream\n" % len(packed)
    return head + packed + b"\nendstream\nendobj\n"


def office(kind: str, parts: dict[str, bytes] | None = None, main_type: str = "", types: str = "") -> bytes:
    """kind: docx or xlsx; ``parts`` are added to or put in the place of the usual ones."""
    main = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}[kind]
    content = main_type or TYPES + {"docx": "wordprocessingml.document.main+xml", "xlsx": "spreadsheetml.sheet.main+xml"}[kind]
    usual = {
        "[Content_Types].xml": (
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/{main}" ContentType="{content}"/>{types}</Types>'
        ).encode(),
        "_rels/.rels": links(f'<Relationship Id="r1" Type="{RELS}/officeDocument" Target="{main}"/>'),
        main: b'<?xml version="1.0"?><root/>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**usual, **(parts or {})}.items():
            archive.writestr(name, data)
    return out.getvalue()


def links(inner: str) -> bytes:
    return f'<?xml version="1.0"?><Relationships xmlns="http://x">{inner}</Relationships>'.encode()
