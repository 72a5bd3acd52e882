"""Question texts made safe: an allow-list of HTML and MathML, pictures by our own names only."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
import warnings
from dataclasses import dataclass, field

import nh3
from PIL import Image, UnidentifiedImageError

MAX_PICTURE_BYTES = 8 * 1024 * 1024
MAX_PICTURE_PIXELS = 40_000_000
MAX_PICTURES_BYTES = 20 * 1024 * 1024  # the whole paper travels as one message of at most 32 MiB
_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
PICTURE_SCHEME = "senim"
_PICTURE = re.compile(r"senim:picture/[0-9a-f]{16}")

_MATH = {
    "math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msup", "msub", "msubsup",
    "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom", "merror",
}  # fmt: skip
_TAGS = _MATH | {
    "p", "br", "hr", "div", "span", "b", "strong", "i", "em", "u", "s", "sub", "sup", "small", "code", "pre",
    "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption",
    "thead", "tbody", "tfoot", "tr", "th", "td", "col", "colgroup", "img", "figure", "figcaption", "ruby", "rt", "rp",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"dir", "lang"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
    "math": {"display"},
    "mo": {"stretchy", "fence", "separator"},
    "mtable": {"columnalign"},
    "mspace": {"width"},
    "mi": {"mathvariant"},
}
# These go with everything inside them; of other unknown tags the text stays.
_GONE_WITH_CONTENT = {"script", "style", "iframe", "object", "embed", "template", "svg", "noscript", "title"}
_TAG_NAME = re.compile(r"<\s*([a-zA-Z][a-zA-Z0-9-]*)")
_SOURCE = re.compile(r"<img\b[^>]*?\ssrc\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_HANDLER = re.compile(r"<[^>]*\s(on[a-z]{3,20})\s*=", re.IGNORECASE)


@dataclass(frozen=True)
class Cleaned:
    """``removed``: what a teacher would miss or should know of, in words."""

    html: str
    removed: list[str]


@dataclass
class Pictures:
    """The paper's pictures under names made of their content; the same picture is kept once."""

    kept: dict[str, dict[str, str]] = field(default_factory=dict)
    _bytes: int = 0

    def add(self, content: bytes) -> str:
        """The picture's name. Raises ``ValueError`` (with words) for anything but a picture of a known kind."""
        if len(content) > MAX_PICTURE_BYTES:
            raise ValueError("is too large")
        name = hashlib.sha256(content).hexdigest()[:16]
        if name in self.kept:
            return name
        if self._bytes + len(content) > MAX_PICTURES_BYTES:
            raise ValueError("the exam's pictures are too large together")
        self.kept[name] = {"type": _picture_type(content), "data": base64.b64encode(content).decode()}
        self._bytes += len(content)
        return name


def _picture_type(content: bytes) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=list(_FORMATS)) as picture:
                if picture.width * picture.height > MAX_PICTURE_PIXELS:
                    raise ValueError("has too many pixels")
                kind = str(picture.format)
                picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise ValueError("is not a PNG, JPEG, GIF or WebP picture") from None
    return _FORMATS[kind]


def plain_to_html(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def clean(text: str, pictures: set[str]) -> Cleaned:
    """``text`` with nothing left but what the allow-list names and pictures that are kept."""

    def known(address: str) -> bool:
        return _PICTURE.fullmatch(address) is not None and address.rsplit("/", 1)[-1] in pictures

    def attribute(tag: str, name: str, value: str) -> str | None:
        return value if (tag, name) != ("img", "src") or known(value) else None

    result = nh3.clean(
        text,
        tags=_TAGS,
        clean_content_tags=_GONE_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes={PICTURE_SCHEME},
        link_rel=None,
    )
    removed = [f"a picture that is not in the file ({src[:80]})" for src in _SOURCE.findall(text) if not known(src)]
    names = {match.lower() for match in _TAG_NAME.findall(text)}
    removed += [f"<{name}>" for name in sorted(names - _TAGS)]
    removed += sorted({match.lower() for match in _HANDLER.findall(text)})
    return Cleaned(result, removed)
