"""One thread that looks at the camera: for the identity check first, then, more slowly, for the exam."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Protocol

from client.capture.source import CAMERA, Frame, SoundBlock
from client.clock import Clock
from client.engine.pictures import jpeg, relative
from client.engine.workshop import CaptureLike, FaceTools
from client.messages import IdentityView, Preview
from client.verify.identity import IdentityCheck
from client.verify.rules import Finding, Phase, WatchLimits
from client.verify.watching import Watcher
from faces.describe import DESCRIPTOR_SIZE
from faces.detect import Face
from faces.match import Limits
from faces.model import FaceModel
from faces.models import MODEL_SHA256
from faces.template import Template, TemplateError

_log = logging.getLogger(__name__)

# Blinks fall between two looks below 12 a second; the camera seldom gives more than 30.
IDENTITY_LOOKS_MS = 33
WATCH_EVERY_MS = 333
# Without a picture for so long the identity check cannot go on: a person takes over.
NO_PICTURE_MS = 30_000
# Sound that waits for the next look: blocks are 240 ms, so 12 s.
MOST_BLOCKS = 50
EVIDENCE_WIDTH = 240
NOTE_EVERY_MS = 60_000


class Told(Protocol):
    """Called from the judge's thread; must hand over and return."""

    def identity(self, view: IdentityView) -> None: ...
    def preview(self, picture: Preview) -> None: ...
    def decided(self, outcome: str, content: Mapping[str, Any], at_ms: int) -> None:
        """The identity check ended; ``content`` is its evidence."""
        ...

    def found(self, finding: Mapping[str, Any], at_ms: int) -> None: ...
    def note(self, code: str) -> None:
        """Something the student can mend, as the window's word."""
        ...

    def unavailable(self) -> None: ...


