"""Reference pictures and face templates: how they are stored, and the one number about all others.

A picture is sealed to review and escrow, a template lies under the at-rest key with its model's hash beside it. Of
the other students a client learns a single number, never a template.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, insert, select, update

from evidence import age
from faces.models import comparable
from server.at_rest import AtRest, template_purpose
from server.schema import references
from server.settings import DataFolder, Settings

if TYPE_CHECKING:
    from faces.geometry import Floats
    from faces.match import Limits
    from faces.model import ModelChoice


def seal_picture(folder: DataFolder, recipients: Sequence[age.Recipient], student: str, picture: bytes) -> None:
    """Replaces the student's picture in one step. Raises ``OSError``."""
    place = folder.picture(student)
    part = place.with_suffix(".part")
    part.write_bytes(age.encrypt(picture, list(recipients)))
    part.replace(place)


def store_template(
    connection: Connection, at_rest: AtRest, student: str, template: Mapping[str, Any], sha256: str, now: str
) -> None:
    """Adds or replaces; the cohort number is left to ``refresh_cohorts``. ``sha256``: of the picture as it came."""
    row = {
        "sealed_template": at_rest.seal(template_purpose(student), json.dumps(dict(template)).encode()),
        "model": comparable(str(template["model"]), int(template["version"])), "picture_sha256": sha256,
        "enrolled_at": now, "cohort": None,
    }  # fmt: skip
    if connection.execute(update(references).where(references.c.student == student).values(**row)).rowcount == 0:
        connection.execute(insert(references).values(student=student, **row))


def template_of(at_rest: AtRest, row: Any) -> dict[str, Any]:
    """The opened template of a row of ``reference_pictures``."""
    opened: dict[str, Any] = json.loads(at_rest.open(template_purpose(row.student), row.sealed_template))
    return opened


def refresh_cohorts(connection: Connection, at_rest: AtRest) -> int:
    """How near the institution's other students lie to each: after every enrolment, since each newcomer may be near
    to some. Only templates of one model and version are compared. Returns how many numbers changed."""
    import numpy as np

    from faces.match import allowance, cohort_number

    by_model: dict[str, dict[str, Floats]] = defaultdict(dict)
    known, extra = {}, {}
    for row in connection.execute(select(references)).all():
        template = template_of(at_rest, row)
        by_model[row.model][row.student] = np.asarray(template["descriptor"], dtype=np.float64)
        known[row.student], extra[row.student] = row.cohort, allowance(float(template.get("apart", 0.0)))
    changed = 0
    for descriptors in by_model.values():
        for student, descriptor in descriptors.items():
            others = [other for name, other in descriptors.items() if name != student]
            near = cohort_number(descriptor, others)
            cohort = None if near is None else near + extra[student]
            if cohort != known[student]:
                changed += 1
                connection.execute(update(references).where(references.c.student == student).values(cohort=cohort))
    return changed


def model_choice(settings: Settings) -> ModelChoice:
    """The face model of this institution. Raises ``faces.models.ModelError`` for a choice that cannot be."""
    from faces.model import ModelChoice

    if not settings.identity_model:
        return ModelChoice()
    file = Path(settings.identity_model)
    return ModelChoice(settings.identity_model_kind, settings.identity_model_sha256.lower(), file)


def others_enrolled(connection: Connection, student: str, model: str) -> int:
    """How many other students the cohort number of ``student`` is worked out from."""
    here = (references.c.model == comparable(model)) & (references.c.student != student)
    return int(connection.execute(select(func.count()).select_from(references).where(here)).scalar_one())


def outdated(connection: Connection, settings: Settings) -> int:
    """How many templates no client compares with: of another model, or of another version of the institution's."""
    here = references.c.model != comparable(limits_of(settings).model)
    return int(connection.execute(select(func.count()).select_from(references).where(here)).scalar_one())


def limits_of(settings: Settings, others: int = 0) -> Limits:
    """As sent to the client and used by the second opinion. ``others``: enrolled students beside the one at hand."""
    from faces.match import Limits
    from faces.measured import automatic_match
    from faces.models import MODEL_SHA256

    model = settings.identity_model_sha256.lower() if settings.identity_model else MODEL_SHA256
    chosen = {"on": True, "off": False}.get(settings.identity_automatic_match)
    return Limits(
        settings.identity_accept, settings.identity_distance, settings.identity_reject, model,
        automatic=automatic_match(model, others) if chosen is None else chosen,
    )  # fmt: skip
