/* Stands for the frozen program under wine. Asked for what is unsent: answers 75 when a file "unsent" lies beside its
   folder, and writes what it was asked and what it answered into "asked" there. Or waits. */
#include <stdio.h>
#include <string.h>
#include <windows.h>

static int asked_for_unsent(int count, char **words) {
  WCHAR beside[MAX_PATH], *end;
  int answer;
  FILE *record;
  GetModuleFileNameW(NULL, beside, MAX_PATH - 16);
  end = wcsrchr(beside, L'\\');
  if (!end) return 1;
  wcscpy(end, L"\\..\\unsent");
  answer = GetFileAttributesW(beside) == INVALID_FILE_ATTRIBUTES ? 0 : 75;
  wcscpy(end, L"\\..\\asked");
  record = _wfopen(beside, L"ab");
  if (!record) return 1;
  for (int word = 1; word < count; word++) fprintf(record, "%s ", words[word]);
  fprintf(record, "%d\n", answer);
  return fclose(record) ? 1 : answer;
}

int main(int count, char **words) {
  if (count > 1 && !strcmp(words[1], "--unsent")) return asked_for_unsent(count, words);
  if (count > 1 && !strcmp(words[1], "--wait")) Sleep(60000);
  return 0;
}
