"""A paper as a scan: a small PDF of one page with its text, for replies that the story gives on paper."""

from __future__ import annotations

from typing import Final

LINE: Final = 26
"""Characters in a line; with 16 points each they fit between the margins of A4."""
MARK: Final = "（演示文件，并非真实公文）"
_FONT: Final = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
    b" /FontDescriptor 7 0 R /DW 1000 /W [1 95 500] >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120"
    b" /CapHeight 880 /StemV 93 >>",
)


def scanned(number: str, text: str) -> bytes:
    """The bytes of the PDF; the same again for the same paper. The font is one that every reader of PDF brings for Chinese."""
    shown = [MARK, "", number, ""] + [text[start : start + LINE] for start in range(0, len(text), LINE)]
    drawn = "\n".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in shown)
    page = f"BT /F1 16 Tf 28.9 TL 79 740 Td\n{drawn}\nET".encode()
    return _file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(page), page),
        *_FONT,
    )


def _file(*objects: bytes) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        len(out),
    )
