"""A session whose camera shows people: portraits that move, encoded as the recorder does it; and other students."""

from __future__ import annotations

import io
from functools import cache

import cv2
import numpy as np
import pytest
import review_media
from PIL import Image
from recorded_session import START
from review_hall import Hall
from sqlalchemy import insert

from evidence import age
from faces.models import MODEL_SHA256, comparable
from faces.template import VERSION, Template
from server import schema
from server.at_rest import template_purpose
from server.clock import iso
from simulation.puppet import Posture, Puppet

MIME = 'video/mp4; codecs="av01.0.04M.08"'
CHANGES_AT = 4.0  # seconds into the recording: after the check-in


@cache
def camera(first: str, then: str) -> review_media.Media:
    """Ten seconds of ``first``, of ``then`` from ``CHANGES_AT`` on ("nobody": an empty room)."""
    puppets = {name: Puppet.of(name) for name in {first, then} - {"nobody"}}

    def draw(width: int, height: int, t: float) -> Image.Image:
        name = first if t < CHANGES_AT else then
        if name == "nobody":
            return Image.new("RGB", (width, height), "#8a9490")
        bgr = puppets[name].draw(Posture(yaw=round(3 * np.sin(t))), (width, height))
        return Image.fromarray(np.ascontiguousarray(bgr[:, :, ::-1]))

    return review_media._video(640, 480, 10, draw, MIME, scm=0)


def show(monkeypatch: pytest.MonkeyPatch, first: str, then: str = "") -> None:
    """What the camera of the next recorded session shows."""
    media = camera(first, then or first)
    monkeypatch.setattr(review_media, "camera", lambda: media)


def enrol(hall: Hall, who: str, student: str = "s1") -> None:
    """The reference picture of ``who``, sealed as enrolment does it."""
    ok, data = cv2.imencode(".jpg", Puppet.of(who).draw(Posture(pitch=2), (640, 480)))
    assert ok
    hall.folder.picture(student).write_bytes(age.encrypt(data.tobytes(), [hall.review.recipient]))


def others(hall: Hall, people: list[np.ndarray]) -> None:
    """Other students: six about as far from each of ``people`` as the nearest strangers usually are."""
    rng = np.random.default_rng(5)
    for number in range(6 * len(people)):
        away = rng.normal(size=128)
        template = Template(VERSION, MODEL_SHA256, people[number % len(people)] + 0.6 * away / np.linalg.norm(away))
        name = f"other{number}"
        hall.student(name, f"Student {number}")
        row = {
            "student": name, "model": comparable(MODEL_SHA256), "picture_sha256": "", "enrolled_at": iso(START),
            "sealed_template": hall.at_rest.seal(template_purpose(name), template.to_json().encode()),
        }  # fmt: skip
        hall.database.write(lambda connection, row=row: connection.execute(insert(schema.references).values(**row)))


def jpeg(picture: np.ndarray) -> bytes:
    sink = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(picture[:, :, ::-1])).save(sink, "JPEG", quality=90)
    return sink.getvalue()
