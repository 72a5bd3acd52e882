"""How to record: numbers with their reasons in docs/decisions and benchmarks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CaptureSettings:
    """``stream_cameras``: the exam's policy allows a camera at a stream address (simulated or network
    camera). All times in seconds."""

    stream_cameras: bool = False
    segment_s: float = 4.0
    screen_rate: int = 10
    screen_small_change_s: float = 0.4
    screen_small_tiles: int = 8
    screen_heartbeat_s: float = 4.0
    screen_key_after_s: float = 30.0
    screen_key_latest_s: float = 180.0
    screen_key_latest_frames: int = 400
    screen_preset: int = 10
    screen_crf: int = 27
    camera_rate: int = 10
    camera_width: int = 640
    camera_key_s: float = 10.0
    camera_preset: int = 12
    camera_crf: int = 46
    video_codec: str = "av1"
    sound_bits: int = 16_000
    retry_s: float = 0.7
    read_timeout_s: float = 3.0
