"""Straight lines drawn on a page, from its paths, and how much of the page pictures cover."""

import ctypes
from collections.abc import Iterator
from typing import Any

from ingest.reading.paged.sheets import Dot, Rule
from ingest.reading.paged.words import displayed

_MAX_OBJECTS = 20_000
_MAX_SEGMENTS = 4_000
_MAX_FORMS_DEEP = 4
_THIN = 3.0
_LONG = 6.0
_SLANT = 1.0
_DOT = (1.5, 7.0)
_DOT_UNEVEN = 0.6
_MAX_DOTS = 300

Affine = tuple[float, float, float, float, float, float]
_SAME: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Drawing:
    """The straight rules and dots of a page, its number of shapes, the area of its pictures."""

    def __init__(self, page: Any, quarter: int) -> None:
        import pypdfium2.raw as pdfium

        self.pdfium = pdfium
        self.quarter = quarter
        self.across: list[Rule] = []
        self.down: list[Rule] = []
        self.dots: list[Dot] = []
        self.pictured = 0.0
        self.shapes = 0
        self._left = _MAX_OBJECTS
        self._segments = _MAX_SEGMENTS
        self._edges = [ctypes.c_float() for _ in range(4)]
        for drawn in self._objects(page):
            self._add(drawn, _SAME, 0)

    def _objects(self, page: Any) -> Iterator[Any]:
        for index in range(min(self.pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
            yield self.pdfium.FPDFPage_GetObject(page, index)

    def _add(self, drawn: Any, outer: Affine, depth: int) -> None:
        pdfium = self.pdfium
        kind = pdfium.FPDFPageObj_GetType(drawn)
        self._left -= 1
        if self._left < 0 or kind == pdfium.FPDF_PAGEOBJ_TEXT:
            return
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self.shapes += 1
            self._path(drawn, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = self._box(drawn, outer)
            self.pictured += (box[2] - box[0]) * (box[3] - box[1])
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORMS_DEEP:
            inner = _after(self._matrix(drawn), outer)
            for index in range(min(pdfium.FPDFFormObj_CountObjects(drawn), max(0, self._left))):
                self._add(pdfium.FPDFFormObj_GetObject(drawn, index), inner, depth + 1)

    def _path(self, drawn: Any, outer: Affine) -> None:
        """Add a thin path as one rule, and the straight edges of one that is stroked."""
        x0, y0, x1, y1 = self._box(drawn, outer)
        wide, high = x1 - x0, y1 - y0
        if _DOT[0] <= min(wide, high) <= max(wide, high) <= _DOT[1]:
            if abs(wide - high) <= _DOT_UNEVEN and len(self.dots) < _MAX_DOTS:
                self.dots.append(Dot(x0, y0, x1, y1))
            return
        if max(x1 - x0, y1 - y0) < _LONG:
            return
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        self.pdfium.FPDFPath_GetDrawMode(drawn, filled, stroked)
        if not (filled.value or stroked.value):
            return
        if min(x1 - x0, y1 - y0) <= _THIN:
            self._edge(x0, y0, x1, y1)
        elif stroked.value:
            self._outline(drawn, outer)

    def _outline(self, drawn: Any, outer: Affine) -> None:
        pdfium = self.pdfium
        count = pdfium.FPDFPath_CountSegments(drawn)
        if count <= 0 or count > self._segments:
            return
        self._segments -= count
        matrix = _after(self._matrix(drawn), outer)
        x, y = self._edges[:2]
        first = last = (0.0, 0.0)
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = _moved(matrix, x.value, y.value)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                first = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                self._straight(last, point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                self._straight(point, first)
            last = point

    def _straight(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        box = displayed(
            self.quarter,
            min(start[0], end[0]),
            min(start[1], end[1]),
            max(start[0], end[0]),
            max(start[1], end[1]),
        )
        if min(box[2] - box[0], box[3] - box[1]) <= _SLANT:
            self._edge(*box)

    def _edge(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if x1 - x0 >= max(_LONG, y1 - y0):
            self.across.append(Rule((y0 + y1) / 2, x0, x1))
        elif y1 - y0 >= _LONG:
            self.down.append(Rule((x0 + x1) / 2, y0, y1))

    def _box(self, drawn: Any, outer: Affine) -> tuple[float, float, float, float]:
        if not self.pdfium.FPDFPageObj_GetBounds(drawn, *self._edges):
            return (0.0, 0.0, 0.0, 0.0)
        left, bottom, right, top = (edge.value for edge in self._edges)
        if outer != _SAME:
            corners = [_moved(outer, x, y) for x in (left, right) for y in (bottom, top)]
            left, right = min(c[0] for c in corners), max(c[0] for c in corners)
            bottom, top = min(c[1] for c in corners), max(c[1] for c in corners)
        return displayed(self.quarter, left, bottom, right, top)

    def _matrix(self, drawn: Any) -> Affine:
        matrix = self.pdfium.FS_MATRIX()
        if not self.pdfium.FPDFPageObj_GetMatrix(drawn, matrix):
            return _SAME
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _moved(matrix: Affine, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _after(inner: Affine, outer: Affine) -> Affine:
    """Give the map that applies ``inner``, then ``outer``."""
    a, b, c, d, e, f = inner
    (ux, uy), (vx, vy), (ex, ey) = (
        _moved((*outer[:4], 0.0, 0.0), a, b),
        _moved((*outer[:4], 0.0, 0.0), c, d),
        _moved(outer, e, f),
    )
    return (ux, uy, vx, vy, ex, ey)
