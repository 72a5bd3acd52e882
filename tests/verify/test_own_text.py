"""Letters from elsewhere are counted; the student's own, moved or taken back, are not."""

from __future__ import annotations

import random

from client.verify.own_text import MOST_RUNS, OwnText

RNG = random.Random(5)


def letters(count: int) -> str:
    return "".join(RNG.choice("абвгдежзиклмнопрст уфхцчшщ") for _ in range(count))


def test_typing_and_a_paste() -> None:
    own, text = OwnText(), ""
    for _ in range(30):
        text += letters(9)
        assert own.put_in("q1", text) == 9
    pasted = letters(130)
    assert own.put_in("q1", text[:100] + pasted + text[100:]) in (128, 129, 130)  # its ends may fit by chance


def test_what_is_pasted_over_the_old_answer_is_counted_whole() -> None:
    """The answer hardly grows: its length alone would show nothing."""
    own = OwnText()
    own.put_in("q1", letters(500))
    assert own.put_in("q1", letters(510)) >= 505


def test_own_text_moved_copied_and_taken_back_is_none() -> None:
    own = OwnText()
    first, second = letters(300), letters(300)
    own.restored("q1", first + second)
    assert own.put_in("q1", second + first) <= 24
    assert own.put_in("q2", first) == 0
    assert own.put_in("q1", "") == 0
    assert own.put_in("q1", second + first) == 0


def test_two_places_within_one_revision() -> None:
    own, text = OwnText(), letters(4000)
    own.restored("q1", text)
    assert own.put_in("q1", "a" + text[:2000] + "b" + text[2000:] + "c") <= 24


def test_short_answers_and_none() -> None:
    own = OwnText()
    assert own.put_in("q1", "") == 0
    assert own.put_in("q1", "4,2 m/s") == 7
    assert own.put_in("q1", "4,2 m/s²") == 1


def test_very_long_texts_do_not_fill_the_memory() -> None:
    own = OwnText()
    for _ in range(4):
        own.put_in("q1", letters(MOST_RUNS // 2))
    assert len(own._runs) <= MOST_RUNS
    assert own.put_in("q1", own._texts["q1"] + "x") == 1


def test_answers_longer_than_that_are_not_learnt_anew_with_every_letter() -> None:
    own, text = OwnText(), letters(MOST_RUNS + 40)
    own.put_in("q1", text)
    learnt = own._runs
    for _ in range(5):
        text += "x"
        assert own.put_in("q1", text) == 1
    assert own._runs is learnt
