"""The words a person reads on the student's window and looks for: one table per language.

They are written down here a second time on purpose. The driver finds its way by them, so a text that is cut,
left untranslated or changed by accident stops the demo, as it would stop a student.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """``question``: pattern of a question's heading, {number} and {total} to be filled in.
    ``poses``: what the identity page asks, and how the simulated student does it.
    ``outcomes``: the three ways in which the identity check can end."""

    login: str
    password: str
    sign_in: str
    go_on: str
    agree: str
    agree_go_on: str
    check: str
    begin: str
    poses: dict[str, str]
    outcomes: tuple[str, str, str]
    open_questions: str
    question: str
    next: str
    answer: str
    attach: str
    file_name: str
    file_delivered: str
    delivered: str
    hand_in: str
    hand_in_now: str
    code: str
    save: str
    saved: str


NAMES = {
    "kk": Names(
        login="Логин",
        password="Құпиясөз",  # noqa: S106 (the field's label)
        sign_in="Кіру",
        go_on="Жалғастыру",
        agree="Осыны оқып шықтым және осы емтиханның жазылуына келісемін",
        agree_go_on="Келісемін, жалғастыру",
        check="Бәрі дайын ба?",
        begin="Жазбаны бастау",
        poses={
            "Камераға тура қараңыз": "straight",
            "Басыңызды солға бұрыңыз": "left",
            "Басыңызды оңға бұрыңыз": "right",
            "Бір-екі рет көзіңізді жыпылықтатыңыз": "blink",
            "Сәл қозғалмай тұрыңыз": "straight",
        },
        outcomes=(
            "Рахмет, бұл сіз.",
            "Суреттердің сәйкестігі жеткіліксіз.",
            "Бұл сіз екеніңізді проктор растайды.",
        ),
        open_questions="Сұрақтарды ашу",
        question="^{number}-сұрақ, барлығы {total}",
        next="Келесі",
        answer="Жауабыңыз",
        attach="Файл тіркеу…",
        file_name="Файл атауы",
        file_delivered="жеткізілді",
        delivered="сақталды және жеткізілді",
        hand_in="Тапсыру…",
        hand_in_now="Қазір тапсыру",
        code="Түбіртегіңіздің коды: ",
        save="Түбіртекті сақтау…",
        saved="Сақталды: ",
    ),
    "ru": Names(
        login="Логин",
        password="Пароль",  # noqa: S106 (the field's label)
        sign_in="Войти",
        go_on="Продолжить",
        agree="Всё прочитано, даю согласие на запись этого экзамена",
        agree_go_on="Даю согласие, продолжить",
        check="Всё ли готово?",
        begin="Начать запись",
        poses={
            "Смотрите прямо в камеру": "straight",
            "Поверните голову налево": "left",
            "Поверните голову направо": "right",
            "Моргните один-два раза": "blink",
            "Замрите на мгновение": "straight",
        },
        outcomes=(
            "Спасибо, это вы.",
            "Снимки совпадают недостаточно хорошо.",
            "Проктор подтвердит, что это вы.",
        ),
        open_questions="Открыть вопросы",
        question="^Вопрос {number} из {total}",
        next="Далее",
        answer="Ваш ответ",
        attach="Прикрепить файл…",
        file_name="Имя файла",
        file_delivered="доставлен",
        delivered="сохранено и доставлено",
        hand_in="Сдать…",
        hand_in_now="Сдать сейчас",
        code="Код вашей квитанции: ",
        save="Сохранить квитанцию…",
        saved="Сохранено: ",
    ),
    "en": Names(
        login="Login",
        password="Password",  # noqa: S106 (the field's label)
        sign_in="Sign in",
        go_on="Continue",
        agree="I have read this and agree to the recording of this exam",
        agree_go_on="I agree, continue",
        check="Is everything ready?",
        begin="Begin the recording",
        poses={
            "Look straight at the camera": "straight",
            "Turn your head to the left": "left",
            "Turn your head to the right": "right",
            "Blink once or twice": "blink",
            "Hold still for a moment": "straight",
        },
        outcomes=(
            "Thank you, it is you.",
            "The pictures do not agree well enough.",
            "An invigilator will confirm that it is you.",
        ),
        open_questions="Open the questions",
        question="^Question {number} of {total}",
        next="Next",
        answer="Your answer",
        attach="Attach a file…",
        file_name="File name",
        file_delivered="delivered",
        delivered="saved and delivered",
        hand_in="Hand in…",
        hand_in_now="Hand in now",
        code="Code of your receipt: ",
        save="Save the receipt…",
        saved="Saved: ",
    ),
}
