"""A face model for tests, written byte by byte: it averages the chip over a grid of 7x7 and gives 147 numbers.

Protocol buffers by hand (onnx.proto3: ModelProto, GraphProto, NodeProto), so that no further package is needed.
"""

from __future__ import annotations


def tiny_model(side: int = 112, kernel: int = 16) -> bytes:
    """Average pooling of [1, 3, side, side] over ``kernel`` and a flattening."""
    pool = _node("AveragePool", "picture", "pooled", _ints("kernel_shape", kernel) + _ints("strides", kernel))
    flat = _node("Flatten", "pooled", "descriptor", b"")
    cells = (side // kernel) ** 2 * 3
    graph = (
        _field(1, pool) + _field(1, flat) + _field(2, b"face")
        + _field(11, _value("picture", (1, 3, side, side))) + _field(12, _value("descriptor", (1, cells)))
    )  # fmt: skip
    return _number(1, 7) + _field(7, graph) + _field(8, _number(2, 13))


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out) + bytes([value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _field(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _node(kind: str, takes: str, gives: str, attributes: bytes) -> bytes:
    return _field(1, takes.encode()) + _field(2, gives.encode()) + _field(4, kind.encode()) + attributes


def _ints(name: str, value: int) -> bytes:
    attribute = _field(1, name.encode()) + _number(8, value) * 2 + _number(20, 7)
    return _field(5, attribute)


def _value(name: str, shape: tuple[int, ...]) -> bytes:
    dimensions = b"".join(_field(1, _number(1, size)) for size in shape)
    tensor = _number(1, 1) + _field(2, dimensions)
    return _field(1, name.encode()) + _field(2, _field(1, tensor))
