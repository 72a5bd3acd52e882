"""The lower bound: the same coded pictures as ordinary MP4 files in clear, sought in two <video> elements."""

from __future__ import annotations

import io
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from benchmarks.review.browser import chromium, quantile, wait
from benchmarks.review.hall import served
from benchmarks.review.material import Material, repeated

NAMES = ("screen-1", "camera")
PAGE = "".join(f'<video id="{name}" src="/{name}.mp4" muted preload="auto" width="600"></video>' for name in NAMES)
READY = "return [...document.querySelectorAll('video')].every((video) => video.readyState >= 2)"
SEEK = """
const [target, done] = arguments, begun = performance.now();
Promise.all([...document.querySelectorAll('video')].map((video) => new Promise((shown) => {
  video.requestVideoFrameCallback(shown);
  video.currentTime = target;
}))).then(() => done((performance.now() - begun) / 1000));
"""


def measure_plain(place: Path, material: dict[str, Material], hours: float, seeks: int) -> float:
    """Median seconds until both elements show a frame of the target."""
    for name in NAMES:
        write(place / f"{name}.mp4", material[name], hours)

    async def file(request: Request) -> Response:
        return FileResponse(place / f"{request.path_params['name']}.mp4")  # answers ranges

    async def page(_request: Request) -> Response:
        return HTMLResponse(PAGE)

    app = Starlette(routes=[Route("/", page), Route("/{name}.mp4", file)])
    chance = random.Random(11)
    with served(app) as address, chromium() as browser:
        browser.get(address)
        wait("the plain files", lambda: browser.execute_script(READY))
        times = [float(browser.execute_async_script(SEEK, chance.uniform(0, hours * 3600 - 5))) for _ in range(seeks)]
    return quantile(times, 0.5)


def write(file: Path, material: Material, hours: float) -> None:
    """An MP4 with its index at the front."""
    source = av.open(io.BytesIO(material.init + _one_fragment(material)))
    with av.open(str(file), "w", format="mp4", options={"movflags": "faststart"}) as target:
        stream: Any = target.add_stream_from_template(source.streams[0], opaque=True)
        for coded in repeated(material, hours):
            packet = av.Packet(coded.data)
            packet.stream, packet.pts, packet.dts = stream, coded.pts, coded.pts
            packet.time_base, packet.is_keyframe = Fraction(1, material.timescale), coded.key
            target.mux(packet)
    source.close()


def _one_fragment(material: Material) -> bytes:
    from client.capture.fragments import fragment

    return fragment(1, material.packets[:1], material.packets[1].pts)
