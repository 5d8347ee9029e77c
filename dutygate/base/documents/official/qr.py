"""二维码: the short text at the foot of a paper, as a picture that both writers can take."""

from __future__ import annotations

import io

import segno


def qr_png(text: str, scale: int = 4) -> bytes:
    """A PNG, black on white, with the quiet zone that the standard asks for; error correction M (15 % may be spoilt)."""
    into = io.BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(into, kind="png", scale=scale, border=4)
    return into.getvalue()


def qr_svg(text: str) -> bytes:
    """The same as SVG."""
    into = io.BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(into, kind="svg", border=4, xmldecl=False, svgns=True)
    return into.getvalue()
