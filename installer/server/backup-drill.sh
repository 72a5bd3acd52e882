#!/bin/sh
# A backup that was never restored is a hope. This makes one, restores it beside the running server, and checks it:
#   sudo -u senim installer/server/backup-drill.sh /srv/senim /backup /other-disk/senim-seat-keys
# (data folder, where backups go, the copy of the seat keys on another disk; whole paths). Exit 0 only when the restored
# copy's audit chain, decisions and sessions verify. Run it each month, as the account that the server runs as; in
# /etc/cron.d/senim-drill:
#   0 3 1 * * senim /opt/senim/installer/server/backup-drill.sh /srv/senim /backup /other-disk/senim-seat-keys
set -eu
if [ $# != 3 ]; then
  echo "usage: $0 DATA BACKUPS SEAT-KEYS (whole paths: /srv/senim /backup /other-disk/senim-seat-keys)" >&2
  exit 64
fi
data=$1 target=$2 seat_keys=$3
cd "$(dirname "$0")/../.."
python=${SENIM_PYTHON:-.venv/bin/python}
umask 077
name=$target/senim-$(date -u +%Y-%m-%dT%H%M%SZ).tar
drill=$(mktemp -d "$target/drill.XXXXXX")
trap 'rm -rf "$drill"' EXIT
"$python" -m server --data "$data" backup --seat-keys "$seat_keys" "$name"
"$python" -m server --data "$drill/restored" restore --seat-keys "$seat_keys" "$name"
"$python" -m server --data "$drill/restored" audit --verify
echo "backup $name restores and verifies"