class Judge:
    """Start it early: loading the models takes seconds. Verbs may be called from any thread."""

    def __init__(self, capture: CaptureLike, clock: Clock, tools: Callable[[], FaceTools], told: Told) -> None:
        self._capture, self._clock, self._make_tools, self._told = capture, clock, tools, told
        self._tools: FaceTools | None = None
        self._check: IdentityCheck | None = None
        self._watcher: Watcher | None = None
        self._watch_wanted = self._rest_wanted = self._resting = False
        self._off: tuple[str, ...] = ()
        self._heard: deque[SoundBlock] = deque(maxlen=MOST_BLOCKS)
        self._noted_ms = -NOTE_EVERY_MS
        self._template: Template | None = None
        self._leave = ""
        self._another = threading.Event()
        self._waiting: tuple[str, int] | None = None
        self._reference: Mapping[str, Any] | None = None
        self._policy: Mapping[str, Any] = {}
        self._wants_preview = False
        self._seen_ms = self._picture_ms = self._look_ms = -1
        self._sample: dict[str, Any] = {"faces": 0, "yaw": None, "pitch": None}
        self._view: IdentityView | None = None
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="judge", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the thread; incidents that still last are told first."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(3.0)

    @property
    def identifying(self) -> bool:
        return self._check is not None or self._waiting is not None

    def identify(
        self, nonce: str, reference: Mapping[str, Any] | None, limits: Mapping[str, Any], attempt: int
    ) -> None:
        """Begin the identity check. ``reference``: the protocol's, or None."""
        self._leave, self._reference, self._policy = "", reference, limits
        self._waiting = nonce, attempt
        self._wake.set()

    def leave_to_person(self, reason: str) -> None:
        self._leave = reason or "asked_for_person"
        self._wake.set()

    def another_prompt(self) -> None:
        """The student cannot follow the present prompt; something else is asked, if there is something."""
        self._another.set()
        self._wake.set()

    def watch(
        self, reference: Mapping[str, Any] | None, limits: Mapping[str, Any] | None = None, off: Sequence[str] = ()
    ) -> None:
        """From now on the exam's rules but those in ``off``. ``reference`` serves where no identity check was made
        (a restart)."""
        self._reference, self._policy, self._off = reference, limits or {}, tuple(off)
        self._watch_wanted = True
        self._wake.set()

    def rest(self, on: bool) -> None:
        """On: a break; the rules look on and tell nothing. Off: they begin anew."""
        self._rest_wanted = on

    def hear(self, block: SoundBlock) -> None:
        """A block of the microphone; kept until the next look."""
        if self._watch_wanted:
            self._heard.append(block)

    def want_preview(self, on: bool) -> None:
        self._wants_preview = on

    def sample(self) -> dict[str, Any]:
        """Faces, yaw and pitch of the last look, for the track."""
        return dict(self._sample)

    # -- the thread ---------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._tools = self._make_tools()
        except Exception:  # noqa: BLE001 -- whatever the native libraries throw: without them a person looks
            self._without_models()
            return
        try:
            while not self._stopping.is_set():
                wait = self._step()
                self._wake.wait(wait)
                self._wake.clear()
            self._tell_findings(self._watcher.finish() if self._watcher and not self._resting else [])
        except Exception:  # noqa: BLE001 -- a damaged model, or a library that gives up: nobody may wait for ever
            _log.exception("looking at the camera has ended")
            self._without_models()
        finally:
            self._tools.close()

    def _without_models(self) -> None:
        self._told.unavailable()
        while not self._stopping.is_set():
            if self.identifying:
                self._waiting = self._check = None
                at = self._clock.now_ms()
                self._told.decided("invigilator", {"outcome": "invigilator", "reason": "unavailable"}, at)
            self._wake.wait(1.0)
            self._wake.clear()

    def _step(self) -> float:
        if self._waiting is not None:
            (nonce, attempt), model = self._waiting, self._describer()
            self._template, cohort, unusable = _template_of(self._reference, model)
            limits = _limits_of(self._policy)
            self._check = IdentityCheck(
                nonce, self._template, cohort, limits, attempt=attempt, describer=model, unusable=unusable
            )
            self._another.clear()
            self._waiting, self._view, self._picture_ms = None, None, self._clock.now_ms()
            self._capture.look_closely(True)  # for blinks
        if self._check is not None:
            self._identity_step(self._check)
            return IDENTITY_LOOKS_MS / 1000
        if self._watch_wanted:
            self._watch_step()
            now = self._clock.now_ms()
            self._look_ms = max(self._look_ms + WATCH_EVERY_MS, now)  # a look that took long is not made up for
            return (self._look_ms - now) / 1000
        return 0.5

    def _describer(self) -> FaceModel | None:
        assert self._tools is not None
        return self._tools.describer(_limits_of(self._policy).model, str(self._policy.get("kind", "")))

    def _new_frame(self) -> Frame | None:
        frame = self._capture.latest(CAMERA)
        if frame is None or frame.t_ms == self._seen_ms:
            return None
        self._seen_ms = frame.t_ms
        return frame

    def _identity_step(self, check: IdentityCheck) -> None:
        if self._leave:
            check.leave_to_person(self._leave)
        if self._another.is_set():
            self._another.clear()
            check.another_prompt()
        frame = self._new_frame()
        now = self._clock.now_ms()
        if frame is not None and not check.outcome:
            assert self._tools is not None
            self._picture_ms = now
            faces = self._tools.look(frame.bgr)
            progress = check.feed(frame.bgr, faces, frame.t_ms)
            self._sample = {"faces": len(faces), "yaw": None, "pitch": None}
            if self._wants_preview:
                self._send_preview(frame, faces)
            if not check.outcome:
                shown = round(progress.progress, 3)
                self._show(IdentityView(progress.prompt, progress.advice, shown, another=progress.another))
        elif now - self._picture_ms > NO_PICTURE_MS and not check.outcome:
            check.leave_to_person("no_picture")
        if check.outcome:
            self._check = None
            self._capture.look_closely(False)
            self._template = check.own_template() or self._template
            self._show(IdentityView("done", "", 1.0, check.outcome))
            self._told.decided(check.outcome, check.evidence(), now)

    def _show(self, view: IdentityView) -> None:
        if view != self._view:
            self._view = view
            self._told.identity(view)

    def _send_preview(self, frame: Frame, faces: list[Face]) -> None:
        data, width, height = jpeg(frame.bgr)
        full_height, full_width = frame.bgr.shape[:2]
        points = faces[0].points if faces else None
        known = [] if points is None else relative(points, full_width, full_height)
        self._told.preview(Preview(CAMERA, data, known, width, height))

    def _watch_step(self) -> None:
        if self._watcher is None:
            model = self._describer()
            reference, cohort, _ = _template_of(self._reference, model)
            self._template = self._template or reference
            limits = _limits_of(self._policy)
            near = cohort if limits.model == MODEL_SHA256 else None  # another model's numbers mean something else
            self._watcher = Watcher(
                WatchLimits(person_distance=limits.distance),
                template=self._template, describer=model, cohort=near, off=self._off,
            )  # fmt: skip
        if self._rest_wanted is not self._resting:
            self._resting = self._rest_wanted
            ended = self._watcher.anew()
            self._tell_findings(ended if self._resting else [])
        while self._heard:
            block = self._heard.popleft()
            self._watcher.hear(block.samples, block.t_ns // 1_000_000)
        frame = self._new_frame()
        if frame is None:
            return
        assert self._tools is not None
        faces = self._tools.follow(frame.bgr, frame.t_ms)
        found = self._watcher.feed(frame.bgr, faces, frame.t_ms)
        self._sample = self._watcher.sample()
        if self._resting:
            return
        self._tell_findings(found, frame)
        if self._watcher.face_missing and frame.t_ms - self._noted_ms >= NOTE_EVERY_MS:
            self._noted_ms = frame.t_ms
            self._told.note("face_not_seen")

    def _tell_findings(self, findings: list[Finding], frame: Frame | None = None) -> None:
        """With a small picture of the moment, except of an incident's end: there is nothing to see in it."""
        for finding in findings:
            shown = frame is not None and finding.phase != Phase.OVER
            pictures = (jpeg(frame.bgr, EVIDENCE_WIDTH)[0],) if shown and frame is not None else ()
            self._told.found(asdict(replace(finding, pictures=pictures)), finding.to_ms)


def _template_of(
    reference: Mapping[str, Any] | None, model: FaceModel | None
) -> tuple[Template | None, float | None, str]:
    """The reference as ``model`` can use it; one that cannot be used counts as none, with why, and a person decides."""
    if reference is None:
        return None, None, ""
    cohort = reference.get("cohort")
    try:
        known = (model.sha256, model.size) if model is not None else (MODEL_SHA256, DESCRIPTOR_SIZE)
        template = Template.from_dict(reference["template"], *known)
    except TemplateError as error:
        return None, None, error.code
    except (KeyError, TypeError, ValueError):
        return None, None, "malformed"
    return template, float(cohort) if isinstance(cohort, int | float) else None, ""


def _limits_of(values: Mapping[str, Any]) -> Limits:
    try:
        return Limits.from_dict(values)
    except ValueError:
        return Limits()
