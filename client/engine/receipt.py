"""The closing receipt as the student gets it: a short code to compare, a text to keep."""

from __future__ import annotations

from typing import Any

from client.clock import iso
from client.exam import unix_ms
from client.messages import ReceiptView
from client.spool.folder import SessionSpool
from evidence.coverage import StreamCoverage, claimed
from evidence.receipt import short_code
from evidence.signing import payload_of

_WORDS = {
    "kk": ("Емтихан тапсырылғаны туралы түбіртек", "Емтихан", "Код", "Қабылданды (UTC)", "Жазбаның толықтығы",
           "Жауаптар саны", "Төмендегі жолдарды өзгертпеңіз: олар түбіртектің түпнұсқалығын растайды."),
    "ru": ("Квитанция о сдаче экзамена", "Экзамен", "Код", "Принято (UTC)", "Полнота записи",
           "Число ответов", "Строки ниже не изменяйте: они подтверждают подлинность квитанции."),
    "en": ("Receipt for an exam handed in", "Exam", "Code", "Received (UTC)", "Coverage of the recording",
           "Answers", "Leave the lines below unchanged: they prove that the receipt is genuine."),
}  # fmt: skip


def receipt_view(spool: SessionSpool, receipt: str, language: str, kept_days: int) -> ReceiptView:
    """What the window shows and saves. ``receipt`` was verified before."""
    payload = payload_of(receipt)
    note = spool.note
    coverage = {str(stream): float(ratio) for stream, ratio in payload["coverage"].items()}
    found = claimed(payload_of(line) for line in spool.lines())
    answers, _ = spool.table.answer_counts()
    code = short_code(receipt)
    kept_until = iso(unix_ms(payload["at"]) + kept_days * 86_400_000) if kept_days else ""
    text = _text(note.title, code, str(payload["at"]), coverage, answers, language=language)
    text += "\n".join([receipt, note.server_key, note.seat_key]) + "\n"
    gaps = [gap for stream in found.values() for gap in gaps_of(stream)]
    return ReceiptView(code, f"senim-{code}.txt", text, note.title, coverage, gaps, answers, kept_until)


def gaps_of(stream: StreamCoverage) -> list[dict[str, Any]]:
    """The listed gaps, then one entry with the cause ``short``: the sum of what is missing in pieces too short for the
    list, as where the last packet of sound ends just before the exam does."""
    listed = [
        {"stream": stream.stream, "seconds": round((gap.to_ms - gap.from_ms) / 1000, 1), "cause": gap.cause}
        for gap in stream.gaps
    ]
    short = stream.seconds - stream.covered - sum(gap.to_ms - gap.from_ms for gap in stream.gaps) / 1000
    if short < 0.0005:  # a millisecond is the smallest that the ledger knows
        return listed
    return [*listed, {"stream": stream.stream, "seconds": round(short, 3), "cause": "short"}]


def _percent(ratio: float) -> str:
    """Cut, never rounded up to a hundred."""
    return f"{int(ratio * 10_000 + 1e-9) / 100:.2f} %"


def _text(title: str, code: str, at: str, coverage: dict[str, float], answers: int, *, language: str) -> str:
    head, exam, code_word, received, covered, count, leave = _WORDS.get(language, _WORDS["en"])
    shares = ", ".join(f"{stream} {_percent(ratio)}" for stream, ratio in sorted(coverage.items()))
    rows = [head, "", f"{exam}: {title}", f"{code_word}: {code}", f"{received}: {at}", f"{covered}: {shares}",
            f"{count}: {answers}", "", leave, ""]  # fmt: skip
    return "\n".join(rows)
