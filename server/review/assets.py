"""Static files: our own modules and style sheet, the fonts of their pinned package. All from our own origin."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from server.review.access import Denied
from server.review.site import site_of

OWN = Path(__file__).with_name("static")
# What the session page's script is made of: named in its head, they are fetched together and not one after the other.
MODULES = tuple(
    f"{folder}/{file.name}" for folder in ("page", "player") for file in sorted((OWN / folder).glob("*.js"))
)
# An address that names this start of the site: modules import each other by names beside their own, so a whole tree of
# them has its version in the folder, and a page opened again asks for none of them.
KEPT = "public, max-age=604800, immutable"
_NAME = re.compile(r"(?:[a-z0-9_-]+/)?[a-z0-9_-]+\.(?:js|css|svg)")
_FONT = re.compile(r"inter-(?:latin|latin-ext|cyrillic|cyrillic-ext)-wght-normal\.woff2")
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


async def own(request: Request) -> Response:
    name = request.path_params["name"]
    if not _NAME.fullmatch(name) or not (OWN / name).is_file():
        raise Denied(404, "denied.not_found")
    asked = request.path_params.get("version", request.url.query)
    cache = KEPT if asked == site_of(request).started else "no-cache"
    return FileResponse(OWN / name, media_type=TYPES[Path(name).suffix], headers={"cache-control": cache})


async def font(request: Request) -> Response:
    name = request.path_params["name"]
    file = site_of(request).packages / "@fontsource-variable" / "inter" / "files" / name
    if not _FONT.fullmatch(name) or not file.is_file():
        raise Denied(404, "denied.not_found")
    return FileResponse(file, media_type="font/woff2", headers={"cache-control": "public, max-age=604800"})
