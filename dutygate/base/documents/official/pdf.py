"""公文之 PDF: PDF/A-2b, set by typst. The words go in as data, never as markup; the properties say which typeface stands for which."""

from __future__ import annotations

from typing import Any, Final

from dutygate.base.documents.official import measures as m
from dutygate.base.documents.official.paper import Block, Numbering, Official, annex_head, annex_note, day_zh
from dutygate.base.documents.official.qr import qr_svg
from dutygate.base.documents.official.typefaces import BIAOSONG, FANG, HEI, KAI, MONGOLIAN, SONG, chosen
from dutygate.base.documents.typesetting import pdf_of

_SOURCE: Final = r"""
#let d = json(bytes(sys.inputs.data))
#let m = d.measures
#let red = rgb(d.colour)
#let pitch = m.pitch * 1pt
#let em = m.advance * 1pt
#let slack = m.slack * 1pt
#set document(title: d.title, author: d.author, keywords: d.keywords,
  date: datetime(year: d.day.at(0), month: d.day.at(1), day: d.day.at(2)))
#let face(name, size, body, ..more) = text(font: d.faces.at(name), size: size * 1pt, ..more, body)
#let mark = block(width: 100%, height: d.mark_size * 1pt, align(center + horizon, face("biaosong", d.mark_size, d.mark,
  weight: "bold", fill: red, tracking: 0pt, top-edge: 0.88em, bottom-edge: -0.12em)))
#let double(first, second) = block(width: m.letter_rule * 1mm, stack(dir: ttb, spacing: 1.2pt,
  line(length: 100%, stroke: first + red), line(length: 100%, stroke: second + red)))
#let mongolian(height) = {
  if d.mongolian_image.len() > 0 { align(center, image(bytes(d.mongolian_image), height: height)) }
  else if d.mongolian.len() > 0 {
    align(center, stack(dir: ltr, spacing: 4mm, ..d.mongolian.map(word => rotate(90deg, reflow: true,
      face("mongolian", 14, word, fill: red, top-edge: "ascender", bottom-edge: "descender")))))
  }
}
#let foot(page) = {
  let bare = d.form == "letter" and page == 1
  if not bare {
    place(top + left, dx: m.left * 1mm, dy: (m.top + m.height + m.number_gap) * 1mm, box(width: m.width * 1mm, {
      set par(first-line-indent: 0pt)
      set text(tracking: 0pt, top-edge: 0.8em, bottom-edge: -0.1em)
      let said = face("song", m.imprint, [— #page —])
      if calc.odd(page) { align(right, pad(right: m.imprint * 1pt, said)) } else { align(left, pad(left: m.imprint * 1pt, said)) }
    }))
  }
  if d.foot != "" {
    place(top + left, dx: m.left * 1mm, dy: 279mm, box(width: m.width * 1mm, height: m.qr * 1mm, align(horizon, stack(
      dir: ltr, spacing: 2mm,
      if d.qr != "" { image(bytes(d.qr), format: "svg", width: m.qr * 1mm, height: m.qr * 1mm) },
      box(width: (m.width - m.qr - 2) * 1mm, { set par(first-line-indent: 0pt, leading: 2pt, justify: false)
        face("song", m.foot, d.foot, tracking: 0pt, top-edge: 0.8em, bottom-edge: -0.2em) })))))
  }
}
#set page(width: m.page.at(0) * 1mm, height: m.page.at(1) * 1mm,
  margin: (top: m.top * 1mm, left: m.left * 1mm, right: m.right * 1mm, bottom: m.bottom * 1mm),
  background: context {
    let page = here().page()
    foot(page)
    if d.form == "letter" and page == 1 {
      place(top + center, dy: m.letter_mark * 1mm - 17mm, mongolian(14mm))
      place(top + center, dy: m.letter_mark * 1mm, mark)
      place(top + center, dy: m.letter_mark * 1mm + d.mark_size * 1pt + m.rule_gap * 1mm, double(2pt, 0.7pt))
      place(bottom + center, dy: -m.letter_foot * 1mm, double(0.7pt, 2pt))
    }
  })
#set text(font: d.faces.fang, size: m.body * 1pt, lang: "zh", region: "cn", tracking: m.tracking * 1pt, cjk-latin-spacing: none,
  costs: (widow: 0%, orphan: 0%),  top-edge: 20pt, bottom-edge: 20pt - pitch)
#set par(leading: 0pt, spacing: 0pt, justify: true, first-line-indent: (amount: 2 * em, all: true), linebreaks: "simple")
#set block(spacing: 0pt)
#let plain(body) = { set par(first-line-indent: 0pt); body }

#let table-of(b) = {
  set text(size: 12pt, tracking: 0pt, top-edge: 13pt, bottom-edge: -4pt)
  set par(first-line-indent: 0pt, justify: false)
  table(columns: b.widths.map(w => w * 1fr), stroke: 0.5pt, inset: (x: 3pt, y: 3pt),
    table.header(repeat: true, ..b.columns.map(c => table.cell(align: center + horizon, text(font: d.faces.hei, c)))),
    ..b.rows.flatten().map(c => table.cell(breakable: true, c)))
}
#let put(b) = {
  if b.kind == "table" { table-of(b) }
  else if b.kind == "level1" { par(face("hei", m.body, b.text)) }
  else if b.kind == "level2" { par(face("kai", m.body, b.text)) }
  else if b.kind == "attendance" { par({ face("hei", m.body, b.label + "："); b.text }) }
  else { par(b.text) }
}
#let title(said) = plain(align(center, face("biaosong", m.title, said, weight: "bold", tracking: 0pt)))

#if d.form == "letter" {
  v(m.letter_mark * 1mm + d.mark_size * 1pt + m.rule_gap * 1mm + 3.9pt + m.number_below * 1pt - m.top * 1mm - slack)
  plain(align(right, d.number))
} else {
  block(height: m.mark_from * 1mm, width: 100%, align(bottom, pad(bottom: 2mm, mongolian(26mm))))
  mark
  if d.number != "" {
    v(2 * pitch)
    if d.signatory == "" { plain(align(center, d.number)) } else {
      plain(pad(x: em, grid(columns: (1fr, auto), d.number, { "签发人："; face("kai", m.body, d.signatory) })))
    }
  }
  v(m.rule_gap * 1mm - slack)
  line(length: 100%, stroke: 1.4pt + red)
}
#v(2 * pitch)
#title(d.title)
#v(pitch)
#if d.to != "" { plain(par(d.to + "：")) }
#for (n, b) in d.blocks.enumerate() {
  // What is signed has at least its last paragraph on the same page.
  if n + 1 == d.blocks.len() and b.kind != "table" { block(sticky: true, width: 100%, put(b)) } else { put(b) }
}
#if d.annex_note.len() > 0 {
  v(pitch)
  for (n, said) in d.annex_note.enumerate() {
    let first = n == 0
    pad(left: if first { 2 * em } else { 5 * em }, {
      set par(first-line-indent: 0pt, hanging-indent: if first { 3 * em } else { 0pt })
      par(said)
    })
  }
}
#if d.signed != "" {
  block(breakable: false, width: 100%, plain({
    v(pitch)
    align(right, pad(right: d.unit_right * 1pt, d.signed))
    align(right, pad(right: d.date_right * 1pt, d.dated))
  }))
}
#if d.remark != "" { par("（" + d.remark + "）") }
#for a in d.annexes {
  pagebreak(weak: true)
  plain(par(face("hei", m.body, a.head)))
  v(pitch)
  title(a.title)
  v(pitch)
  for b in a.blocks { put(b) }
}
#let imprinted = {
  set text(size: m.imprint * 1pt, tracking: 0pt, top-edge: 17pt, bottom-edge: -7pt)
  set par(first-line-indent: 0pt)
  let side = m.imprint * 1pt
  let rule(thick) = line(length: 100%, stroke: thick * 1mm + black)
  let lined = d.form != "letter"
  if lined { rule(m.thick) }
  if d.cc != "" { pad(x: side, par(hanging-indent: 3 * side, "抄送：" + d.cc + "。")) }
  if lined {
    if d.cc != "" { rule(m.thin) }
    pad(x: side, grid(columns: (1fr, auto), d.printed_by, d.printed_on + "印发"))
    rule(m.thick)
  }
}
#if d.form != "letter" or d.cc != "" { place(bottom, float: true, clearance: 8pt, block(width: 100%, breakable: false, imprinted)) }
"""


