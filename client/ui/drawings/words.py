"""What the systems show, in the languages they speak, and what the drawings themselves say.

Where the words come from: Windows in English and Russian as quoted of Windows 11, macOS as quoted of macOS 15 (whole
sentences that macOS asks in Russian are ours in meaning), GNOME by its own translations (xdg-desktop-portal-gnome 50,
gnome-software 51), KDE by those of xdg-desktop-portal-kde 6.7. Windows in Kazakh follows Microsoft's terms and was
compared with no Windows, so the Russian words stand beside it. macOS and KDE's window have no Kazakh: there the Russian
words are shown and the Kazakh ones say what they mean. Nothing of it was compared with a running system.
"""

from __future__ import annotations

from client.ui.drawings.sheet import Said

LANGUAGES = ("kk", "ru", "en")
SPEAK_KAZAKH = ("windows", "gnome")
PROGRAM = "Senim"
FILE = {"windows": "senim-…-setup.exe", "macos": "senim-….pkg", "gnome": "senim-….deb"}

# key: English, Russian, Kazakh; a key begins with its system.
SYSTEMS = {
    "windows.settings": ("Settings", "Параметры", "Параметрлер"),
    "windows.privacy": ("Privacy & security", "Конфиденциальность и защита", "Құпиялылық және қауіпсіздік"),
    "windows.camera": ("Camera", "Камера", "Камера"),
    "windows.camera.access": ("Camera access", "Доступ к камере", "Камераға кіру"),
    "windows.camera.apps": (
        "Let apps access your camera",
        "Разрешить приложениям доступ к камере",
        "Қолданбаларға камераға кіруге рұқсат беру",
    ),
    "windows.camera.desktop": (
        "Let desktop apps access your camera",
        "Разрешить классическим приложениям доступ к камере",
        "Жұмыс үстелі қолданбаларына камераға кіруге рұқсат беру",
    ),
    "windows.microphone": ("Microphone", "Микрофон", "Микрофон"),
    "windows.microphone.access": ("Microphone access", "Доступ к микрофону", "Микрофонға кіру"),
    "windows.microphone.apps": (
        "Let apps access your microphone",
        "Разрешить приложениям доступ к микрофону",
        "Қолданбаларға микрофонға кіруге рұқсат беру",
    ),
    "windows.microphone.desktop": (
        "Let desktop apps access your microphone",
        "Разрешить классическим приложениям доступ к микрофону",
        "Жұмыс үстелі қолданбаларына микрофонға кіруге рұқсат беру",
    ),
    "windows.protected": (
        "Windows protected your PC",
        "Система Windows защитила ваш компьютер",
        "Windows компьютеріңізді қорғады",
    ),
    "windows.more": ("More info", "Подробнее", "Толығырақ"),
    "windows.dont_run": ("Don't run", "Не выполнять", "Іске қоспау"),
    "windows.run": ("Run anyway", "Выполнить в любом случае", "Бәрібір іске қосу"),
    "windows.app": ("App:", "Приложение:", "Қолданба:"),
    "windows.publisher": ("Publisher:", "Издатель:", "Жариялаушы:"),
    "macos.settings": ("System Settings", "Системные настройки", "Жүйе баптаулары"),
    "macos.privacy": ("Privacy & Security", "Конфиденциальность и безопасность", "Құпиялық және қауіпсіздік"),
    "macos.camera": ("Camera", "Камера", "Камера"),
    "macos.microphone": ("Microphone", "Микрофон", "Микрофон"),
    "macos.screen": (
        "Screen & System Audio Recording",
        "Запись экрана и системного звука",
        "Экран мен жүйе дыбысын жазу",
    ),
    "macos.until_quit": (
        "“Senim” may not be able to record the contents of your screen until it is quit.",
        "«Senim» сможет записывать содержимое экрана только после завершения.",
        "Senim жабылып, қайта ашылғанша экранды жаза алмайды.",
    ),
    "macos.later": ("Later", "Позже", "Кейінірек"),
    "macos.reopen": ("Quit & Reopen", "Завершить и открыть снова", "Жабу және қайта ашу"),
    "macos.not_opened": (
        "“senim-….pkg” Not Opened",
        "Файл «senim-….pkg» не был открыт",
        "senim-….pkg файлы ашылмады",
    ),
    "macos.not_verified": (
        "Apple could not verify “senim-….pkg” is free of malware…",
        "Apple не удалось подтвердить, что файл «senim-….pkg» не содержит вредоносного ПО…",
        "Apple бұл файлда зиянды бағдарлама жоқ екенін растай алмады…",
    ),
    "macos.bin": ("Move to Trash", "Переместить в Корзину", "Себетке жылжыту"),
    "macos.done": ("Done", "Готово", "Дайын"),
    "macos.ask_camera": (
        "“Senim” would like to access the camera.",
        "Приложение «Senim» запрашивает доступ к камере.",
        "Senim камераны пайдалануға рұқсат сұрайды.",
    ),
    "macos.allow": ("Allow", "Разрешить", "Рұқсат ету"),
    "macos.dont_allow": ("Don't Allow", "Не разрешать", "Рұқсат етпеу"),
    "macos.ask_screen": (
        "“Senim” would like to record this computer's screen and audio.",
        "Приложение «Senim» запрашивает запись экрана и аудио этого компьютера.",
        "Senim осы компьютердің экраны мен дыбысын жазуға рұқсат сұрайды.",
    ),
    "macos.open_settings": ("Open System Settings", "Открыть Системные настройки", "Жүйе баптауларын ашу"),
    "macos.deny": ("Deny", "Отклонить", "Бас тарту"),
    "gnome.title": ("Share Screen", "Общий доступ к экрану", "Экранмен бөлісу"),
    "gnome.cancel": ("Cancel", "Отменить", "Бас тарту"),
    "gnome.share": ("Share", "Дать доступ", "Бөлісу"),
    "gnome.wants": (
        "Senim wants to share your screen. Choose what you'd like to share.",
        "Приложение «Senim» хочет предоставить доступ к вашему экрану. Выберите, чем вы хотите поделиться.",
        "Senim сіздің экраныңызбен бөліскісі келеді. Немен бөлісуді таңдаңыз.",
    ),
    "gnome.window": ("Window", "Окно", "Терезе"),
    "gnome.display": ("Display", "Экран", "Дисплей"),
    "gnome.install": ("Install", "Установить", "Орнату"),
    "gnome.software": ("Software", "Центр приложений", "Бағд. қамтама"),
    "kde.title": ("Screen Sharing Requested", "Запрос демонстрации экрана", "Экранды көрсету сұралды"),
    "kde.choose": (
        "Choose what to share with Senim:",
        "Выберите, что будет доступно приложению Senim:",
        "Senim бағдарламасына не көрсетілетінін таңдаңыз:",
    ),
    "kde.screen": ("Laptop screen", "Экран ноутбука", "Ноутбук экраны"),
    "kde.whole": (
        "Share full Workspace",
        "Открыть доступ ко всему рабочему пространству",
        "Бүкіл жұмыс кеңістігін көрсету",
    ),
    "kde.share": ("Share", "Поделиться", "Көрсету"),
    "kde.cancel": ("Cancel", "Отмена", "Бас тарту"),
}

