"""A student without a hand: sits one exam in the real window, from sign-in to the saved receipt.

Runs as its own process under the system's Python (``python3 -m demonstration.driver PLAN.json``) and
knows the program only through what a person sees: the accessible names on the screen. It prints one
JSON line with what it saw; anything missing ends it with exit code 1 and the list of what was there.
"""

from __future__ import annotations

import json
import re
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from demonstration.desk import FIELDS, Desk, NotSeen, Target
from demonstration.names import NAMES

# Only letters and signs that the two layouts of ``keyboard.py`` have.
ESSAY = "Сенім: Ә Ғ Қ Ң Ө Ұ Ү Һ І. Білім бірге, сенім бірге. Trust is earned."
SHORT = "10"  # both samples ask for a number


@dataclass(frozen=True)
class Plan:
    """What to do. ``control``: the stand-in camera's steering address, "" with a real camera.
    ``seconds``: how long the exam page stays open at least."""

    login: str
    password: str
    exam: str
    seconds: float
    control: str
    pictures: str
    receipt: str
    screen: tuple[int, int]
    language: str
    way: str = "whole"
    """"whole": from sign-in to the saved receipt. "begin": until the first answers are delivered. "return": the program
    was started anew; from sign-in to the question."""


class Student:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.desk = Desk("senim", plan.screen)
        self.names = NAMES[plan.language]
        self.answered = self.files = 0
        self._pose = ""
        self._begun = time.monotonic()

    def sit(self) -> dict[str, object]:
        """The whole way; what the student saw at the end."""
        self._sign_in()
        self._choose_and_consent()
        self._check()
        outcome = self._identity()
        opened = time.time()
        self._answer_all()
        self._stay(opened)
        handed_in = time.time()
        code = self._hand_in()
        return {"receipt": code, "answers": self.answered, "identity": outcome, "files": self.files,
                "sat_s": round(handed_in - opened, 2),
                "typed_again": self.desk.typed_again}  # fmt: skip

    def begin(self) -> dict[str, object]:
        """As far as into the exam, with some answers given."""
        self._sign_in()
        self._choose_and_consent()
        self._check()
        self._identity()
        self._answer_all()
        self.desk.find(self.names.delivered, seconds=40)
        return {"answers": self.answered}

    def come_back(self) -> dict[str, object]:
        """Back to the questions; ``at``: monotonic seconds at which each step was passed, ``heading`` what stands
        there at the end."""
        at: dict[str, float] = {}
        pattern = re.compile(self.names.question.format(number=r"\d+", total=r"\d+"))
        self._sign_in()
        at["signed in"] = time.monotonic()
        until = time.monotonic() + 180
        while time.monotonic() < until:
            heading = self.desk.look(pattern)
            if heading is not None:
                at["question"] = time.monotonic()
                self._picture("a-back")
                return {"at": at, "heading": heading.name}
            step = self._step_back()
            if step:
                at[step] = time.monotonic()
            time.sleep(0.1)
        raise NotSeen("the questions did not come back within 180 s")

    def _step_back(self) -> str:
        """Does what the page asks, if it is one of those that lead back; its name."""
        names = set(self.desk.names())
        for prompt in names & set(self.names.poses):
            self._steer(self.names.poses[prompt])
            return "prompts"
        box = self.desk.look(self.names.agree, "check box")
        if box is not None and not box.checked:
            self.desk.click_in_list(self.names.agree, "check box", LIST)
        for words in (self.names.agree_go_on, self.names.begin, self.names.open_questions):
            if self._press_if_there(words):
                return words
        if self.plan.exam in names and self.names.check not in names:
            self.desk.click_in_list(self.plan.exam, "radio button", LIST)
        return self.names.go_on if self._press_if_there(self.names.go_on) else ""

    def _press_if_there(self, words: str) -> bool:
        target = self.desk.look(words, "push button")
        if target is not None:
            self.desk.click_target(target)
        return target is not None

    def _sign_in(self) -> None:
        self._fill(self.names.login, self.plan.login)
        self._fill(self.names.password, self.plan.password)
        self._picture("1-sign-in")
        self.desk.click(self.names.sign_in, "push button")

    def _choose_and_consent(self) -> None:
        self.desk.click_in_list(self.plan.exam, "radio button", LIST)
        self._picture("2-exams")
        self.desk.click(self.names.go_on, "push button")
        self.desk.find(self.names.agree, "check box")
        self._picture("3-consent")
        self.desk.click_in_list(self.names.agree, "check box", LIST)  # below a long text it may lie under the buttons
        self.desk.click(self.names.agree_go_on, "push button")

    def _check(self) -> None:
        self.desk.find(self.names.check)
        self.desk.find(self.names.go_on, "push button", seconds=60)
        self._picture("4-check")
        self.desk.click(self.names.go_on, "push button")

    def _identity(self) -> str:
        """Follows the prompts as they appear; the result in the window's words."""
        self.desk.click(self.names.begin, "push button")
        until = time.monotonic() + 120
        pictured: set[str] = set()
        while time.monotonic() < until:
            names = self.desk.names()
            prompt = next((name for name in names if name in self.names.poses), "")
            if prompt:
                pose = self.names.poses[prompt]
                self._steer(pose)
                if pose not in pictured:
                    pictured.add(pose)
                    self._picture(f"5-identity-{pose}")
            ready = self.desk.look(self.names.open_questions, "push button")
            if ready is not None:
                outcome = next((name for name in self.desk.names() if name in self.names.outcomes), "")
                self._steer("straight")
                self._picture("5-identity-result")
                self.desk.click_target(ready)
                return outcome
            time.sleep(0.1)
        raise NotSeen("the identity check came to no end within 120 s")

    def _answer_all(self) -> None:
        """Question by question, each as its kind asks."""
        heading = self._heading(1)
        total = int(self._group(self.desk.find(heading, seconds=60), heading))
        for number in range(1, total + 1):
            self.desk.find(self._heading(number))
            self._answer_one()
            self._picture(f"6-exam-question-{number}")
            if number < total:
                self.desk.click(self.names.next, "push button")

    def _answer_one(self) -> None:
        choices = [t for t in self.desk.targets() if t.role in ("radio button", "check box") and t.width < 60]
        field = self.desk.look(self.names.answer, "entry") or self.desk.look(self.names.answer, "text")
        if choices:
            for choice in choices[: 2 if choices[0].role == "check box" else 1]:
                self.desk.tick(choice)
        elif field is not None:
            self.desk.fill(field, ESSAY if field.height > 100 else SHORT)  # a lost letter would be another answer
        attached = self._attach_one()
        if choices or field is not None or attached:  # else a description: there is nothing to answer
            self.answered += 1

    def _attach_one(self) -> bool:
        """Where the question takes files, hands in the picture of the check, by the dialog as a person would."""
        button = self.desk.look(self.names.attach, "push button")
        if button is None:
            return False
        file = Path(self.plan.pictures) / "student-4-check.png"
        self.desk.click_target(button)
        self._fill(self.names.file_name, str(file))
        self._picture("6-exam-attach")
        self.desk.press("Return")
        self.desk.find(file.name, "label", seconds=30)
        self.desk.find(self.names.file_delivered, seconds=40)
        self.files += 1
        return True

    def _heading(self, number: int) -> re.Pattern[str]:
        return re.compile(self.names.question.format(number=number, total=r"(\d+)"))

    def _stay(self, opened: float) -> None:
        self.desk.find(self.names.delivered, seconds=40)
        self._picture("7-exam-delivered")
        time.sleep(max(0.0, self.plan.seconds - (time.time() - opened)))

    def _hand_in(self) -> str:
        self.desk.click(self.names.hand_in, "push button")
        self.desk.find(self.names.hand_in_now, "push button")
        self._picture("8-hand-in-question")
        self.desk.click(self.names.hand_in_now, "push button")
        pattern = re.compile(f"^{self.names.code}([0-9A-Z-]{{14}})$")
        code = self._group(self.desk.find(pattern, seconds=120), pattern)
        self._picture("9-receipt")
        self.desk.click(self.names.save, "push button")
        field = self.desk.wait(self.desk.field_in_focus, 30)  # of the dialog, once it is up
        if field is None:
            raise NotSeen("no dialog asks where to save the receipt")
        self.desk.fill(field, self.plan.receipt)
        self.desk.press("Return")
        self.desk.find(re.compile(f"^{self.names.saved}"))
        self._picture("9-receipt-saved")
        return code

    def _fill(self, name: str, text: str) -> None:
        field = self.desk.wait(
            lambda: next((t for t in self.desk.targets() if t.name == name and t.role in FIELDS), None), 60
        )
        if field is None:
            raise NotSeen(f"no field called {name!r}")
        self.desk.fill(field, text)

    def _steer(self, pose: str) -> None:
        if self.plan.control and pose != self._pose:
            urllib.request.urlopen(f"{self.plan.control}?pose={pose}", timeout=5).close()
            # A blink is over at once; asked again, the person blinks again.
            self._pose = "" if pose == "blink" else pose

    def _picture(self, name: str) -> None:
        print(f"{time.monotonic() - self._begun:6.1f} s  {name}", file=sys.stderr)
        self.desk.picture(Path(self.plan.pictures) / f"student-{name}.png")

    @staticmethod
    def _group(target: Target, pattern: re.Pattern[str]) -> str:
        found = pattern.search(target.name)
        assert found is not None
        return found[1]


LIST = (150, 660)  # where what scrolls shows, on a screen of 768 lines


def main() -> int:
    words = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    student = Student(Plan(**{**words, "screen": tuple(words["screen"])}))
    try:
        ways = {"whole": student.sit, "begin": student.begin, "return": student.come_back}
        print(json.dumps(ways[student.plan.way](), ensure_ascii=False))
    except NotSeen as error:
        student.desk.picture(Path(student.plan.pictures) / "student-stuck.png")
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
