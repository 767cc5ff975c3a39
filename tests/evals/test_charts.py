import re
from typing import Any

import pytest
from lxml import etree
from markupsafe import Markup

from evals.bootstrap import Interval
from evals.charts import (
    Point,
    Said,
    bars,
    bracketed,
    columns,
    dots,
    fill_swatch,
    percent,
    plane,
    shares,
    swatch,
)

SAID = Said("dessin", "Un titre & demi", "Ce qu'on y voit <ici>.")
HALF = Interval(0.5, 0.25, 0.75)
PICTURES = {
    "dots": dots(SAID, {"Montant": [HALF, None], "Échéance": [None, HALF]}),
    "shares": shares(SAID, {"Repères": {"right_answer": 0.6, "wrong_answer": 0.4}}),
    "bars": bars(SAID, {"Section non trouvée": 3, "A refusé à tort": 0}),
    "columns": columns(SAID, {"50 ms": 2, "100 ms": 8}, {"p50": 1.5}),
    "plane": plane(SAID, [Point("Repères", 0, HALF, HALF, ((0.2, 0.1), (0.5, 0.5)))], 0.8),
    "nothing": bars(SAID, {}),
}


def parsed(picture: Markup) -> Any:
    return etree.fromstring(str(picture))


def lengths(picture: Markup, css: str, attribute: str = "width") -> list[float]:
    return [
        float(e.get(attribute).rstrip("%"))
        for e in parsed(picture).iterfind(f".//*[@class='{css}']")
    ]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_says_itself_in_words(name: str) -> None:
    root = parsed(PICTURES[name])
    title, description = root.find("title"), root.find("desc")
    assert (title.text, description.text) == (SAID.title, SAID.description)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_fetches_nothing(name: str) -> None:
    assert not re.search(r"href|https?:|<script|<style|<image|url\(", PICTURES[name])


def test_a_share_is_as_wide_as_it_counts() -> None:
    assert lengths(PICTURES["shares"], "right_answer") == [60]
    assert lengths(PICTURES["shares"], "wrong_answer", "x") == [60]


def test_the_longest_bar_fills_the_width_and_none_is_empty() -> None:
    assert lengths(PICTURES["bars"], "plein") == [100, 0]


def test_columns_are_as_tall_as_their_counts() -> None:
    small, tall = lengths(PICTURES["columns"], "plein", "height")
    assert tall == pytest.approx(4 * small, abs=0.2)


def test_a_mark_stands_in_its_class() -> None:
    assert lengths(PICTURES["columns"], "repere", "x1") == [75]


def test_only_the_first_series_has_its_interval_drawn() -> None:
    assert lengths(PICTURES["dots"], "intervalle", "x1") == [25]
    assert lengths(PICTURES["dots"], "intervalle", "x2") == [75]


def test_series_differ_by_shape_and_not_only_by_colour() -> None:
    shapes = {re.sub(r'class="s\d"', "", swatch(series)) for series in range(4)}
    assert len(shapes) == 4


def test_labels_act_as_text() -> None:
    assert "<b>" not in bars(SAID, {"<b>": 1})
    assert "&#34;" in fill_swatch('"')  # type: ignore[arg-type]


def test_a_faultless_assistant_is_drawn_only_where_one_is_known() -> None:
    assert "cible" in PICTURES["plane"]
    assert "cible" not in plane(SAID, [], None)


def test_figures_are_written_as_french_readers_do() -> None:
    assert percent(0.784) == "78\u00a0%"
    assert bracketed(HALF) == "50\u00a0% [25\u00a0;\u00a075]"
    assert bracketed(None) == "–"
