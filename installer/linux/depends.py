"""What the Debian package needs from the system: libraries that are not in the frozen folder, by name.

``a | b`` where Debian 13 and Ubuntu 24.04 renamed a package for the 64-bit time (…t64).
"""

from __future__ import annotations

DEPENDS = (
    "libc6 (>= 2.35)",  # Debian 12, Ubuntu 22.04 and later
    "libstdc++6", "libgcc-s1", "zlib1g", "libexpat1", "libbrotli1", "libzstd1", "libudev1", "libgssapi-krb5-2",
    # window and question page
    "libgl1", "libegl1", "libgles2", "libglib2.0-0t64 | libglib2.0-0", "libdbus-1-3", "libfontconfig1",
    "libfreetype6", "libxkbcommon0", "libxkbcommon-x11-0", "libxcb1", "libxcb-cursor0", "libxcb-icccm4",
    "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render0", "libxcb-render-util0", "libxcb-shape0",
    "libxcb-shm0", "libxcb-sync1", "libxcb-xfixes0", "libxcb-dri3-0", "libxcb-xkb1", "libx11-6", "libx11-xcb1",
    "libxext6", "libxfixes3", "libxrandr2", "libxcomposite1", "libxdamage1", "libxtst6", "libxkbfile1", "libnss3",
    "libnspr4", "libgbm1", "libdrm2",
    "libxi6", "libxrender1", "libxcursor1", "libxcb-glx0", "libxcb-util1", "libwayland-client0", "libwayland-cursor0",
    "libwayland-egl1",
    # sound
    "libasound2t64 | libasound2", "libasound2-plugins", "libpulse0", "libportaudio2",
    "fonts-inter | fonts-dejavu-core", "fonts-dejavu-core",
)  # fmt: skip
