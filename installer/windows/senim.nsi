; Per-user installer: no administrator needed. Compiled by installer/windows/nsis.py, which fills in the words between at signs.
; Silent: setup.exe /S [--log=C:\file] [/D=C:\folder]     uninstall.exe /S [--force] [--log=C:\file]     Exit codes: 0 done, 1 broken off by the person,
; 2 broken off by itself, 73 no space or no rights or a folder of somebody else, 75 Senim runs or recordings were not
; delivered.
Unicode true
Target amd64-unicode
!include LogicLib.nsh
!include FileFunc.nsh
!insertmacro GetParameters
!insertmacro GetOptions
!insertmacro un.GetParameters
!insertmacro un.GetOptions
Name "Senim – @NAME@"
OutFile "@OUTPUT@"
InstallDir "$LOCALAPPDATA\Programs\Senim"
RequestExecutionLevel user
SetCompressor /SOLID lzma
ShowInstDetails nevershow
!finalize '@SIGN@'
VIProductVersion "@VERSION4@"
VIAddVersionKey "ProductName" "Senim"
VIAddVersionKey "CompanyName" "Senim"
VIAddVersionKey "FileVersion" "@VERSION@"
VIAddVersionKey "LegalCopyright" "GPL-3.0-or-later"
VIAddVersionKey "FileDescription" "Senim exam client"
LoadLanguageFile "${NSISDIR}/Contrib/Language files\English.nlf"
LoadLanguageFile "${NSISDIR}/Contrib/Language files\Russian.nlf"
LangString RUNS ${LANG_ENGLISH} "Senim is running. Close its window first; an exam must not be interrupted."
LangString RUNS ${LANG_RUSSIAN} "Senim работает. Сначала закройте окно программы: экзамен нельзя прерывать."
LangString UNSENT ${LANG_ENGLISH} "Recordings on this computer were not delivered. Start Senim and sign in to deliver them. Remove the program all the same? The sealed recordings stay in %LOCALAPPDATA%\Senim."
LangString UNSENT ${LANG_RUSSIAN} "На этом компьютере есть недоставленные записи. Запустите Senim и войдите, чтобы доставить их. Всё равно удалить программу? Запечатанные записи останутся в %LOCALAPPDATA%\Senim."
LangString NOSPACE ${LANG_ENGLISH} "The files could not be written: no space or no rights. Nothing was left half done."
LangString NOSPACE ${LANG_RUSSIAN} "Не удалось записать файлы: нет места или прав. Ничего не осталось незаконченным."
LangString FOREIGN ${LANG_ENGLISH} "This folder holds other files, and removing Senim would take them along. Choose an empty or a new folder."
LangString FOREIGN ${LANG_RUSSIAN} "В этой папке лежат другие файлы, при удалении Senim исчезли бы и они. Выберите пустую или новую папку."
Var LOG
!macro LogFunctions un
Function ${un}OpenLog
  ${${un}GetParameters} $0
  ClearErrors
  ${${un}GetOptions} $0 "--log=" $LOG
  ${If} ${Errors}
    StrCpy $LOG ""
  ${EndIf}
FunctionEnd
Function ${un}WriteLog
  ; The text lies on the stack. UTF-16, as Windows Installer writes its logs. What cannot be logged stops nothing.
  Exch $8
  ${If} $LOG != ""
    Push $9
    ClearErrors
    FileOpen $9 "$LOG" a
    ${IfNot} ${Errors}
      FileSeek $9 0 END
      FileWriteUTF16LE /BOM $9 "Senim @VERSION@: $8$\r$\n"
      FileClose $9
    ${EndIf}
    Pop $9
  ${EndIf}
  Pop $8
FunctionEnd
!macroend
!insertmacro LogFunctions ""
!insertmacro LogFunctions "un."
!macro Log un text
  Push "${text}"
  Call ${un}WriteLog
!macroend

Function .onInit
  Call OpenLog
FunctionEnd
Function un.onInit
  Call un.OpenLog
FunctionEnd

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Senim"

