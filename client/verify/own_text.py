"""How much of an answer came in at once and from elsewhere. Texts stay here: only a number of letters is told.

Letters count as the student's own where they stand in a run that was in one of this sitting's answers before: whoever
moves a paragraph, takes something back or writes at two places within a second puts in nothing from elsewhere.
"""

from __future__ import annotations

from itertools import takewhile

RUN = 12  # letters; shorter runs are in many texts by chance
MOST_RUNS = 300_000  # what a student types in a day is far less


class OwnText:
    """The answers of one sitting."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._runs: set[str] = set()
        self._most = MOST_RUNS

    def restored(self, question: str, text: str) -> None:
        """What an answer held when the exam went on."""
        self._texts[question] = text
        self._learn(text)

    def put_in(self, question: str, text: str) -> int:
        """A new revision: how many of its letters were neither in the one before nor in any answer earlier."""
        before = self._texts.get(question, "")
        start = _alike(before, text)
        end = _alike(before[start:][::-1], text[start:][::-1])
        last = len(text) - end
        strange = self._strange(text[start:last])
        self._texts[question] = text
        self._learn(text[max(0, start - RUN) : last + RUN])
        return strange

    def _strange(self, put: str) -> int:
        known = until = 0
        for at in range(len(put) - RUN + 1):
            if put[at : at + RUN] in self._runs:
                known += at + RUN - max(at, until)
                until = at + RUN
        return len(put) - known

    def _learn(self, text: str) -> None:
        self._runs.update(text[at : at + RUN] for at in range(len(text) - RUN + 1))
        if len(self._runs) > self._most:
            self._runs = {held[at : at + RUN] for held in self._texts.values() for at in range(len(held) - RUN + 1)}
            self._most = max(MOST_RUNS, 2 * len(self._runs))  # else answers that hold more cost this at every letter


def _alike(one: str, other: str) -> int:
    """How many letters are the same at the beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
