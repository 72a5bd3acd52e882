"""The closing receipt as the student gets it: a short code to compare, a text to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from client.clock import iso
from client.exam import unix_ms
from client.messages import LostView, ReceiptView
from client.spool.folder import SessionSpool
from evidence.coverage import StreamCoverage, claimed
from evidence.errors import EvidenceError
from evidence.lost_time import GiveBack, lost_time
from evidence.receipt import short_code
from evidence.signing import payload_of

_WORDS = {
    "kk": ("Емтихан тапсырылғаны туралы түбіртек", "Емтихан", "Код", "Қабылданды (UTC)", "Жазбаның толықтығы",
           "Жауаптар саны", "Төмендегі жолдарды өзгертпеңіз: олар түбіртектің түпнұсқалығын растайды.",
           "Осы компьютерде тапсырылды, қол қойылған (UTC)", "Оған дейінгі сервердің соңғы растауы (UTC)",
           "Тексеру беті"),
    "ru": ("Квитанция о сдаче экзамена", "Экзамен", "Код", "Принято (UTC)", "Полнота записи",
           "Число ответов", "Строки ниже не изменяйте: они подтверждают подлинность квитанции.",
           "Сдано на этом компьютере, с подписью (UTC)", "Последнее подтверждение сервера до этого (UTC)",
           "Страница проверки"),
    "en": ("Receipt for an exam handed in", "Exam", "Code", "Received (UTC)", "Coverage of the recording",
           "Answers", "Leave the lines below unchanged: they prove that the receipt is genuine.",
           "Handed in on this computer, signed (UTC)", "Last confirmed by the server before that (UTC)",
           "Page to check it"),
}  # fmt: skip


def receipt_view(spool: SessionSpool, receipt: str, language: str, kept_days: int) -> ReceiptView:
    """What the window shows and saves. ``receipt`` was verified before."""
    payload = payload_of(receipt)
    note = spool.note
    coverage = {str(stream): float(ratio) for stream, ratio in payload["coverage"].items()}
    payloads = [payload_of(line) for line in spool.lines()]
    found = claimed(payloads)
    answers, _ = spool.table.answer_counts()
    code = short_code(receipt)
    kept_until = iso(unix_ms(payload["at"]) + kept_days * 86_400_000) if kept_days else ""
    closed = closing_times(payloads, spool.receipts(), payload)
    check_at = str(note.policy.get("check_at") or "")
    text = _text(note.title, code, closed, coverage, answers, check_at=check_at, language=language)
    text += "\n".join([receipt, note.server_key, note.seat_key]) + "\n"
    gaps = [gap for stream in found.values() for gap in gaps_of(stream)]
    lost = lost_view(payloads, note.policy)
    return ReceiptView(
        code, f"senim-{code}.txt", text, note.title, coverage, gaps, answers, kept_until, check_at, closed, lost
    )


def lost_view(payloads: Sequence[Mapping[str, Any]], policy: Mapping[str, Any]) -> LostView:
    """What the sitting lost so far, and what the institution's rule gives back of it; seconds."""
    lost = lost_time(payloads)
    back = GiveBack.from_json(policy.get("give_back")).of(lost)
    return LostView(*(ms / 1000 for ms in (lost.network_ms, lost.stopped_ms, back.network_ms, back.stopped_ms)))


def closing_times(
    payloads: Sequence[Mapping[str, Any]], receipts: Sequence[str], closing: Mapping[str, Any]
) -> dict[str, str]:
    """What proves when the exam was handed in: this computer's signed ``end`` line, the newest receipt the server gave
    before it, and the closing receipt. Times are ISO UTC, "" where there is none."""
    end = next((p for p in reversed(payloads) if p["type"] == "end"), None)
    anchored = ""
    for line in receipts:
        try:
            receipt = payload_of(line)
            if end is not None and receipt["type"] == "head" and receipt["head"]["n"] < end["n"]:
                anchored = max(anchored, str(receipt["at"]))
        except (EvidenceError, KeyError, TypeError):
            continue
    return {"anchored": anchored, "local": str(end["wall"]) if end else "", "received": str(closing["at"])}


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


def _text(
    title: str,
    code: str,
    closed: Mapping[str, str],
    coverage: dict[str, float],
    answers: int,
    *,
    check_at: str,
    language: str,
) -> str:
    words = _WORDS.get(language, _WORDS["en"])
    head, exam, code_word, received, covered, count, leave, signed, confirmed, page = words
    shares = ", ".join(f"{stream} {_percent(ratio)}" for stream, ratio in sorted(coverage.items()))
    rows = [head, "", f"{exam}: {title}", f"{code_word}: {code}", f"{signed}: {closed['local']}",
            f"{confirmed}: {closed['anchored'] or '-'}", f"{received}: {closed['received']}",
            f"{covered}: {shares}", f"{count}: {answers}"]  # fmt: skip
    if check_at:
        rows.append(f"{page}: {check_at}?code={code}")
    return "\n".join([*rows, "", leave, ""])