# What stands on a drawing in our own words: English, Russian, Kazakh.
OWN = {
    "institution": ("your institution's name", "название учебного заведения", "оқу орныңыздың атауы"),
    "unknown": (
        "If it says “Unknown publisher”: Don't run, ask your institution.",
        "Если написано «Неизвестный издатель»: не выполняйте, спросите в учебном заведении.",
        "«Белгісіз жариялаушы» («Неизвестный издатель») деп тұрса: іске қоспаңыз, оқу орнынан сұраңыз.",
    ),
    "ask_institution": (
        "Then ask your institution whether the file is the right one.",
        "Затем спросите в учебном заведении, тот ли это файл.",
        "Содан кейін файлдың дұрыс екенін оқу орнынан сұраңыз.",
    ),
    "password": ("then your password", "затем ваш пароль", "содан кейін құпиясөзіңіз"),
    "drawing": (
        "A drawing, not a screenshot: words may differ in your version.",
        "Рисунок, а не снимок экрана: в вашей версии слова могут отличаться.",
        "Сызба, скриншот емес: нұсқаңызда сөздер өзгеше болуы мүмкін.",
    ),
}

# Told to whoever does not see the drawing, in the guides and in the window.
SAYS = {
    "windows-start": (
        "Drawing: the window “Windows protected your PC”: 1 More info, 2 look at the publisher, 3 Run anyway",
        "Рисунок: окно «Система Windows защитила ваш компьютер»: 1 «Подробнее», 2 посмотреть на издателя, "
        "3 «Выполнить в любом случае»",
        "Сызба: «Windows компьютеріңізді қорғады» терезесі: 1 «Толығырақ», 2 жариялаушыны қарау, 3 «Бәрібір іске қосу»",
    ),
    "windows-camera": (
        "Drawing: Windows settings, Privacy & security, Camera: three switches on, the third for desktop apps",
        "Рисунок: параметры Windows, «Конфиденциальность и защита», «Камера»: включены три переключателя, третий – "
        "для классических приложений",
        "Сызба: Windows параметрлері, «Құпиялылық және қауіпсіздік», «Камера»: үш қосқыш та қосулы, үшіншісі – жұмыс "
        "үстелі қолданбалары үшін",
    ),
    "windows-microphone": (
        "Drawing: Windows settings, Privacy & security, Microphone: three switches on, the third for desktop apps",
        "Рисунок: параметры Windows, «Конфиденциальность и защита», «Микрофон»: включены три переключателя, третий – "
        "для классических приложений",
        "Сызба: Windows параметрлері, «Құпиялылық және қауіпсіздік», «Микрофон»: үш қосқыш та қосулы, үшіншісі – жұмыс "
        "үстелі қолданбалары үшін",
    ),
    "macos-start": (
        "Drawing: the window “Not Opened” of macOS: press Done",
        "Рисунок: окно macOS «Файл не был открыт»: нажать «Готово»",
        "Сызба: macOS жүйесінің «Файл не был открыт» (файл ашылмады) терезесі: «Готово» (дайын) батырмасын басу",
    ),
    "macos-ask": (
        "Drawing: the first questions of macOS: 1 Allow for camera and microphone, 2 Open System Settings for the "
        "screen",
        "Рисунок: первые вопросы macOS: 1 «Разрешить» для камеры и микрофона, 2 «Открыть Системные настройки» для "
        "экрана",
        "Сызба: macOS жүйесінің алғашқы сұрақтары: 1 камера мен микрофонға «Разрешить» (рұқсат ету), 2 экранға "
        "«Открыть Системные настройки» (жүйе баптауларын ашу)",
    ),
    "macos-camera": (
        "Drawing: System Settings of macOS, Privacy & Security, Camera: Senim switched on",
        "Рисунок: «Системные настройки» macOS, «Конфиденциальность и безопасность», «Камера»: Senim включён",
        "Сызба: macOS жүйесінің баптаулары, «Конфиденциальность и безопасность», «Камера»: Senim қосулы",
    ),
    "macos-microphone": (
        "Drawing: System Settings of macOS, Privacy & Security, Microphone: Senim switched on",
        "Рисунок: «Системные настройки» macOS, «Конфиденциальность и безопасность», «Микрофон»: Senim включён",
        "Сызба: macOS жүйесінің баптаулары, «Конфиденциальность и безопасность», «Микрофон»: Senim қосулы",
    ),
    "macos-screen": (
        "Drawing: System Settings of macOS, Screen & System Audio Recording: 1 Senim switched on, 2 Quit & Reopen",
        "Рисунок: «Системные настройки» macOS, «Запись экрана и системного звука»: 1 Senim включён, 2 «Завершить и "
        "открыть снова»",
        "Сызба: macOS жүйесінің баптаулары, «Запись экрана и системного звука»: 1 Senim қосулы, 2 «Завершить и открыть "
        "снова» (жабу және қайта ашу)",
    ),
    "gnome-install": (
        "Drawing: Software shows the file senim-….deb: 1 Install, 2 your password",
        "Рисунок: «Центр приложений» показывает файл senim-….deb: 1 «Установить», 2 ваш пароль",
        "Сызба: бағдарламалар орталығы senim-….deb файлын көрсетіп тұр: 1 «Орнату», 2 құпиясөзіңіз",
    ),
    "gnome-share": (
        "Drawing: the window “Share Screen” of GNOME: 1 Display, 2 the screen, 3 Share",
        "Рисунок: окно GNOME «Общий доступ к экрану»: 1 «Экран», 2 сам экран, 3 «Дать доступ»",
        "Сызба: GNOME жүйесінің «Экранмен бөлісу» терезесі: 1 «Дисплей», 2 экранның өзі, 3 «Бөлісу»",
    ),
    "kde-share": (
        "Drawing: the window “Screen Sharing Requested” of KDE: 1 the screen, 2 Share",
        "Рисунок: окно KDE «Запрос демонстрации экрана»: 1 экран, 2 «Поделиться»",
        "Сызба: KDE жүйесінің «Запрос демонстрации экрана» (экранды көрсету сұралды) терезесі: 1 экран, 2 «Поделиться» "
        "(көрсету)",
    ),
}


def _of(columns: tuple[str, str, str], language: str) -> str:
    return columns[("en", "ru", "kk").index(language)]


def shown(key: str, language: str) -> Said:
    """What the key's system shows to a reader of ``language``."""
    _, russian, kazakh = SYSTEMS[key]
    if language != "kk":
        return Said(_of(SYSTEMS[key], language))
    pair = (kazakh, russian) if key.partition(".")[0] in SPEAK_KAZAKH else (russian, kazakh)
    return Said(pair[0], pair[1] if pair[0] != pair[1] else "")


def own(key: str, language: str) -> str:
    return _of(OWN[key], language)


def says(picture: str, language: str) -> str:
    return _of(SAYS[picture], language)