!macro RefuseWhileRunning un
Function ${un}RefuseWhileRunning
  ; A program that runs cannot be opened for writing: that is the test, and it needs no plug-in.
  ${If} ${FileExists} "$INSTDIR\senim.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\senim.exe" a
    ${If} ${Errors}
      !insertmacro Log "${un}" "refused (75): the program in $INSTDIR is running"
      MessageBox MB_OK|MB_ICONSTOP "$(RUNS)" /SD IDOK
      SetErrorLevel 75
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
FunctionEnd
!macroend
!insertmacro RefuseWhileRunning ""
!insertmacro RefuseWhileRunning "un."

!macro Refuse text code
  !insertmacro Log "" "refused (${code}): $(${text})"
  MessageBox MB_OK|MB_ICONSTOP "$(${text})" /SD IDOK
  SetErrorLevel ${code}
  Abort
!macroend

Function .onInstFailed
  ; A full disk ends the unpacking in the middle of a file, without asking the recipe.
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR.new"
  GetErrorLevel $0
  ${If} $0 = -1
    !insertmacro Log "" "broken off (73): $(NOSPACE)"
    SetErrorLevel 73
  ${EndIf}
FunctionEnd

Function OnlyOwnFolder
  ; The folder goes as a whole when Senim is removed: nothing else may lie in it. An empty one is taken away and made anew.
  ${IfNot} ${FileExists} "$INSTDIR\senim.exe"
  ${AndIf} ${FileExists} "$INSTDIR\*.*"
    ClearErrors
    RMDir "$INSTDIR"
    ${If} ${Errors}
      !insertmacro Refuse FOREIGN 73
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "main"
  !insertmacro Log "" "installing into $INSTDIR"
  ; An earlier run that was ended between its two renamings left the old version under its second name.
  ${IfNot} ${FileExists} "$INSTDIR\senim.exe"
  ${AndIf} ${FileExists} "$INSTDIR.old\senim.exe"
    Rename "$INSTDIR.old" "$INSTDIR"
  ${EndIf}
  Call RefuseWhileRunning
  Call OnlyOwnFolder
  ; The new version is laid out beside the old one and takes its place whole: a break leaves the old one working.
  RMDir /r "$INSTDIR.new"
  RMDir /r "$INSTDIR.old"
  SetOutPath "$INSTDIR.new"
  ClearErrors
  File /r "@PAYLOAD@/*.*"
  ${If} ${Errors}
    !insertmacro Refuse NOSPACE 73
  ${EndIf}
  WriteUninstaller "$INSTDIR.new\uninstall.exe"
  SetOutPath "$TEMP"
  ${If} ${FileExists} "$INSTDIR\*.*"
    ClearErrors
    Rename "$INSTDIR" "$INSTDIR.old"
    ${If} ${Errors}
      !insertmacro Refuse RUNS 75
    ${EndIf}
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR.new" "$INSTDIR"
  ${If} ${Errors}
    Rename "$INSTDIR.old" "$INSTDIR"
    !insertmacro Refuse NOSPACE 73
  ${EndIf}
  RMDir /r "$INSTDIR.old"
  CreateShortcut "$SMPROGRAMS\Senim.lnk" "$INSTDIR\senim.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Senim"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "@VERSION@"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\senim.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "@NAME@"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  !insertmacro Log "" "installed (0)"
SectionEnd

Section "Uninstall"
  Call un.RefuseWhileRunning
  ${un.GetParameters} $1
  ClearErrors
  ${un.GetOptions} $1 "--force" $2
  ${If} ${Errors}
    ExecWait '"$INSTDIR\senim.exe" --unsent' $0
    ${If} $0 = 75
      !insertmacro Log "un." "recordings were not delivered"
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(UNSENT)" /SD IDNO IDYES remove
      !insertmacro Log "un." "not removed (75)"
      SetErrorLevel 75
      Abort
      remove:
    ${EndIf}
  ${EndIf}
  ; Without the program nobody could make a delivery file any more: one of each is kept beside the recording.
  ExecWait '"$INSTDIR\senim.exe" --unsent --keep'
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR"
  Delete "$SMPROGRAMS\Senim.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  !insertmacro Log "un." "removed from $INSTDIR (0)"
SectionEnd
