"""Word vectors as the guide demonstrates them: known sums and neighbours, and what the cut table keeps of the whole one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from nameplate.demos.plot import HIGH, WIDE, Arrow, Directions, Dot, best_directions, drawing
from nameplate.demos.registry import answer
from nameplate.demos.word_sum import MOST, typed
from nameplate.demos.word_table import SIZE, dot, length_of, similarity, words_of_glove
from nameplate.demos.word_vectors import JOBS, SAMPLES
from plugins.compiler.glove import chosen, lines, rounded

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "guide" / "word-vectors.md").read_text(encoding="utf-8")
CLOSE = 0.011  # what rounding to 8 bits and to two digits may change


def shown(**values: str) -> Any:
    return json.loads(answer("word-vectors", json.dumps(values)))


def near(html: str) -> list[str]:
    """The words of the table that is shown, in their order."""
    return re.findall(r'<th scope="row">(\w+)', html)


@pytest.mark.parametrize(
    ("text", "first", "other"),
    [
        ("king - man + woman", "king", "queen"),
        ("doctor - man + woman", "doctor", "nurse"),
        ("paris - france + italy", "rome", "rome"),
    ],
)
def test_sums_have_known_answers_with_the_inputs_and_without(text: str, first: str, other: str) -> None:
    assert near(shown(text=text)["html"])[0] == first
    assert near(shown(text=text, without="on")["html"])[0] == other


def test_both_answers_are_said_whatever_is_switched_on() -> None:
    for setting in ("", "on"):
        said = shown(text="king - man + woman", without=setting)["summary"]
        assert "king (0.86)" in said
        assert "queen (0.78)" in said


def test_the_figures_of_the_page_are_those_of_the_table() -> None:
    """The page's are from the whole table, with all its digits."""
    table = words_of_glove()
    pairs = re.findall(r"^\| (\w+), (\w+) \| (0\.\d\d) \|$", PAGE, re.MULTILINE)
    assert len(pairs) == 5
    for one, other, figure in pairs:
        assert similarity(table.vector(one), table.vector(other)) == pytest.approx(float(figure), abs=CLOSE)
    listed = re.findall(r"^\| (\w+) \| (0\.\d\d) \|$", PAGE, re.MULTILINE)
    assert [word for word, _ in listed] == ["king", "queen", "monarch", "throne"]
    found = {one.word: one.similarity for one in table.nearest(typed("king - man + woman").total(table), 4)}
    assert found == pytest.approx({word: float(figure) for word, figure in listed}, abs=CLOSE)


@pytest.mark.parametrize(("word", "to_woman", "to_man"), [("nurse", 0.61, 0.46), ("engineer", 0.33, 0.43)])
def test_bias_is_as_the_page_says(word: str, to_woman: float, to_man: float) -> None:
    table = words_of_glove()
    for other, figure in (("woman", to_woman), ("man", to_man)):
        assert f"({figure})" in PAGE
        assert similarity(table.vector(word), table.vector(other)) == pytest.approx(figure, abs=CLOSE)


def test_jobs_are_shown_between_man_and_woman() -> None:
    found = shown(sample=JOBS)
    to_woman, _, to_man = found["summary"].partition("; nearer to man: ")
    assert "nurse" in to_woman
    assert "engineer" in to_man
    assert "secretary" in to_man  # as the page says
    assert found["sets"]["axes"] == "people"
    assert "nearer to woman" in found["html"]


@pytest.mark.parametrize("text", SAMPLES)
def test_what_is_offered_is_known(text: str) -> None:
    assert typed(text).unknown(words_of_glove()) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("quen - man + woman", "“quen” isn't among the 4,500 words of this table. Did you mean “queen” or “queens”?"),
        ("<b>", "“<b>” isn't among the 4,500 words of this table."),
        ("", "Type a word, several words, or a sum of words."),
        ("+ - ,", "Type a word, several words, or a sum of words."),
    ],
)
def test_what_has_no_answer_has_a_message(text: str, message: str) -> None:
    found = shown(text=text)
    assert found["summary"] == message
    assert found["error"] is None
    assert "<b>" not in found["html"]


