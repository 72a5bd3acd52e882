/* Stands for the frozen program under wine, and writes what it was asked and what it answered into "asked" beside its
   folder. Asked for what is unsent: 75 when a file "unsent" lies there. Asked whether it runs: 75 when another process
   of this very file does. Or says that it waits, and waits. */
#include <stdio.h>
#include <string.h>
#include <windows.h>
#include <tlhelp32.h>

static int another_runs(void) {
  WCHAR own[MAX_PATH], other[MAX_PATH];
  PROCESSENTRY32W entry = {sizeof entry};
  HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  int found = 0;
  GetModuleFileNameW(NULL, own, MAX_PATH);
  for (BOOL more = Process32FirstW(all, &entry); more; more = Process32NextW(all, &entry)) {
    DWORD length = MAX_PATH;
    HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, entry.th32ProcessID);
    if (!process) continue;
    if (entry.th32ProcessID != GetCurrentProcessId() && QueryFullProcessImageNameW(process, 0, other, &length))
      found |= !_wcsicmp(own, other);
    CloseHandle(process);
  }
  CloseHandle(all);
  return found;
}

static int answered(int count, char **words) {
  WCHAR beside[MAX_PATH], *end;
  int answer;
  FILE *record;
  GetModuleFileNameW(NULL, beside, MAX_PATH - 16);
  end = wcsrchr(beside, L'\\');
  if (!end) return 1;
  wcscpy(end, L"\\..\\unsent");
  if (!strcmp(words[1], "--running")) answer = another_runs() ? 75 : 0;
  else answer = GetFileAttributesW(beside) == INVALID_FILE_ATTRIBUTES ? 0 : 75;
  wcscpy(end, L"\\..\\asked");
  record = _wfopen(beside, L"ab");
  if (!record) return 1;
  for (int word = 1; word < count; word++) fprintf(record, "%s ", words[word]);
  fprintf(record, "%d\n", answer);
  return fclose(record) ? 1 : answer;
}

int main(int count, char **words) {
  if (count > 1 && (!strcmp(words[1], "--unsent") || !strcmp(words[1], "--running"))) return answered(count, words);
  if (count > 1 && !strcmp(words[1], "--wait")) {
    puts("waiting");
    fflush(stdout);
    Sleep(INFINITE);
  }
  return 0;
}