def as_pdf(paper: Official) -> bytes:
    """The paper as PDF/A-2b. Raises NoTypeface."""
    head, content = paper.head, paper.content
    faces = chosen(mongolian=bool(head.mongolian and not head.mongolian_image))
    numbering = Numbering()
    day = day_zh(content.dated_on)
    unit_right, date_right = m.indents_when_sealed(content.signed, day)
    size = m.mark_size(head.mark, m.LETTER_MARK_LARGEST if head.form == "letter" else m.MARK_LARGEST)
    data: dict[str, Any] = {
        "measures": _measures(),
        "faces": {
            **{"fang": faces.here[FANG], "kai": faces.here[KAI], "hei": faces.here[HEI], "song": faces.here[SONG]},
            **{"biaosong": faces.here[BIAOSONG], "mongolian": faces.here[MONGOLIAN] or faces.here[FANG]},
        },
        "form": head.form,
        "colour": head.colour,
        "mark": head.mark,
        "mark_size": size,
        "mongolian": head.mongolian.split(),
        "mongolian_image": list(head.mongolian_image),
        "number": head.number,
        "signatory": head.signatory,
        "title": content.title,
        "author": content.signed,
        "keywords": [head.number, *faces.said()],
        "day": [content.dated_on.year, content.dated_on.month, content.dated_on.day],
        "to": content.to,
        "blocks": [_block(block, numbering) for block in content.blocks],
        "annex_note": annex_note(content),
        "annexes": [
            {"head": annex_head(content, n), "title": annex.title, "blocks": _blocks(annex.blocks)}
            for n, annex in enumerate(content.annexes, start=1)
        ],
        "signed": content.signed,
        "dated": day,
        "unit_right": unit_right,
        "date_right": date_right,
        "remark": content.remark,
        "cc": content.cc.rstrip("。"),
        "printed_by": head.printed_by,
        "printed_on": day,
        "foot": paper.foot,
        "qr": qr_svg(paper.code).decode() if paper.code else "",
    }
    return pdf_of(_SOURCE, data)


