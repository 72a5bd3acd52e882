#!/bin/sh
# Removes Senim from this Mac: the application, the institution's settings, the system's note of the package. Asks
# first where recordings were not delivered; they lie in people's own folders and stay there. macOS asks nothing when
# an application is put into the Bin, so this file is the way that does.
# Without a terminal it refuses with 75; SENIM_FORCE=1 removes all the same and keeps a delivery file of each.
PATH=/usr/bin:/bin:/usr/sbin:/sbin
app="/Applications/Senim.app"
settings="/Library/Application Support/Senim"
senim="$app/Contents/MacOS/senim"

if [ "$(id -u)" != 0 ]; then
  exec sudo SENIM_FORCE="${SENIM_FORCE:-}" "$0" "$@"
fi
if [ "${SENIM_FORCE:-}" != 1 ] && pgrep -x senim >/dev/null; then
  echo "Senim ашық тұр. Алдымен оны жабыңыз." >&2
  echo "Senim открыт. Сначала закройте его." >&2
  echo "Senim is running. Close it first." >&2
  exit 75
fi
found=0
if [ -x "$senim" ]; then
  "$senim" --unsent --everyone >&2 || found=$?
fi
if [ "$found" = 75 ] && [ "${SENIM_FORCE:-}" != 1 ]; then
  echo "Жоғарыдағы жазбалар жеткізілмеген. Senim бағдарламасын ашып, жүйеге кіріңіз: олар өздігінен жіберіледі." >&2
  echo "Записи выше не доставлены. Откройте Senim и войдите: они отправятся сами." >&2
  echo "The recordings above were not delivered. Start Senim and sign in: they are sent by themselves." >&2
  [ -t 0 ] || exit 75
  echo "Бағдарламаны бәрібір жою керек пе? Мөрленген жазбалар орнында қалады." >&2
  echo "Всё равно удалить программу? Запечатанные записи останутся на месте." >&2
  printf 'Remove the program all the same? The sealed recordings stay where they are. [y/N] ' >&2
  read -r answer || answer=n
  case "$answer" in y|Y|yes) ;; *) exit 75 ;; esac
fi
# Without the program nobody could make a delivery file any more: one of each is kept beside the recording.
if [ "$found" = 75 ]; then
  "$senim" --unsent --everyone --keep >&2 || true
fi
rm -rf "$app" || exit 73
pkgutil --forget org.senim.client >/dev/null 2>&1 || true
echo "Senim жойылды. · Senim удалён. · Senim was removed."
rm -rf "$settings"
