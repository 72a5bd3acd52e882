"""A process of its own that decodes hostile media and looks at the faces in it: bytes in, numbers and pictures out.

``python -m server.review.face_reader`` reads one job from standard input and writes one line of JSON. It holds no
key, no database and no name; what it answers is checked like anything else that comes from outside. If a codec or
a model falls over, only this process ends.
"""

from __future__ import annotations

import base64
import io
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import cv2
import numpy as np

from faces import gates
from faces.detect import Face, FaceAnalyser, Picture
from faces.landmarks import eye_openness
from faces.model import FaceModel, ModelChoice, load_model
from faces.models import ModelError
from faces.picture import UnreadablePicture, read_picture
from faces.template import with_air

PICTURE_SIDE, PICTURE_QUALITY = 240, 82
MAX_FRAME_PIXELS = 4096 * 2304
CPU_SECONDS, MEMORY_BYTES = 90, 6 * 1024**3
MOST_LOOKS = 120  # of one stretch


@dataclass(frozen=True, eq=False)
class _Seen:
    """One look. ``trouble`` "" = clear enough to compare."""

    t_ms: int
    bgr: Picture
    face: Face | None
    trouble: str
    quality: float


def main() -> int:
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # native libraries print where they like
    _confine()
    try:
        with FaceAnalyser() as analyser:
            answer = _read(sys.stdin.buffer, analyser)
    except ModelError as error:
        answer = {"problem": "no_model", "detail": str(error)[:200]}
    answers.write(json.dumps(answer) + "\n")
    answers.close()
    return 0


def _confine() -> None:
    """Time, memory and files that even a taken-over process cannot exceed. Windows has no such limits."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    os.nice(10)


def _read(job: IO[bytes], analyser: FaceAnalyser) -> dict[str, Any]:
    header = json.loads(job.readline())
    model = header["model"]
    describer = load_model(ModelChoice(model["kind"], model["sha256"], Path(model["file"]) if model["file"] else None))
    reference = _reference(job.read(int(header["reference"])), analyser, describer)
    moments = [
        _moment(entry, job.read(int(entry["bytes"])), analyser, describer)
        for entry in header["stretches"]
    ]  # fmt: skip
    return {"reference": reference, "moments": moments}


def _reference(data: bytes, analyser: FaceAnalyser, describer: FaceModel) -> dict[str, Any]:
    if not data:
        return {"problem": "none"}
    try:
        bgr = read_picture(data)
    except UnreadablePicture as error:
        return {"problem": error.code}
    bgr, faces = with_air(bgr, analyser)
    troubles = gates.check(bgr, faces, for_comparison=True)
    if not faces or faces[0].points is None or gates.Gate.SEVERAL_FACES in troubles:
        return {"problem": str(troubles[0])}
    # Another gate is no reason to stay silent: the picture was taken in by a person or by the same gates.
    return {"problem": "", **_described(bgr, faces[0], describer)}


def _described(bgr: Picture, face: Face, describer: FaceModel) -> dict[str, Any]:
    descriptor, apart = describer.describe_reference(bgr, face)
    return {"descriptor": [float(v) for v in descriptor], "apart": apart}


def _moment(entry: Mapping[str, Any], media: bytes, analyser: FaceAnalyser, describer: FaceModel) -> dict[str, Any]:
    clear: list[_Seen] = []
    poor: _Seen | None = None
    looks = 0
    for t_ms, bgr in _frames(entry, media):
        seen = _look(t_ms, bgr, analyser)
        looks += 1
        if not seen.trouble:
            clear.append(seen)
        elif poor is None or (seen.face is not None and poor.face is None):
            poor = seen
        if len(clear) >= int(entry["most"]) or looks >= MOST_LOOKS:
            break
    shots = [{"t": s.t_ms, **_described(s.bgr, s.face, describer)} for s in clear if s.face is not None]
    best = max(clear, key=lambda s: s.quality) if clear else poor
    return {
        "name": str(entry["name"]), "looks": looks, "shots": shots,
        "trouble": "" if clear else poor.trouble if poor is not None else "no_picture",
        "t": best.t_ms if best is not None else None,
        "picture": base64.b64encode(_small(best)).decode() if best is not None else "",
    }  # fmt: skip


def _frames(entry: Mapping[str, Any], media: bytes) -> Iterator[tuple[int, Picture]]:
    """Pictures of the stretch, ``step`` ms apart. What cannot be decoded ends the stretch."""
    import av
    from av.error import FFmpegError

    if not media:
        return
    next_ms = int(entry["from"])
    try:
        with av.open(io.BytesIO(media), mode="r", format="mp4") as container:
            for frame in container.decode(video=0):
                if frame.time is None or frame.width * frame.height > MAX_FRAME_PIXELS:
                    return
                t_ms = int(entry["origin"]) + round(frame.time * 1000)
                if t_ms > int(entry["to"]):
                    return
                if t_ms >= next_ms:
                    next_ms = t_ms + int(entry["step"])
                    yield t_ms, np.asarray(frame.to_ndarray(format="bgr24"), dtype=np.uint8)
    except (FFmpegError, IndexError, ValueError):
        return


def _look(t_ms: int, bgr: Picture, analyser: FaceAnalyser) -> _Seen:
    faces = analyser.look(bgr)
    troubles = gates.check(bgr, faces, for_comparison=True)
    face = faces[0] if faces else None
    quality = 0.0
    if not troubles and face is not None and face.points is not None:
        turn = max(abs(face.pose.yaw), abs(face.pose.pitch))
        quality = gates.sharpness(bgr, face) * (1 - turn / 30) * eye_openness(face.points)
    return _Seen(t_ms, bgr, face, str(troubles[0]) if troubles else "", quality)


def _small(seen: _Seen) -> bytes:
    """The head, or the whole picture where there is none, as a small JPEG."""
    piece = seen.bgr
    if seen.face is not None:
        x, y, w, h = seen.face.box
        side = round(max(w, h) * 2)
        left, top = max(0, x + w // 2 - side // 2), max(0, y + h // 2 - side // 2)
        piece = seen.bgr[top : top + side, left : left + side]
    scale = min(1.0, PICTURE_SIDE / max(piece.shape[:2]))
    if scale < 1:
        piece = np.asarray(cv2.resize(piece, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    ok, data = cv2.imencode(".jpg", piece, [cv2.IMWRITE_JPEG_QUALITY, PICTURE_QUALITY])
    return data.tobytes() if ok else b""


if __name__ == "__main__":
    sys.exit(main())
