"""Workbooks as spreadsheets save them: the few parts a reader needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
Cell = str | int | float | None


def workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]], more: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook with those sheets; ``more`` are parts beside or instead of its own."""
    numbered = [*enumerate(sheets.items(), 1)]
    listed = "".join(f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="r{at}"/>' for at, (name, _) in numbered)
    related = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at, _ in numbered
    )
    parts: dict[str, bytes] = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/></Types>'.encode(),
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>".encode(),
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        f"</Relationships>".encode(),
    }
    parts |= {f"xl/worksheets/sheet{at}.xml": sheet(rows) for at, (_, rows) in numbered}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, said in (parts | {**(more or {})}).items():
            # The same bytes at any time.
            package.writestr(zipfile.ZipInfo(name), said, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    """The part that holds a sheet."""
    told = "".join(
        f'<row r="{number}">{"".join(_cell(f"{chr(65 + at)}{number}", one) for at, one in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{told}</sheetData></worksheet>'.encode()


def _cell(place: str, said: Cell) -> str:
    if said is None or said == "":
        return ""
    if isinstance(said, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(said)}</t></is></c>'
    return f'<c r="{place}"><v>{said}</v></c>'