def test_a_list_has_pairs_and_a_word_has_neighbours() -> None:
    assert "cat and dog (0.88)" in shown(text="king, queen, cat, dog, carrot")["summary"]
    assert shown(text="cat dog")["summary"] == "“cat” and “dog” have a similarity of 0.88."
    assert shown(text="Cat!")["summary"].startswith("Nearest to “cat” is dog (0.88)")
    assert near(shown(text="cat", without="on")["html"])[0] == "dog"


def test_any_text_is_read_as_words_and_signs() -> None:
    assert typed("king–man＋woman").words  # an en dash is a minus; the wide plus is none
    assert len(typed("word " * 99).terms) == MOST
    assert typed("- king").is_sum
    for text in ("king - king", "king king", "-king", "king - king + cat", "+king"):
        assert shown(text=text)["summary"]
        assert shown(text=text, axes="people")["summary"]


def test_every_vector_is_there_and_none_twice() -> None:
    table = words_of_glove()
    assert len(table.words) == len(set(table.words)) == 4500
    assert len(table.mean) == SIZE
    assert all(length_of(table.vector(word)) > 1 for word in table.words)


def test_similarities_are_those_of_the_vectors() -> None:
    """They are worked out with whole numbers, for all words at once."""
    table = words_of_glove()
    vector = typed("paris - france + italy").total(table)
    for word, found in table.nearest(vector, 20):
        assert found == pytest.approx(similarity(vector, table.vector(word)), abs=0.001)
    centred = table.centred("apple")
    for word, found in table.nearest_centred(centred, 20):
        assert found == pytest.approx(similarity(centred, table.centred(word)), abs=0.001)


def test_the_table_is_cut_as_it_is_documented(tmp_path: Path) -> None:
    vectors = {
        word: [float(number), *([0.5] * (SIZE - 1)), 9.9] for number, word in enumerate(("the", ",", "of", "cat"))
    }
    path = tmp_path / "table.json"
    path.write_text(json.dumps({"words": [*vectors], "vectors": vectors}))
    written = list(lines(path, ["cat"], 2))
    assert [line.partition(" ")[0] for line in written] == ["the", "cat"]
    assert chosen(["the", "of"], ["cat"], 5) == ["the", "of"]
    assert len(rounded(vectors["cat"][:SIZE])) == 2 + SIZE


def test_the_best_directions_are_at_right_angles() -> None:
    table = words_of_glove()
    across, up = best_directions([table.vector(word) for word in ("king", "man", "woman", "queen")])
    assert length_of(across) == pytest.approx(1)
    assert length_of(up) == pytest.approx(1)
    assert dot(across, up) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("points", [[(1.0, 2.0, 3.0)], [(1.0, 1.0, 1.0)] * 3, [(0.0, 0.0, 0.0), (1.0, 2.0, 3.0)]])
def test_few_points_have_directions_too(points: list[tuple[float, ...]]) -> None:
    for direction in best_directions(points):
        assert length_of(direction) == pytest.approx(1)


def test_a_sum_of_three_lies_where_its_parallelogram_closes() -> None:
    """With three words the map is the plane through them, so nothing of the step is hidden."""
    table = words_of_glove()
    king, man, woman = (table.vector(word) for word in ("king", "man", "woman"))
    place = best_directions([king, man, woman]).place
    (x, y), (to_x, to_y) = place(man), place(woman)
    sum_x, sum_y = place(typed("king - man + woman").total(table))
    at_x, at_y = place(king)
    assert (sum_x - at_x, sum_y - at_y) == pytest.approx((to_x - x, to_y - y))


def test_every_dot_is_inside_the_drawing() -> None:
    for text in SAMPLES:
        html = shown(text=text)["html"]
        for x, y in re.findall(r'<circle class="[^"]+" cx="([\d.-]+)" cy="([\d.-]+)"', html):
            assert 0 <= float(x) <= WIDE
            assert 0 <= float(y) <= HIGH


def test_labels_are_written_as_text() -> None:
    html = drawing(
        [Dot((0.0, 0.0), "<b>", "typed"), Dot((1.0, 1.0), "b", "near")], [Arrow((0.0, 0.0), (1.0, 1.0))], "a & b"
    )
    assert "&lt;b&gt;" in html
    assert 'aria-label="a &amp; b"' in html
    assert Directions((1.0, 0.0), (0.0, 1.0)).place((3.0, 4.0)) == (3.0, 4.0)
