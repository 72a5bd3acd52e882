#!/bin/sh
# What the installers' full tests need beside ./setup: compilers of packages for other systems, clean roots, wine.
# Called by ./test --installers; installs only what is missing.
set -eu
missing=$(for p in dpkg debootstrap nsis wixl msitools osslsigncode wine wine64 gcc-mingw-w64-x86-64 \
  desktop-file-utils appstream lintian xvfb; do
  dpkg-query -W -f='${db:Status-Status}\n' "$p" 2>/dev/null | grep -qx installed || echo "$p"
done)
[ -n "$missing" ] || exit 0
printf '== installing %s Debian packages for the installers (once)\n' "$(echo "$missing" | wc -w)" >&2
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
$sudo apt-get -o DPkg::Lock::Timeout=600 update -qq
# shellcheck disable=SC2086 -- one word a package
$sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends $missing >/dev/null
