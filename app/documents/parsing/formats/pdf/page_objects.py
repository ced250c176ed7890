"""What a page draws beside text: rulings and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.documents.parsing.formats.pdf.layout import Box
from app.documents.parsing.formats.pdf.text_reader import Frame

MAX_OBJECTS = 6000  # of one page; what has more is a drawing
RECTANGLE_SEGMENTS = (4, 5)
MAX_SEGMENTS = 400  # of one path
MAX_DEPTH = 4  # of forms in forms
STRAIGHT = 1.0  # points that a line may lean


@dataclass(frozen=True, slots=True)
class Drawings:
    boxes: tuple[Box, ...]  # lines and rectangles
    pictures: tuple[Box, ...]


def read_drawings(page: pdfium.PdfPage, frame: Frame) -> Drawings:
    boxes: list[Box] = []
    pictures: list[Box] = []
    for place in range(min(pdfium_c.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        found = pdfium_c.FPDFPage_GetObject(page, place)
        match pdfium_c.FPDFPageObj_GetType(found):
            case pdfium_c.FPDF_PAGEOBJ_PATH:
                boxes.extend(_path_boxes(found, frame))
            case pdfium_c.FPDF_PAGEOBJ_IMAGE:
                pictures.extend(_bounds(found, frame))
            case pdfium_c.FPDF_PAGEOBJ_FORM if _holds_picture(found):
                pictures.extend(_bounds(found, frame))
    return Drawings(tuple(boxes), tuple(pictures))


def _holds_picture(form: object, depth: int = 1) -> bool:
    if depth > MAX_DEPTH:
        return False
    for place in range(min(pdfium_c.FPDFFormObj_CountObjects(form), MAX_OBJECTS)):
        found = pdfium_c.FPDFFormObj_GetObject(form, place)
        kind = pdfium_c.FPDFPageObj_GetType(found)
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            return True
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM and _holds_picture(found, depth + 1):
            return True
    return False


def _bounds(found: object, frame: Frame) -> Iterator[Box]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if pdfium_c.FPDFPageObj_GetBounds(found, left, bottom, right, top):
        yield frame.box(left.value, bottom.value, right.value, top.value)


def _path_boxes(path: object, frame: Frame) -> Iterator[Box]:
    """A rectangle or a line as it is; of other paths each straight part."""
    segments = pdfium_c.FPDFPath_CountSegments(path)
    if segments in RECTANGLE_SEGMENTS:
        yield from _bounds(path, frame)
    elif segments <= MAX_SEGMENTS:
        yield from _straight_parts(path, segments, frame)


def _straight_parts(path: object, segments: int, frame: Frame) -> Iterator[Box]:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    before = start = None
    for place in range(segments):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, place)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO and before is not None:
            yield from _straight(before, point, frame)
        if pdfium_c.FPDFPathSegment_GetClose(segment) and start is not None:
            yield from _straight(point, start, frame)
        before = point


def _straight(first: tuple[float, float], last: tuple[float, float], frame: Frame) -> Iterator[Box]:
    (left, right), (bottom, top) = sorted((first[0], last[0])), sorted((first[1], last[1]))
    if right - left <= STRAIGHT or top - bottom <= STRAIGHT:
        yield frame.box(left, bottom, right, top)
