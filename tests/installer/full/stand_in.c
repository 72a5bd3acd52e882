/* Stands for the frozen program under wine: prints the settings it finds, and says "unsent" when a file tells it to. */
#include <stdio.h>
#include <string.h>
#include <windows.h>

int main(int count, char **words) {
  char folder[MAX_PATH], *slash;
  GetModuleFileNameA(NULL, folder, MAX_PATH);
  slash = strrchr(folder, '\\');
  if (slash) *slash = 0;
  if (count > 1 && !strcmp(words[1], "--unsent")) {
    char marker[MAX_PATH];
    snprintf(marker, MAX_PATH, "%s\\..\\unsent", folder);
    return GetFileAttributesA(marker) == INVALID_FILE_ATTRIBUTES ? 0 : 75;
  }
  if (count > 1 && !strcmp(words[1], "--wait")) Sleep(60000);
  return 0;
}
