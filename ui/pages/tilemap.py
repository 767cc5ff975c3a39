"""Where each collectivité stands on a map of equal tiles, near its neighbours."""

from collections.abc import Iterable
from typing import Final

_NOTHING: Final = ".."
_DRAWN: Final = """
..  ..  ..  ..  ..  ..  62  59  ..  ..  ..  ..
..  ..  ..  ..  ..  76  80  02  08  ..  ..  ..
..  ..  50  14  27  95  60  51  55  57  67  ..
29  22  35  61  78  92  93  77  10  54  88  68
..  56  53  72  28  91  75  94  89  52  70  90
..  44  49  37  41  45  58  21  39  25  ..  6AE
..  85  79  86  36  18  03  71  01  74  ..  69M
..  ..  17  16  87  23  63  42  69  73  ..  ..
..  ..  33  24  19  15  43  07  38  05  ..  20R
..  ..  40  47  46  12  48  26  84  04  06  2B
..  ..  64  32  82  81  34  30  13  83  ..  2A
..  ..  ..  65  31  09  11  66  ..  ..  ..  ..
971 972 973 974 975 976 977 978 ..  ..  ..  ..
"""
"""A line a row of tiles: codes in their columns, the collectivités overseas last."""


def tiles(codes: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Row and column of each code, counted from 1; a code that isn't drawn comes under the map."""
    lines = [line.split() for line in _DRAWN.split("\n") if line]
    drawn = {
        code: (row, column)
        for row, line in enumerate(lines, 1)
        for column, code in enumerate(line, 1)
        if code != _NOTHING
    }
    left_out = [code for code in codes if code not in drawn]
    width = len(lines[0])
    under = {
        code: (len(lines) + 1 + place // width, place % width + 1)
        for place, code in enumerate(left_out)
    }
    return drawn | under