def _measures() -> dict[str, Any]:
    """The standard's numbers under the names that the source uses; tracking a hair less, so that 28 characters never break at 27."""
    width, height = m.TYPE_AREA_MM
    return {
        **{"page": m.PAGE_MM, "top": m.TOP_MM, "left": m.LEFT_MM, "right": m.RIGHT_MM, "bottom": m.BOTTOM_MM, "width": width},
        **{"height": height, "pitch": m.PITCH, "advance": m.ADVANCE, "tracking": m.ADVANCE - m.BODY - 0.002, "body": m.BODY},
        **{"title": m.TITLE, "imprint": m.IMPRINT, "foot": m.FOOT, "mark_from": m.MARK_FROM_TYPE_AREA_MM},
        **{"letter_mark": m.LETTER_MARK_FROM_PAGE_MM, "letter_rule": m.LETTER_RULE_MM, "letter_foot": m.LETTER_RULE_FROM_FOOT_MM},
        **{"rule_gap": m.RULE_GAP_MM, "number_below": m.NUMBER_BELOW_RULE, "number_gap": m.PAGE_NUMBER_GAP_MM, "thick": m.THICK_MM},
        **{"thin": m.THIN_MM, "qr": m.QR_MM, "slack": m.SLACK},
    }


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    numbering = Numbering()
    return [_block(block, numbering) for block in blocks]


def _block(block: Block, numbering: Numbering) -> dict[str, Any]:
    plain = block.model_dump(mode="json")
    return {**plain, "text": numbering.next(block.kind) + block.text}
