"""The drawing that lies over small pictures: who looks at them, and when. A photograph of the screen tells both."""

from __future__ import annotations

from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response

from server.clock import parse
from server.review.access import needs
from server.review.media import NO_STORE
from server.review.roles import May
from server.review.site import site_of
from server.review.texts import ZONE

LETTER = 5.6  # px, of the widest usual ones
STEP = 26
SIDE = 600  # px of the tile; edges are seldom seen

ROWS = """<text x="{x}" y="{y}">{text}</text>
<text x="{left}" y="{below}">{text}</text><text x="{right}" y="{below}">{text}</text>"""
TILE = """<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}">
<defs><pattern id="p" width="{wide}" height="{high}" patternUnits="userSpaceOnUse" patternTransform="rotate(-17)">
<g font-family="sans-serif" font-size="10"><g fill="#000" fill-opacity=".32">{shade}</g>
<g fill="#fff" fill-opacity=".45">{light}</g></g></pattern></defs>
<rect width="100%" height="100%" fill="url(#p)"/></svg>"""


@needs(May.WATCH)
async def tile(request: Request) -> Response:
    """SVG to be repeated over a picture."""
    who, now = request.state.person.login, parse(site_of(request).now()).astimezone(ZONE)
    return Response(drawn(f"{who} · {now:%Y-%m-%d %H:%M}"), media_type="image/svg+xml", headers=NO_STORE)


def drawn(text: str) -> str:
    """Every second line is moved by half its length; a long name is cut."""
    shown = "".join(letter for letter in text[:80] if letter.isprintable())
    wide = round(len(shown) * LETTER) + 24
    shade, light = (_rows(escape(shown), wide, by) for by in (1, 0))
    return TILE.format(side=SIDE, wide=wide, high=2 * STEP, shade=shade, light=light)


def _rows(text: str, wide: int, by: int) -> str:
    """Two lines; the second one is cut at the cell's left edge, so it is drawn at the right one, too."""
    left = by - wide // 2
    return ROWS.format(text=text, x=by, y=11 + by, left=left, right=left + wide, below=11 + STEP + by)
