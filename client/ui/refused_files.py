"""What the window says of files that were not attached: which, why, and what to do then."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from client import messages as m
from client.ui.banner import Banner
from client.ui.problems import ProblemTexts

NAMED = 5  # of one reason; who dropped a hundred files knows which


class RefusedFiles(QObject):
    """In the present language. ``told``: at least one."""

    def tell(self, banner: Banner, told: Sequence[m.FileRefused]) -> None:
        """Nothing where the banner says so already: a screen reader would say it again. What it means stands below it,
        as the list of what is attached."""
        texts, why = ProblemTexts(), self._why(told)
        if not banner.isHidden() and banner.text.text() == why:
            return
        tones = {texts.sentence(one.code, one.values).tone for one in told}
        codes = dict.fromkeys(texts.code_line(one.code) for one in told)
        banner.tell("red" if "red" in tones else "amber", self._headline(told), why, " ".join(codes))

    def _headline(self, told: Sequence[m.FileRefused]) -> str:
        if len(told) == 1:
            return self.tr("“{name}” was not attached").format(name=told[0].name)
        return self.tr("%n file(s) were not attached", "", len(told))

    def _why(self, told: Sequence[m.FileRefused]) -> str:
        reasons = dict[str, list[str]]()
        for one in told:
            sentence = ProblemTexts().sentence(one.code, one.values)
            reasons.setdefault(f"{sentence.what} {sentence.remedy}", []).append(one.name)
        if len(told) == 1:
            return next(iter(reasons))
        return "\n".join(f"{self._names(names)}: {reason}" for reason, names in reasons.items())

    def _names(self, names: Sequence[str]) -> str:
        quoted = [self.tr("“{name}”").format(name=name) for name in names[:NAMED]]
        return ", ".join([*quoted, "…"] if len(names) > NAMED else quoted)
