// dotnet.exe: the packages of .NET have everything of it but this command, which only calls hostfxr.dll beside it.
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

int wmain(int count, wchar_t **arguments)
{
  static wchar_t self[32768], library[32768];
  GetModuleFileNameW(NULL, self, 32768);
  wcscpy(library, self);
  wcscpy(wcsrchr(library, L'\\') + 1, L"host\\fxr\\" HOST_VERSION L"\\hostfxr.dll");
  HMODULE host = LoadLibraryW(library);
  int (*run)(int, const wchar_t **) = host == NULL ? NULL : (void *)GetProcAddress(host, "hostfxr_main");
  if (run == NULL)
  {
    fwprintf(stderr, L"%ls cannot be loaded: error %lu\n", library, GetLastError());
    return 1;
  }
  arguments[0] = self;
  return run(count, (const wchar_t **)arguments);
}
