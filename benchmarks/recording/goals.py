"""The keys of docs/design.md section 11, row "recording", with unit and goal. Keys are stable."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.figures import Figure

GOALS: dict[str, tuple[str, str]] = {
    "cpu_ratio": ("", "<= 0.33"),
    "cpu_ratio_watching": ("", "<= 0.50"),
    "screen_bytes_ratio": ("", "<= 0.28"),
    "bytes_ratio": ("", "<= 0.12"),
    "mb_per_hour": ("MB/h", "<= 58"),
    "text_psnr_settled": ("dB", ">= 42"),
    "text_psnr_motion": ("dB", ">= 40"),
    "ocr": ("", ">= 0.998"),
    "stale_tiles": ("", "<= 0.001"),
    "camera_psnr": ("dB", ">= 39"),
    "static_screen_cpu_percent": ("% core", "<= 1"),
    "static_total_cpu_percent": ("% core", "<= 4"),
    "recorder_rss_mb": ("MB", "<= 330"),
    "recorder_rss_watching_mb": ("MB", "<= 420"),
    "client_rss_mb": ("MB", "<= 750"),
    "tick_p99_ms": ("ms", "<= 5"),
    "tick_max_ms": ("ms", "<= 50"),
    "frames_kept": ("", ">= 0.995"),
    "stamp_error_ms": ("ms", "<= 1"),
    "av_offset_ms": ("ms", "<= 60"),
}


def with_goals(values: Mapping[str, float | None]) -> dict[str, Figure]:
    """Figures of the row in its order; those not in ``values`` are left out."""
    return {key: Figure(values[key], *GOALS[key]) for key in GOALS if key in values}
