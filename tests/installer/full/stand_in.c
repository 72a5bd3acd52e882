/* Stands for the frozen program under wine: says "unsent" when a file beside its folder tells it to, or waits. */
#include <string.h>
#include <windows.h>

int main(int count, char **words) {
  WCHAR marker[MAX_PATH], *slash;
  GetModuleFileNameW(NULL, marker, MAX_PATH - 16);
  if (count > 1 && !strcmp(words[1], "--unsent")) {
    slash = wcsrchr(marker, L'\\');
    if (slash) wcscpy(slash, L"\\..\\unsent");
    return GetFileAttributesW(marker) == INVALID_FILE_ATTRIBUTES ? 0 : 75;
  }
  if (count > 1 && !strcmp(words[1], "--wait")) Sleep(60000);
  return 0;
}
