<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name>AboutSenim</name>
    <message>
        <source>About Senim</source>
        <translation>О программе Senim</translation>
    </message>
    <message>
        <source>The fingerprint is the one IT of your institution has in its records.</source>
        <translation>Этот отпечаток должен совпадать с записанным в ИТ-службе вашего учебного заведения.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>not signed (for trying out)</source>
        <translation>без подписи (для пробы)</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Версия</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>Учебное заведение</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Сервер</translation>
    </message>
    <message>
        <source>Fingerprint of the key</source>
        <translation>Отпечаток ключа</translation>
    </message>
    <message>
        <source>Settings signed on</source>
        <translation>Настройки подписаны</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Лицензия</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Put away</source>
        <translation>Скрыть</translation>
    </message>
</context>
<context>
    <name>BreakDesk</name>
    <message>
        <source>Break</source>
        <translation>Перерыв</translation>
    </message>
    <message>
        <source>Take a break, or ask for one</source>
        <translation>Взять перерыв или попросить о нём</translation>
    </message>
    <message>
        <source>An invigilator decides. Go on working until the answer comes.</source>
        <translation>Решает проктор. Продолжайте работать, пока не придёт ответ.</translation>
    </message>
    <message>
        <source>You asked for a break</source>
        <translation>Вы попросили перерыв</translation>
    </message>
    <message>
        <source>I need no break any more</source>
        <translation>Перерыв больше не нужен</translation>
    </message>
    <message numerus="yes">
        <source>You may take a break of %n minute(s)</source>
        <translation>
            <numerusform>Вам разрешён перерыв на %n минуту</numerusform>
            <numerusform>Вам разрешён перерыв на %n минуты</numerusform>
            <numerusform>Вам разрешён перерыв на %n минут</numerusform>
        </translation>
    </message>
    <message>
        <source>Begin the break</source>
        <translation>Начать перерыв</translation>
    </message>
</context>
<context>
    <name>BreakPanel</name>
    <message>
        <source>Left of the break: {time}</source>
        <translation>Осталось от перерыва: {time}</translation>
    </message>
    <message>
        <source>I am back, show the questions</source>
        <translation>Я на месте, показать вопросы</translation>
    </message>
    <message>
        <source>You are on a break</source>
        <translation>У вас перерыв</translation>
    </message>
    <message>
        <source>Please be back by {time}.</source>
        <translation>Пожалуйста, вернитесь к {time}.</translation>
    </message>
    <message>
        <source>The time of your break is over</source>
        <translation>Время вашего перерыва истекло</translation>
    </message>
    <message>
        <source>The exam goes on. Press the button below as soon as you are back.</source>
        <translation>Экзамен продолжается. Нажмите кнопку ниже, как только вернётесь.</translation>
    </message>
</context>
<context>
    <name>BreakQuestion</name>
    <message numerus="yes">
        <source>Take a break of %n minute(s) now?</source>
        <translation>
            <numerusform>Взять перерыв на %n минуту сейчас?</numerusform>
            <numerusform>Взять перерыв на %n минуты сейчас?</numerusform>
            <numerusform>Взять перерыв на %n минут сейчас?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Breaks you can take without asking: %n.</source>
        <translation>
            <numerusform>Без разрешения вам доступен ещё %n перерыв.</numerusform>
            <numerusform>Без разрешения вам доступны ещё %n перерыва.</numerusform>
            <numerusform>Без разрешения вам доступно ещё %n перерывов.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ask for a break of %n minute(s)?</source>
        <translation>
            <numerusform>Попросить перерыв на %n минуту?</numerusform>
            <numerusform>Попросить перерыв на %n минуты?</numerusform>
            <numerusform>Попросить перерыв на %n минут?</numerusform>
        </translation>
    </message>
    <message>
        <source>An invigilator decides. Go on working until the answer comes.</source>
        <translation>Решает проктор. Продолжайте работать, пока не придёт ответ.</translation>
    </message>
    <message>
        <source>Go on with the exam</source>
        <translation>Продолжить экзамен</translation>
    </message>
    <message>
        <source>Begin the break</source>
        <translation>Начать перерыв</translation>
    </message>
    <message>
        <source>Ask for the break</source>
        <translation>Попросить перерыв</translation>
    </message>
</context>
<context>
    <name>BreakTexts</name>
    <message numerus="yes">
        <source>The exam&apos;s clock stands still meanwhile, for %n minute(s) at most.</source>
        <translation>
            <numerusform>Время экзамена в это время стоит, но не дольше %n минуты.</numerusform>
            <numerusform>Время экзамена в это время стоит, но не дольше %n минут.</numerusform>
            <numerusform>Время экзамена в это время стоит, но не дольше %n минут.</numerusform>
        </translation>
    </message>
    <message>
        <source>The exam&apos;s clock runs on meanwhile.</source>
        <translation>Время экзамена в это время идёт.</translation>
    </message>
    <message>
        <source>Recording goes on. Being away is part of the break; no moment is noted for it.</source>
        <translation>Запись продолжается. Отсутствие на месте — часть перерыва; моменты из-за него не отмечаются.</translation>
    </message>
    <message>
        <source>The questions are hidden until you are back.</source>
        <translation>Вопросы скрыты, пока вы не вернётесь.</translation>
    </message>
</context>
<context>
    <name>CameraDesk</name>
    <message>
        <source>Your camera&apos;s picture. Arrow keys move it.</source>
        <translation>Изображение с вашей камеры. Его можно двигать стрелками.</translation>
    </message>
    <message>
        <source>No camera picture</source>
        <translation>Нет изображения с камеры</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>имитация</translation>
    </message>
</context>
<context>
    <name>CheckLine</name>
    <message>
        <source>Try again</source>
        <translation>Проверить ещё раз</translation>
    </message>
    <message>
        <source>Try again: {name}</source>
        <translation>Проверить ещё раз: {name}</translation>
    </message>
    <message>
        <source>Picture of {name}</source>
        <translation>Изображение: {name}</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Is everything ready?</source>
        <translation>Всё ли готово?</translation>
    </message>
    <message>
        <source>The list fills by itself. Only what needs you opens.</source>
        <translation>Список заполняется сам. Раскрывается только то, где нужна ваша помощь.</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Choose the camera</source>
        <translation>Выбор камеры</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>Choose the microphone</source>
        <translation>Выбор микрофона</translation>
    </message>
    <message>
        <source>Sound level</source>
        <translation>Уровень звука</translation>
    </message>
    <message>
        <source>Say a few words: the bar should move.</source>
        <translation>Скажите несколько слов: полоска должна двигаться.</translation>
    </message>
    <message>
        <source>Live picture of your camera</source>
        <translation>Изображение с вашей камеры</translation>
    </message>
    <message>
        <source>The camera&apos;s picture appears here.</source>
        <translation>Здесь появится изображение с камеры.</translation>
    </message>
    <message>
        <source>Back to my exams</source>
        <translation>К моим экзаменам</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Simulated camera</source>
        <translation>Имитация камеры</translation>
    </message>
    <message>
        <source>Simulated microphone</source>
        <translation>Имитация микрофона</translation>
    </message>
    <message>
        <source>{name} (simulated)</source>
        <translation>{name} (имитация)</translation>
    </message>
    <message>
        <source>Next: we compare your face with the institution&apos;s picture.</source>
        <translation>Далее: сравним ваше лицо с фотографией в учебном заведении.</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) need you first.</source>
        <translation>
            <numerusform>Сначала нужно ваше внимание: %n пункт.</numerusform>
            <numerusform>Сначала нужно ваше внимание: %n пункта.</numerusform>
            <numerusform>Сначала нужно ваше внимание: %n пунктов.</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking. This takes a few seconds.</source>
        <translation>Идёт проверка. Это займёт несколько секунд.</translation>
    </message>
</context>
<context>
    <name>CheckTexts</name>
    <message>
        <source>Screen {number}</source>
        <translation>Экран {number}</translation>
    </message>
    <message>
        <source>The institution</source>
        <translation>Учебное заведение</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Часы</translation>
    </message>
    <message>
        <source>Space on the disk</source>
        <translation>Место на диске</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Сеть</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>ожидает</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>проверяется</translation>
    </message>
    <message>
        <source>good</source>
        <translation>хорошо</translation>
    </message>
    <message>
        <source>needs you</source>
        <translation>нужна ваша помощь</translation>
    </message>
    <message>
        <source>take note</source>
        <translation>обратите внимание</translation>
    </message>
    <message>
        <source>This check ended in a way this program has no words for (code: {code}).</source>
        <translation>Проверка закончилась так, что у программы нет для этого слов (код: {code}).</translation>
    </message>
    <message>
        <source>Try again. If it stays, tell the help line the code.</source>
        <translation>Проверьте ещё раз. Если не помогло, сообщите код линии помощи.</translation>
    </message>
    <message>
        <source>The institution answers.</source>
        <translation>Учебное заведение отвечает.</translation>
    </message>
    <message>
        <source>The institution cannot be reached.</source>
        <translation>Нет связи с учебным заведением.</translation>
    </message>
    <message>
        <source>Check the cable or Wi-Fi; open a web page to see whether the network works.</source>
        <translation>Проверьте кабель или Wi-Fi; откройте любую веб-страницу, чтобы узнать, работает ли сеть.</translation>
    </message>
    <message>
        <source>The address could not prove that it is the institution.</source>
        <translation>Этот адрес не смог доказать, что принадлежит учебному заведению.</translation>
    </message>
    <message>
        <source>Use another network, without a sign-in page of its own, or call the help line.</source>
        <translation>Подключитесь к другой сети, без собственной страницы входа, или позвоните на линию помощи.</translation>
    </message>
    <message>
        <source>The exam&apos;s clock follows the institution.</source>
        <translation>Часы экзамена идут по времени учебного заведения.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong by {seconds} s.</source>
        <translation>Часы этого компьютера расходятся на {seconds} с.</translation>
    </message>
    <message>
        <source>You need not change it: the exam&apos;s clock follows the institution.</source>
        <translation>Менять ничего не нужно: часы экзамена идут по времени учебного заведения.</translation>
    </message>
    <message>
        <source>{free_gb} GB are free.</source>
        <translation>Свободно {free_gb} ГБ.</translation>
    </message>
    <message>
        <source>{free_gb} GB are free, {needed_gb} GB are needed.</source>
        <translation>Свободно {free_gb} ГБ, нужно {needed_gb} ГБ.</translation>
    </message>
    <message>
        <source>Delete files you do not need, empty the recycle bin, then try again.</source>
        <translation>Удалите ненужные файлы, очистите корзину и проверьте ещё раз.</translation>
    </message>
    <message>
        <source>Sending is fast enough: {kbit} kbit/s.</source>
        <translation>Скорости отправки достаточно: {kbit} кбит/с.</translation>
    </message>
    <message>
        <source>Sending is slow: {kbit} kbit/s, {needed_kbit} kbit/s would be good.</source>
        <translation>Отправка медленная: {kbit} кбит/с, хорошо бы {needed_kbit} кбит/с.</translation>
    </message>
    <message>
        <source>You can begin: what cannot be sent in time is kept here and sent afterwards. Move closer to the Wi-Fi, or close what uses the network.</source>
        <translation>Можно начинать: то, что не успеет уйти, сохранится здесь и отправится позже. Подойдите ближе к Wi-Fi или закройте программы, которые занимают сеть.</translation>
    </message>
    <message>
        <source>The speed of sending could not be measured.</source>
        <translation>Не удалось измерить скорость отправки.</translation>
    </message>
    <message>
        <source>You can begin: what cannot be sent in time is kept here and sent afterwards.</source>
        <translation>Можно начинать: то, что не успеет уйти, сохранится здесь и отправится позже.</translation>
    </message>
    <message>
        <source>The picture is good: {width} × {height}.</source>
        <translation>Изображение хорошее: {width} × {height}.</translation>
    </message>
    <message>
        <source>No camera was found.</source>
        <translation>Камера не найдена.</translation>
    </message>
    <message>
        <source>Plug a camera in, or open the cover of the built-in one. Then try again.</source>
        <translation>Подключите камеру или откройте шторку встроенной. Затем проверьте ещё раз.</translation>
    </message>
    <message>
        <source>The camera does not open; most often another program is using it.</source>
        <translation>Камера не открывается; чаще всего её занимает другая программа.</translation>
    </message>
    <message>
        <source>The microphone does not open; most often another program is using it.</source>
        <translation>Микрофон не открывается; чаще всего его занимает другая программа.</translation>
    </message>
    <message>
        <source>Close the program that uses it (a call, a browser tab). Then try again.</source>
        <translation>Закройте программу, которая его занимает (звонок, вкладка браузера). Затем проверьте ещё раз.</translation>
    </message>
    <message>
        <source>The camera&apos;s picture is black.</source>
        <translation>Изображение с камеры чёрное.</translation>
    </message>
    <message>
        <source>Open its cover and switch on the light. Then try again.</source>
        <translation>Откройте шторку и включите свет. Затем проверьте ещё раз.</translation>
    </message>
    <message>
        <source>The camera shows hardly anything.</source>
        <translation>Камера почти ничего не показывает.</translation>
    </message>
    <message>
        <source>If something lies over the lens, take it away. If all is well, you can begin.</source>
        <translation>Если что-то закрывает объектив, уберите это. Если всё в порядке, можно начинать.</translation>
    </message>
    <message>
        <source>The camera&apos;s picture does not move.</source>
        <translation>Изображение с камеры застыло.</translation>
    </message>
    <message>
        <source>Unplug the camera, wait three seconds, plug it in. Then try again.</source>
        <translation>Отключите камеру, подождите три секунды, подключите снова. Затем проверьте ещё раз.</translation>
    </message>
    <message>
        <source>The system does not let us use the camera.</source>
        <translation>Система не разрешает использовать камеру.</translation>
    </message>
    <message>
        <source>Allow the camera for Senim in the system&apos;s privacy settings. Then try again.</source>
        <translation>Разрешите Senim доступ к камере в настройках конфиденциальности. Затем проверьте ещё раз.</translation>
    </message>
    <message>
        <source>This exam needs a real camera.</source>
        <translation>Для этого экзамена нужна настоящая камера.</translation>
    </message>
    <message>
        <source>Choose the computer&apos;s own camera from the list. Simulated devices are only for rehearsals.</source>
        <translation>Выберите в списке камеру самого компьютера. Имитация допустима только на пробных экзаменах.</translation>
    </message>
    <message>
        <source>The list of cameras and microphones could not be read.</source>
        <translation>Не удалось прочитать список камер и микрофонов.</translation>
    </message>
    <message>
        <source>Unplug devices you do not need, then try again.</source>
        <translation>Отключите ненужные устройства и проверьте ещё раз.</translation>
    </message>
    <message>
        <source>A part of this program that writes pictures is missing.</source>
        <translation>В программе не хватает части, которая записывает изображение.</translation>
    </message>
    <message>
        <source>Install Senim anew, or call the help line.</source>
        <translation>Установите Senim заново или позвоните на линию помощи.</translation>
    </message>
    <message>
        <source>A device does not do its work.</source>
        <translation>Одно из устройств не работает.</translation>
    </message>
    <message>
        <source>Unplug it, wait three seconds, plug it in. Then try again.</source>
        <translation>Отключите его, подождите три секунды, подключите снова. Затем проверьте ещё раз.</translation>
    </message>
    <message>
        <source>The camera stopped.</source>
        <translation>Камера остановилась.</translation>
    </message>
    <message>
        <source>Check its cable. Then try again.</source>
        <translation>Проверьте кабель. Затем проверьте ещё раз.</translation>
    </message>
    <message>
        <source>We hear you.</source>
        <translation>Мы вас слышим.</translation>
    </message>
    <message>
        <source>No microphone was found.</source>
        <translation>Микрофон не найден.</translation>
    </message>
    <message>
        <source>Plug a microphone or a headset in. Then try again.</source>
        <translation>Подключите микрофон или гарнитуру. Затем проверьте ещё раз.</translation>
    </message>
    <message>
        <source>The microphone gives no sound.</source>
        <translation>С микрофона нет звука.</translation>
    </message>
    <message>
        <source>Say a few words. Check that it is not muted, or choose another one.</source>
        <translation>Скажите несколько слов. Проверьте, не отключён ли звук, или выберите другой микрофон.</translation>
    </message>
    <message>
        <source>The system does not let us use the microphone.</source>
        <translation>Система не разрешает использовать микрофон.</translation>
    </message>
    <message>
        <source>Allow the microphone for Senim in the system&apos;s privacy settings. Then try again.</source>
        <translation>Разрешите Senim доступ к микрофону в настройках конфиденциальности. Затем проверьте ещё раз.</translation>
    </message>
    <message>
        <source>The microphone stopped.</source>
        <translation>Микрофон остановился.</translation>
    </message>
    <message>
        <source>The screen&apos;s picture is black or empty.</source>
        <translation>Изображение экрана чёрное или пустое.</translation>
    </message>
    <message>
        <source>Allow the recording of the screen when the system asks, start Senim anew if it says so. Under Wayland choose the whole screen in the system&apos;s question.</source>
        <translation>Разрешите запись экрана, когда система спросит; если она попросит, запустите Senim заново. В Wayland выберите в вопросе системы весь экран.</translation>
    </message>
    <message>
        <source>The system gives no picture of the screen.</source>
        <translation>Система не даёт изображения экрана.</translation>
    </message>
    <message>
        <source>The system does not let us record the screen.</source>
        <translation>Система не разрешает запись экрана.</translation>
    </message>
    <message>
        <source>Allow screen recording for Senim in the system&apos;s privacy settings, then start Senim anew.</source>
        <translation>Разрешите Senim запись экрана в настройках конфиденциальности и запустите Senim заново.</translation>
    </message>
    <message>
        <source>No screen was found.</source>
        <translation>Экран не найден.</translation>
    </message>
    <message>
        <source>Check the screen&apos;s cable. Then try again.</source>
        <translation>Проверьте кабель экрана. Затем проверьте ещё раз.</translation>
    </message>
    <message>
        <source>The picture of this screen stopped.</source>
        <translation>Изображение этого экрана остановилось.</translation>
    </message>
</context>
<context>
    <name>CheckWords</name>
    <message>
        <source>This computer is ready.</source>
        <translation>Этот компьютер готов.</translation>
    </message>
    <message>
        <source>This computer is not ready yet.</source>
        <translation>Этот компьютер ещё не готов.</translation>
    </message>
</context>
<context>
    <name>CloseQuestion</name>
    <message>
        <source>Close before everything is delivered?</source>
        <translation>Закрыть, пока не всё доставлено?</translation>
    </message>
    <message>
        <source>Your exam is handed in and sealed on this computer. The rest is sent in the background, or when Senim is started here again.</source>
        <translation>Ваш экзамен сдан и запечатан на этом компьютере. Остальное отправится в фоне или когда Senim снова запустят здесь.</translation>
    </message>
    <message>
        <source>The receipt is shown once everything has arrived.</source>
        <translation>Квитанция появится, когда всё дойдёт.</translation>
    </message>
    <message>
        <source>Close in the middle of the exam?</source>
        <translation>Закрыть посреди экзамена?</translation>
    </message>
    <message>
        <source>Nothing is lost: your answers and the recording until now are kept.</source>
        <translation>Ничего не пропадёт: ваши ответы и запись до этого момента сохранены.</translation>
    </message>
    <message>
        <source>The exam&apos;s clock goes on, the recording stops, and the gap is noted. Start Senim again to go on; you show your face once more.</source>
        <translation>Время экзамена идёт дальше, запись останавливается, разрыв отмечается в журнале. Чтобы продолжить, запустите Senim снова; нужно будет ещё раз показать лицо.</translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation>Остаться</translation>
    </message>
    <message>
        <source>Close Senim</source>
        <translation>Закрыть Senim</translation>
    </message>
</context>
<context>
    <name>ConsentPage</name>
    <message>
        <source>Go on on this computer</source>
        <translation>Продолжить на этом компьютере</translation>
    </message>
    <message>
        <source>What is recorded, and why</source>
        <translation>Что записывается и зачем</translation>
    </message>
    <message>
        <source>The days count from your hand-in. If the decision about your exam is still open then, the recording is kept until it is made.</source>
        <translation>Дни считаются от сдачи экзамена. Если решения по вашему экзамену к тому времени ещё нет, запись хранится, пока его не примут.</translation>
    </message>
    <message>
        <source>This is a rehearsal: the result of the next check goes to the institution, so that its invigilators and administrators can help you before the exam. It tells the state of camera, microphone, screens, disk and network, other programs that disturb, this program&apos;s version and the system: no picture, no sound. Only the newest result of this computer is kept.</source>
        <translation>Это пробный экзамен: результат следующей проверки отправляется в учебное заведение, чтобы прокторы и администраторы могли помочь вам до экзамена. В нём состояние камеры, микрофона, экранов, диска и сети, мешающие программы, версия этой программы и система: ни изображений, ни звука. Хранится только последний результат этого компьютера.</translation>
    </message>
    <message>
        <source>The program only marks moments to look at. It gives no grade and no verdict: a person decides, and you can answer and appeal.</source>
        <translation>Программа лишь отмечает моменты, на которые стоит взглянуть. Она не ставит оценок и не выносит решений: решает человек, а вы можете ответить и подать апелляцию.</translation>
    </message>
    <message>
        <source>I have read this and agree to the recording of this exam</source>
        <translation>Всё прочитано, даю согласие на запись этого экзамена</translation>
    </message>
    <message>
        <source>Version of this text: {version}. It is kept with the time of your consent. If you do not agree, go back: nothing is recorded. Then ask the institution for another way to sit the exam.</source>
        <translation>Версия этого текста: {version}. Она хранится вместе со временем вашего согласия. Если вы не согласны, вернитесь назад: ничего не записывается. Затем попросите учебное заведение о другом способе сдать экзамен.</translation>
    </message>
    <message>
        <source>Back to my exams</source>
        <translation>К моим экзаменам</translation>
    </message>
    <message>
        <source>Opening the exam…</source>
        <translation>Экзамен открывается…</translation>
    </message>
    <message>
        <source>I agree, continue</source>
        <translation>Даю согласие, продолжить</translation>
    </message>
    <message>
        <source>Next: a check of camera, microphone and screen. Nothing is recorded yet.</source>
        <translation>Далее: проверка камеры, микрофона и экрана. Пока ничего не записывается.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Что записывается</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Зачем</translation>
    </message>
    <message>
        <source>Who sees it</source>
        <translation>Кто видит</translation>
    </message>
    <message>
        <source>Until when</source>
        <translation>До какого времени</translation>
    </message>
    <message>
        <source>invigilators and the commission</source>
        <translation>прокторы и комиссия</translation>
    </message>
    <message>
        <source>All your screens</source>
        <translation>Все ваши экраны</translation>
    </message>
    <message>
        <source>to show how the work was done</source>
        <translation>чтобы показать, как выполнялась работа</translation>
    </message>
    <message>
        <source>The camera&apos;s picture</source>
        <translation>Изображение с камеры</translation>
    </message>
    <message>
        <source>to show who sits the exam</source>
        <translation>чтобы показать, кто сдаёт экзамен</translation>
    </message>
    <message>
        <source>The microphone&apos;s sound</source>
        <translation>Звук с микрофона</translation>
    </message>
    <message>
        <source>to show that nobody dictates</source>
        <translation>чтобы показать, что никто не подсказывает</translation>
    </message>
    <message>
        <source>A comparison of your face</source>
        <translation>Сравнение вашего лица</translation>
    </message>
    <message>
        <source>to confirm that it is you, with the picture the institution has</source>
        <translation>чтобы подтвердить, что это вы, по фотографии в учебном заведении</translation>
    </message>
    <message>
        <source>The program in front, the network, how much is copied (never what), hints about the computer</source>
        <translation>Активная программа, сеть, сколько текста копируется (но не какой), признаки о компьютере</translation>
    </message>
    <message>
        <source>your teachers, invigilators and the commission</source>
        <translation>ваши преподаватели, прокторы и комиссия</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s), then erased</source>
        <translation>
            <numerusform>%n день, затем удаление</numerusform>
            <numerusform>%n дня, затем удаление</numerusform>
            <numerusform>%n дней, затем удаление</numerusform>
        </translation>
    </message>
    <message>
        <source>to explain gaps and moments</source>
        <translation>чтобы объяснить разрывы и отмеченные моменты</translation>
    </message>
    <message>
        <source>Your answers</source>
        <translation>Ваши ответы</translation>
    </message>
    <message>
        <source>to be graded</source>
        <translation>для оценки</translation>
    </message>
    <message>
        <source>as long as exam papers are kept</source>
        <translation>пока хранятся экзаменационные работы</translation>
    </message>
    <message>
        <source>as the institution&apos;s rules say</source>
        <translation>по правилам учебного заведения</translation>
    </message>
</context>
<context>
    <name>DeliverySaver</name>
    <message>
        <source>Save somewhere else…</source>
        <translation>Сохранить в другом месте…</translation>
    </message>
    <message>
        <source>Save for delivery…</source>
        <translation>Сохранить для доставки…</translation>
    </message>
    <message>
        <source>Writing {done} of {total} MB. Leave the stick in.</source>
        <translation>Записано {done} из {total} МБ. Не вынимайте флешку.</translation>
    </message>
    <message>
        <source>Saved as {file}, {size} MB. You may take the stick out now. Bring the file to the institution, or hand it in at its site from any computer: it ends in the same receipt. Code to compare: {code}.</source>
        <translation>Сохранено под именем {file}, {size} МБ. Флешку можно вынуть. Принесите файл в учебное заведение или сдайте его на сайте с любого компьютера: квитанция будет та же. Код для сверки: {code}.</translation>
    </message>
    <message>
        <source>Save for delivery</source>
        <translation>Сохранить для доставки</translation>
    </message>
</context>
<context>
    <name>DeviceTexts</name>
    <message>
        <source>The exam goes on; it is noted how long this lasts.</source>
        <translation>Экзамен продолжается; отмечается, сколько это длится.</translation>
    </message>
    <message>
        <source>The camera&apos;s picture is black.</source>
        <translation>Изображение с камеры чёрное.</translation>
    </message>
    <message>
        <source>Open its cover, or switch on the light.</source>
        <translation>Откройте её шторку или включите свет.</translation>
    </message>
    <message>
        <source>The camera shows hardly anything.</source>
        <translation>Камера почти ничего не показывает.</translation>
    </message>
    <message>
        <source>If something lies over the lens, take it away. If all is well, just go on.</source>
        <translation>Если что-то закрывает объектив, уберите это. Если всё в порядке, просто продолжайте.</translation>
    </message>
    <message>
        <source>The camera&apos;s picture does not move.</source>
        <translation>Изображение с камеры не движется.</translation>
    </message>
    <message>
        <source>If you can, unplug the camera and plug it in again. Else just go on.</source>
        <translation>Если можете, отключите камеру и подключите снова. Если нет, просто продолжайте.</translation>
    </message>
    <message>
        <source>The camera&apos;s picture is back.</source>
        <translation>Изображение с камеры снова есть.</translation>
    </message>
    <message>
        <source>We cannot see your face.</source>
        <translation>Мы не видим вашего лица.</translation>
    </message>
    <message>
        <source>The exam goes on; a person may look at this moment later.</source>
        <translation>Экзамен продолжается; этот момент позже может посмотреть человек.</translation>
    </message>
    <message>
        <source>If you can, sit so that the camera sees your face. Nothing should cover it, or the lens.</source>
        <translation>Если можете, сядьте так, чтобы камера видела ваше лицо. Ни его, ни объектив ничто не должно закрывать.</translation>
    </message>
    <message>
        <source>Another camera is recorded now: {name}.</source>
        <translation>Теперь записывается другая камера: {name}.</translation>
    </message>
    <message>
        <source>The exam goes on; the change is noted.</source>
        <translation>Экзамен продолжается; замена отмечена.</translation>
    </message>
    <message>
        <source>If you did not want this, plug the other camera in again.</source>
        <translation>Если вы этого не хотели, подключите прежнюю камеру снова.</translation>
    </message>
    <message>
        <source>The microphone is muted.</source>
        <translation>Микрофон выключен.</translation>
    </message>
    <message>
        <source>Switch it on: a button on the headset or keyboard, or the system&apos;s sound settings.</source>
        <translation>Включите его: кнопкой на гарнитуре или клавиатуре либо в настройках звука системы.</translation>
    </message>
    <message>
        <source>The microphone gives hardly any sound.</source>
        <translation>С микрофона почти нет звука.</translation>
    </message>
    <message>
        <source>Check its cable and its volume in the system&apos;s sound settings.</source>
        <translation>Проверьте его кабель и громкость в настройках звука системы.</translation>
    </message>
    <message>
        <source>The microphone gives sound again.</source>
        <translation>С микрофона снова есть звук.</translation>
    </message>
    <message>
        <source>Another microphone is recorded now: {name}.</source>
        <translation>Теперь записывается другой микрофон: {name}.</translation>
    </message>
    <message>
        <source>If you did not want this, plug the other microphone in again.</source>
        <translation>Если вы этого не хотели, подключите прежний микрофон снова.</translation>
    </message>
</context>
<context>
    <name>ExamBar</name>
    <message>
        <source>Hand in…</source>
        <translation>Сдать…</translation>
    </message>
    <message>
        <source>kept in this window</source>
        <translation>хранится в этом окне</translation>
    </message>
    <message>
        <source>no answers yet</source>
        <translation>ответов пока нет</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>сохраняется…</translation>
    </message>
    <message numerus="yes">
        <source>saved on this computer, %n answer(s) on the way</source>
        <translation>
            <numerusform>сохранено на этом компьютере, %n ответ в пути</numerusform>
            <numerusform>сохранено на этом компьютере, %n ответа в пути</numerusform>
            <numerusform>сохранено на этом компьютере, %n ответов в пути</numerusform>
        </translation>
    </message>
    <message>
        <source>saved and delivered</source>
        <translation>сохранено и доставлено</translation>
    </message>
    <message>
        <source>online</source>
        <translation>сеть есть</translation>
    </message>
    <message>
        <source>slow network, {size} MB waiting</source>
        <translation>медленная сеть, в очереди {size} МБ</translation>
    </message>
    <message>
        <source>no network, {size} MB kept here</source>
        <translation>сети нет, здесь хранится {size} МБ</translation>
    </message>
    <message>
        <source>Time left: {time}</source>
        <translation>Осталось времени: {time}</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>до {time}</translation>
    </message>
    <message>
        <source>until {time}, by this computer&apos;s clock</source>
        <translation>до {time}, по часам этого компьютера</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>пауза</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>Осталась %n минута</numerusform>
            <numerusform>Осталось %n минуты</numerusform>
            <numerusform>Осталось %n минут</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExamCard</name>
    <message>
        <source>opens later</source>
        <translation>откроется позже</translation>
    </message>
    <message>
        <source>open now</source>
        <translation>открыт</translation>
    </message>
    <message>
        <source>begun, you can go on</source>
        <translation>начат, можно продолжить</translation>
    </message>
    <message>
        <source>handed in</source>
        <translation>сдан</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>закрыт</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n минута</numerusform>
            <numerusform>%n минуты</numerusform>
            <numerusform>%n минут</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n extra minute(s) for you</source>
        <translation>
            <numerusform>и ещё %n дополнительная минута для вас</numerusform>
            <numerusform>и ещё %n дополнительные минуты для вас</numerusform>
            <numerusform>и ещё %n дополнительных минут для вас</numerusform>
        </translation>
    </message>
    <message>
        <source>a rehearsal: it does not count</source>
        <translation>пробный экзамен: результат не засчитывается</translation>
    </message>
</context>
<context>
    <name>ExamFoot</name>
    <message>
        <source>Marked</source>
        <translation>Отмечен</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Отметить</translation>
    </message>
    <message>
        <source>Hide my picture</source>
        <translation>Скрыть моё изображение</translation>
    </message>
    <message>
        <source>Show my picture</source>
        <translation>Показать моё изображение</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Далее</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Уменьшить текст</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Увеличить текст</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
    <message>
        <source>Keyboard shortcuts (F1)</source>
        <translation>Сочетания клавиш (F1)</translation>
    </message>
</context>
<context>
    <name>ExamPage</name>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>Question {number} of {total}</source>
        <translation>Вопрос {number} из {total}</translation>
    </message>
    <message>
        <source>{points} points</source>
        <translation>{points} балла</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n балл</numerusform>
            <numerusform>%n балла</numerusform>
            <numerusform>%n баллов</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose one answer.</source>
        <translation>Выберите один ответ.</translation>
    </message>
    <message>
        <source>Choose every right answer.</source>
        <translation>Выберите все верные ответы.</translation>
    </message>
    <message>
        <source>Clear my choice</source>
        <translation>Снять мой выбор</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>Ваш ответ</translation>
    </message>
    <message>
        <source>Question {number}</source>
        <translation>Вопрос {number}</translation>
    </message>
    <message>
        <source>to read, no answer is needed</source>
        <translation>для чтения, ответ не нужен</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>есть ответ</translation>
    </message>
    <message>
        <source>open</source>
        <translation>без ответа</translation>
    </message>
    <message>
        <source>marked</source>
        <translation>отмечен</translation>
    </message>
</context>
<context>
    <name>ExamsPage</name>
    <message>
        <source>My exams</source>
        <translation>Мои экзамены</translation>
    </message>
    <message>
        <source>Signed in as {name}.</source>
        <translation>Вы вошли как {name}.</translation>
    </message>
    <message>
        <source>Refresh the list</source>
        <translation>Обновить список</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>No exam is planned for you at present. If you expected one, tell the help line.</source>
        <translation>Сейчас для вас не запланировано экзаменов. Если вы ждали экзамен, сообщите линии помощи.</translation>
    </message>
    <message>
        <source>Asking the institution for your exams…</source>
        <translation>Запрашиваем ваши экзамены у учебного заведения…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Back to the questions…</source>
        <translation>Возвращаемся к вопросам…</translation>
    </message>
    <message>
        <source>Next: your questions and answers. The recording goes on at once.</source>
        <translation>Далее: ваши вопросы и ответы. Запись сразу продолжится.</translation>
    </message>
    <message>
        <source>Choose an exam that is open.</source>
        <translation>Выберите открытый экзамен.</translation>
    </message>
    <message>
        <source>Next: what will be recorded, and why.</source>
        <translation>Далее: что будет записано и зачем.</translation>
    </message>
</context>
<context>
    <name>FileBox</name>
    <message>
        <source>“{name}” was removed.</source>
        <translation>«{name}» убран.</translation>
    </message>
    <message>
        <source>Attached files</source>
        <translation>Прикреплённые файлы</translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation>Прикрепить файл…</translation>
    </message>
    <message>
        <source>Attach a file. Files can also be dropped here.</source>
        <translation>Прикрепить файл. Файлы можно и перетащить сюда.</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Вернуть</translation>
    </message>
</context>
<context>
    <name>FileDesk</name>
    <message>
        <source>Attach a file</source>
        <translation>Прикрепить файл</translation>
    </message>
    <message>
        <source>“{name}” is attached</source>
        <translation>«{name}» прикреплён</translation>
    </message>
    <message>
        <source>being copied, {percent} %</source>
        <translation>копируется, {percent} %</translation>
    </message>
</context>
<context>
    <name>FileDialog</name>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Имя файла</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Вверх</translation>
    </message>
    <message>
        <source>One folder up</source>
        <translation>На одну папку выше</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Files in {folder}</source>
        <translation>Файлы в папке {folder}</translation>
    </message>
    <message>
        <source>Reading the folder…</source>
        <translation>Читаем папку…</translation>
    </message>
    <message>
        <source>This name cannot be used here. Choose another.</source>
        <translation>Такое имя здесь нельзя использовать. Выберите другое.</translation>
    </message>
    <message>
        <source>This folder cannot be read. Choose another.</source>
        <translation>Эту папку не удаётся прочитать. Выберите другую.</translation>
    </message>
    <message>
        <source>There is nothing to show in this folder.</source>
        <translation>В этой папке нечего показать.</translation>
    </message>
</context>
<context>
    <name>FileLine</name>
    <message>
        <source>Replace…</source>
        <translation>Заменить…</translation>
    </message>
    <message>
        <source>Replace “{name}”</source>
        <translation>Заменить «{name}»</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Remove “{name}”</source>
        <translation>Убрать «{name}»</translation>
    </message>
</context>
<context>
    <name>FileList</name>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Изменён</translation>
    </message>
    <message>
        <source>{name}, folder</source>
        <translation>{name}, папка</translation>
    </message>
</context>
<context>
    <name>FileTexts</name>
    <message>
        <source>What is attached already stays attached, and the exam goes on.</source>
        <translation>Уже прикреплённые файлы остаются, экзамен продолжается.</translation>
    </message>
    <message>
        <source>This file is empty and was not attached.</source>
        <translation>Этот файл пуст, поэтому он не прикреплён.</translation>
    </message>
    <message>
        <source>Save your work in its program once more, then attach the file again.</source>
        <translation>Сохраните работу в её программе ещё раз и прикрепите файл снова.</translation>
    </message>
    <message>
        <source>This file is too large and was not attached; {most_mb} MB are allowed.</source>
        <translation>Этот файл слишком велик и не прикреплён; допускается {most_mb} МБ.</translation>
    </message>
    <message>
        <source>Save it smaller, for example with smaller pictures, and attach that.</source>
        <translation>Сохраните его в меньшем размере, например с меньшими картинками, и прикрепите снова.</translation>
    </message>
    <message>
        <source>This kind of file is not taken here. These are: {kinds}.</source>
        <translation>Файлы такого вида здесь не принимаются. Принимаются: {kinds}.</translation>
    </message>
    <message>
        <source>Save your work in one of these kinds and attach that file.</source>
        <translation>Сохраните работу в одном из этих видов и прикрепите тот файл.</translation>
    </message>
    <message>
        <source>This file is not there any more and was not attached.</source>
        <translation>Этого файла больше нет на месте, поэтому он не прикреплён.</translation>
    </message>
    <message>
        <source>Look where it lies now; if it was on a stick, plug the stick in. Then attach it again.</source>
        <translation>Посмотрите, где он теперь; если он был на флешке, вставьте её. Затем прикрепите его снова.</translation>
    </message>
    <message>
        <source>This file cannot be read and was not attached.</source>
        <translation>Этот файл не читается, поэтому он не прикреплён.</translation>
    </message>
    <message>
        <source>Close it in the program that has it open, or save a copy of it, and attach that.</source>
        <translation>Закройте его в программе, где он открыт, или сохраните копию и прикрепите её.</translation>
    </message>
    <message>
        <source>This is no file but a folder or something else, and was not attached.</source>
        <translation>Это не файл, а папка или что-то другое, поэтому прикрепить это нельзя.</translation>
    </message>
    <message>
        <source>Choose the file itself. Several files can be packed into one archive if archives are taken.</source>
        <translation>Выберите сам файл. Если принимаются архивы, несколько файлов можно сложить в один архив.</translation>
    </message>
    <message>
        <source>No more files can be attached to this question.</source>
        <translation>К этому вопросу больше файлов прикрепить нельзя.</translation>
    </message>
    <message>
        <source>Remove one that is not needed, or replace it.</source>
        <translation>Уберите ненужный или замените его.</translation>
    </message>
    <message>
        <source>There is not enough room on this computer: {needed_mb} MB are needed, {free_mb} MB are free.</source>
        <translation>На этом компьютере не хватает места: нужно {needed_mb} МБ, свободно {free_mb} МБ.</translation>
    </message>
    <message>
        <source>Delete files you do not need, then attach this one again.</source>
        <translation>Удалите ненужные файлы и прикрепите этот снова.</translation>
    </message>
    <message>
        <source>All that was attached in this exam would be more than {most_mb} MB.</source>
        <translation>Всё прикреплённое на этом экзамене превысило бы {most_mb} МБ.</translation>
    </message>
    <message>
        <source>Files that were removed or replaced count too, because they stay in the recording.</source>
        <translation>Убранные и заменённые файлы тоже считаются, потому что остаются в записи.</translation>
    </message>
    <message>
        <source>Attach a smaller file, or call the help line.</source>
        <translation>Прикрепите файл поменьше или позвоните на линию помощи.</translation>
    </message>
    <message>
        <source>This file could not be kept on this computer and was not attached.</source>
        <translation>Этот файл не удалось сохранить на этом компьютере, поэтому он не прикреплён.</translation>
    </message>
    <message>
        <source>Try once more. If it stays so, call the help line now.</source>
        <translation>Попробуйте ещё раз. Если не получится, позвоните на линию помощи сейчас.</translation>
    </message>
    <message>
        <source>The exam ended before this file was copied, so it was not attached.</source>
        <translation>Экзамен закончился раньше, чем этот файл скопировался, поэтому он не прикреплён.</translation>
    </message>
    <message>
        <source>Everything that was attached before is handed in.</source>
        <translation>Всё, что было прикреплено раньше, сдано.</translation>
    </message>
    <message>
        <source>Tell the invigilator if this file belongs to your work.</source>
        <translation>Скажите проктору, если этот файл относится к вашей работе.</translation>
    </message>
    <message>
        <source>The institution&apos;s server takes no more attached files of this exam.</source>
        <translation>Сервер учебного заведения больше не принимает прикреплённых файлов этого экзамена.</translation>
    </message>
    <message>
        <source>The files are kept sealed on this computer; the exam goes on.</source>
        <translation>Файлы хранятся запечатанными на этом компьютере; экзамен продолжается.</translation>
    </message>
    <message>
        <source>Tell the invigilator: the institution can raise its limit, and the files are sent then.</source>
        <translation>Скажите проктору: учебное заведение может поднять предел, и тогда файлы отправятся.</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} МБ</translation>
    </message>
    <message>
        <source>{size} KB</source>
        <translation>{size} КБ</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n байт</numerusform>
            <numerusform>%n байта</numerusform>
            <numerusform>%n байт</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Up to %n file(s), each up to {size}.</source>
        <translation>
            <numerusform>Один файл размером до {size}.</numerusform>
            <numerusform>До %n файлов, каждый до {size}.</numerusform>
            <numerusform>До %n файлов, каждый до {size}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Kinds: {kinds}.</source>
        <translation>Виды: {kinds}.</translation>
    </message>
    <message numerus="yes">
        <source>At least %n is expected.</source>
        <translation>
            <numerusform>Нужен хотя бы %n.</numerusform>
            <numerusform>Нужно хотя бы %n.</numerusform>
            <numerusform>Нужно хотя бы %n.</numerusform>
        </translation>
    </message>
    <message>
        <source>attached on another computer</source>
        <translation>прикреплён на другом компьютере</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>доставлен</translation>
    </message>
    <message>
        <source>saved on this computer</source>
        <translation>сохранён на этом компьютере</translation>
    </message>
</context>
<context>
    <name>HandInPage</name>
    <message>
        <source>Your exam is being handed in</source>
        <translation>Ваш экзамен сдаётся</translation>
    </message>
    <message>
        <source>Your answers are fixed. The recording has ended.</source>
        <translation>Ваши ответы зафиксированы. Запись окончена.</translation>
    </message>
    <message>
        <source>Sealing the last piece of the recording</source>
        <translation>Запечатывается последний фрагмент записи</translation>
    </message>
    <message>
        <source>Sending the rest of the recording to the institution</source>
        <translation>Остаток записи отправляется в учебное заведение</translation>
    </message>
    <message>
        <source>The institution checks that everything arrived</source>
        <translation>Учебное заведение проверяет, что всё дошло</translation>
    </message>
    <message>
        <source>Everything has arrived</source>
        <translation>Всё дошло</translation>
    </message>
    <message>
        <source>Sealed, to be delivered: waiting for the network</source>
        <translation>Запечатано, ждёт доставки: нет сети</translation>
    </message>
    <message>
        <source>Sealed, to be delivered: the recording waits for a line you do not pay for</source>
        <translation>Запечатано, ждёт доставки: запись ждёт сети, за которую вы не платите</translation>
    </message>
    <message>
        <source>The sending was interrupted and is being restarted</source>
        <translation>Отправка прервалась и запускается заново</translation>
    </message>
    <message>
        <source>Your work is sealed under the code {code}. Write it down.</source>
        <translation>Ваша работа запечатана, её код: {code}. Запишите его.</translation>
    </message>
    <message>
        <source>Everything is sealed and safe on this computer. You may close Senim; start it here again when there is a network, and the rest is sent. The institution sees when you handed in.</source>
        <translation>Всё запечатано и надёжно хранится на этом компьютере. Senim можно закрыть; когда появится сеть, запустите его здесь снова, и остаток отправится. Учебное заведение увидит, когда вы сдали экзамен.</translation>
    </message>
    <message>
        <source>Please stay until the receipt appears. If you must leave, nothing is lost: the rest is sent when Senim runs on this computer again.</source>
        <translation>Пожалуйста, дождитесь квитанции. Если нужно уйти, ничего не пропадёт: остаток отправится, когда Senim снова запустят на этом компьютере.</translation>
    </message>
    <message>
        <source>Next: your receipt.</source>
        <translation>Далее: ваша квитанция.</translation>
    </message>
    <message>
        <source>Sent {sent} of {total} MB at {rate} kB/s, {time} left</source>
        <translation>Отправлено {sent} из {total} МБ, {rate} кБ/с, осталось {time}</translation>
    </message>
    <message>
        <source>Sent {sent} of {total} MB, {time} left</source>
        <translation>Отправлено {sent} из {total} МБ, осталось {time}</translation>
    </message>
    <message>
        <source>Sent {sent} of {total} MB</source>
        <translation>Отправлено {sent} из {total} МБ</translation>
    </message>
</context>
<context>
    <name>HandInQuestion</name>
    <message numerus="yes">
        <source>%n question(s) have no answer yet:</source>
        <translation>
            <numerusform>%n вопрос пока без ответа:</numerusform>
            <numerusform>%n вопроса пока без ответа:</numerusform>
            <numerusform>%n вопросов пока без ответа:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n question(s) have an answer.</source>
        <translation>
            <numerusform>На все вопросы есть ответ (всего %n).</numerusform>
            <numerusform>На все вопросы есть ответ (всего %n).</numerusform>
            <numerusform>На все вопросы есть ответ (всего %n).</numerusform>
        </translation>
    </message>
    <message>
        <source>Hand in now?</source>
        <translation>Сдать сейчас?</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) are marked to look at again:</source>
        <translation>
            <numerusform>%n вопрос отмечен, чтобы вернуться к нему:</numerusform>
            <numerusform>%n вопроса отмечены, чтобы вернуться к ним:</numerusform>
            <numerusform>%n вопросов отмечены, чтобы вернуться к ним:</numerusform>
        </translation>
    </message>
    <message>
        <source>After handing in, answers cannot be changed. Recording ends.</source>
        <translation>После сдачи ответы изменить нельзя. Запись закончится.</translation>
    </message>
    <message>
        <source>Back to the questions</source>
        <translation>Вернуться к вопросам</translation>
    </message>
    <message>
        <source>Hand in now</source>
        <translation>Сдать сейчас</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are still being copied. Handed in now, they would be left out.</source>
        <translation>
            <numerusform>%n файл ещё копируется. Если сдать сейчас, он не войдёт в работу.</numerusform>
            <numerusform>%n файла ещё копируются. Если сдать сейчас, они не войдут в работу.</numerusform>
            <numerusform>%n файлов ещё копируются. Если сдать сейчас, они не войдут в работу.</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to question {number}</source>
        <translation>Перейти к вопросу {number}</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>и ещё %n</numerusform>
            <numerusform>и ещё %n</numerusform>
            <numerusform>и ещё %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IdentityPage</name>
    <message>
        <source>Is it you?</source>
        <translation>Это вы?</translation>
    </message>
    <message>
        <source>We compare your face with the picture your institution has of you.</source>
        <translation>Мы сравним ваше лицо с вашей фотографией в учебном заведении.</translation>
    </message>
    <message>
        <source>The comparison is made on this computer, and again by your institution from the recording. Invigilators see the results and the pictures; if it is unclear, a person decides.</source>
        <translation>Сравнение выполняется на этом компьютере и ещё раз в учебном заведении, по записи. Результаты и снимки видят прокторы; если неясно, решает человек.</translation>
    </message>
    <message>
        <source>Live picture of your camera</source>
        <translation>Изображение с вашей камеры</translation>
    </message>
    <message>
        <source>The camera&apos;s picture appears here.</source>
        <translation>Здесь появится изображение с камеры.</translation>
    </message>
    <message>
        <source>Progress of the comparison</source>
        <translation>Ход сравнения</translation>
    </message>
    <message>
        <source>I cannot do this</source>
        <translation>Я не могу это сделать</translation>
    </message>
    <message>
        <source>Ask me for another movement</source>
        <translation>Попросить другое движение</translation>
    </message>
    <message>
        <source>Try once more</source>
        <translation>Попробовать ещё раз</translation>
    </message>
    <message>
        <source>Sit so that your face fits the oval.</source>
        <translation>Сядьте так, чтобы лицо помещалось в овал.</translation>
    </message>
    <message>
        <source>You will be asked to look straight, to turn your head and to blink. It takes half a minute. If you cannot do a movement, you can ask for another one. When you press the button, the recording of the exam begins.</source>
        <translation>Мы попросим посмотреть прямо, повернуть голову и моргнуть. Это займёт полминуты. Если какое-то движение вам не по силам, попросите заменить его другим. Когда вы нажмёте кнопку, начнётся запись экзамена.</translation>
    </message>
    <message>
        <source>Look straight at the camera</source>
        <translation>Смотрите прямо в камеру</translation>
    </message>
    <message>
        <source>Turn your head to the left</source>
        <translation>Поверните голову налево</translation>
    </message>
    <message>
        <source>Turn your head to the right</source>
        <translation>Поверните голову направо</translation>
    </message>
    <message>
        <source>Blink once or twice</source>
        <translation>Моргните один-два раза</translation>
    </message>
    <message>
        <source>Lower your head, then look straight again</source>
        <translation>Опустите голову, затем снова посмотрите прямо</translation>
    </message>
    <message>
        <source>Raise your head, then look straight again</source>
        <translation>Поднимите голову, затем снова посмотрите прямо</translation>
    </message>
    <message>
        <source>Open your mouth, then close it again</source>
        <translation>Откройте рот, затем закройте его</translation>
    </message>
    <message>
        <source>Come closer to the camera, or bring it closer, and stay there</source>
        <translation>Придвиньтесь к камере или придвиньте её к себе и останьтесь так</translation>
    </message>
    <message>
        <source>Hold still for a moment</source>
        <translation>Замрите на мгновение</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Сравниваем…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>We cannot see your face. Please move into the oval.</source>
        <translation>Мы не видим вашего лица. Пожалуйста, переместитесь в овал.</translation>
    </message>
    <message>
        <source>We see more than one face. Please sit alone before the camera.</source>
        <translation>Мы видим больше одного лица. Пожалуйста, сядьте перед камерой одни.</translation>
    </message>
    <message>
        <source>Please come a little closer.</source>
        <translation>Пожалуйста, сядьте чуть ближе.</translation>
    </message>
    <message>
        <source>Please move back a little.</source>
        <translation>Пожалуйста, отодвиньтесь немного назад.</translation>
    </message>
    <message>
        <source>It is too dark. Please move into the light.</source>
        <translation>Слишком темно. Пожалуйста, сядьте ближе к свету.</translation>
    </message>
    <message>
        <source>It is too bright. Please turn away from the window or lamp.</source>
        <translation>Слишком ярко. Пожалуйста, отвернитесь от окна или лампы.</translation>
    </message>
    <message>
        <source>The picture is blurred. Please hold still, or wipe the camera.</source>
        <translation>Изображение размыто. Пожалуйста, не двигайтесь или протрите камеру.</translation>
    </message>
    <message>
        <source>Please face the camera.</source>
        <translation>Пожалуйста, повернитесь лицом к камере.</translation>
    </message>
    <message>
        <source>A part of your face is covered. If you can, uncover it; if not, choose “I cannot do this”.</source>
        <translation>Часть лица закрыта. Если можете, откройте её; если нет, выберите «Я не могу это сделать».</translation>
    </message>
    <message>
        <source>Thank you, it is you.</source>
        <translation>Спасибо, это вы.</translation>
    </message>
    <message>
        <source>The pictures agree.</source>
        <translation>Снимки совпадают.</translation>
    </message>
    <message>
        <source>The pictures do not agree well enough.</source>
        <translation>Снимки совпадают недостаточно хорошо.</translation>
    </message>
    <message>
        <source>This happens with new glasses, light or an old picture. You can try once more or go on: an invigilator looks at it and decides.</source>
        <translation>Так бывает из-за новых очков, света или старой фотографии. Попробуйте ещё раз или продолжайте: проктор посмотрит и решит.</translation>
    </message>
    <message>
        <source>An invigilator will confirm that it is you.</source>
        <translation>Проктор подтвердит, что это вы.</translation>
    </message>
    <message>
        <source>You can go on now. Nothing is held against you.</source>
        <translation>Можно продолжать. Это никак вам не повредит.</translation>
    </message>
    <message>
        <source>Begin the recording</source>
        <translation>Начать запись</translation>
    </message>
    <message>
        <source>Next: the recording begins and you are asked to look and turn.</source>
        <translation>Далее: начнётся запись, и мы попросим посмотреть и повернуться.</translation>
    </message>
    <message>
        <source>Open the questions</source>
        <translation>Открыть вопросы</translation>
    </message>
    <message>
        <source>Next: the questions. Your time has not started.</source>
        <translation>Далее: вопросы. Ваше время ещё не пошло.</translation>
    </message>
    <message>
        <source>Please wait…</source>
        <translation>Подождите…</translation>
    </message>
    <message numerus="yes">
        <source>Your time starts with the questions: %n minute(s).</source>
        <translation>
            <numerusform>Ваше время пойдёт вместе с вопросами: %n минута.</numerusform>
            <numerusform>Ваше время пойдёт вместе с вопросами: %n минуты.</numerusform>
            <numerusform>Ваше время пойдёт вместе с вопросами: %n минут.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your time starts with the questions.</source>
        <translation>Ваше время пойдёт вместе с вопросами.</translation>
    </message>
    <message>
        <source>Nothing else can be asked for here. If you cannot do this either, choose “I cannot do this”.</source>
        <translation>Здесь больше нечего предложить. Если и это вам не по силам, выберите «Я не могу это сделать».</translation>
    </message>
</context>
<context>
    <name>LostTexts</name>
    <message>
        <source>{network}. {stopped}.</source>
        <translation>{network}. {stopped}.</translation>
    </message>
    <message>
        <source>{part}.</source>
        <translation>{part}.</translation>
    </message>
    <message>
        <source>Network lost for {length}: the exam&apos;s clock went on</source>
        <translation>Сети не было {length}: время экзамена шло</translation>
    </message>
    <message>
        <source>Network lost for {length}: given back</source>
        <translation>Сети не было {length}: время возвращено</translation>
    </message>
    <message>
        <source>Network lost for {length}: {back} given back</source>
        <translation>Сети не было {length}: возвращено {back}</translation>
    </message>
    <message>
        <source>Program stopped for {length}: the exam&apos;s clock went on</source>
        <translation>Программа стояла {length}: время экзамена шло</translation>
    </message>
    <message>
        <source>Program stopped for {length}: given back</source>
        <translation>Программа стояла {length}: время возвращено</translation>
    </message>
    <message>
        <source>Program stopped for {length}: {back} given back</source>
        <translation>Программа стояла {length}: возвращено {back}</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} мин {seconds} с</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Exam</source>
        <translation>Экзамен</translation>
    </message>
</context>
<context>
    <name>MeteredBox</name>
    <message>
        <source>I pay for my data: send recordings later</source>
        <translation>Я плачу за трафик: отправить запись позже</translation>
    </message>
    <message>
        <source>Answers still go at once. The recording stays on this computer until you take the tick away; the receipt comes when it has arrived.</source>
        <translation>Ответы всё равно уходят сразу. Запись остаётся на этом компьютере, пока вы не снимете отметку; квитанция придёт, когда запись будет получена.</translation>
    </message>
</context>
<context>
    <name>NoticeBanner</name>
    <message>
        <source>An invigilator asks you to take note</source>
        <translation>Проктор просит обратить внимание</translation>
    </message>
    <message>
        <source>An invigilator asks you to call</source>
        <translation>Проктор просит вас позвонить</translation>
    </message>
    <message>
        <source>An invigilator asks you to come to the camera</source>
        <translation>Проктор просит вас подойти к камере</translation>
    </message>
    <message numerus="yes">
        <source>You have %n more minute(s)</source>
        <translation>
            <numerusform>У вас ещё %n минута</numerusform>
            <numerusform>У вас ещё %n минуты</numerusform>
            <numerusform>У вас ещё %n минут</numerusform>
        </translation>
    </message>
    <message>
        <source>An invigilator writes</source>
        <translation>Сообщение от проктора</translation>
    </message>
    <message>
        <source>Sent at {time}, written in Kazakh</source>
        <translation>Отправлено в {time}, написано по-казахски</translation>
    </message>
    <message>
        <source>Sent at {time}, written in Russian</source>
        <translation>Отправлено в {time}, написано по-русски</translation>
    </message>
    <message>
        <source>Sent at {time}, written in English</source>
        <translation>Отправлено в {time}, написано по-английски</translation>
    </message>
    <message>
        <source>Sent at {time}</source>
        <translation>Отправлено в {time}</translation>
    </message>
    <message>
        <source>I have read this</source>
        <translation>Прочитано</translation>
    </message>
</context>
<context>
    <name>OpenDialog</name>
    <message>
        <source>Choose</source>
        <translation>Выбрать</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Такого файла нет.</translation>
    </message>
    <message>
        <source>Only files of these kinds are taken: {kinds}.</source>
        <translation>Принимаются только файлы этих видов: {kinds}.</translation>
    </message>
</context>
<context>
    <name>PauseCover</name>
    <message>
        <source>The exam is paused</source>
        <translation>Экзамен приостановлен</translation>
    </message>
    <message>
        <source>The questions are covered until an invigilator lets the exam go on. Your answers are saved and your time stands still. Recording goes on.</source>
        <translation>Вопросы закрыты, пока проктор не продолжит экзамен. Ваши ответы сохранены, время остановлено. Запись продолжается.</translation>
    </message>
</context>
<context>
    <name>PermissionHelp</name>
    <message>
        <source>The system asks what may be shown. Choose the whole screen:</source>
        <translation>Система спросит, что можно показывать. Выберите весь экран:</translation>
    </message>
    <message>
        <source>It is allowed here:</source>
        <translation>Разрешение даётся здесь:</translation>
    </message>
    <message>
        <source>If that does not help, the system may be keeping Senim from it. It is allowed here:</source>
        <translation>Если не помогло, возможно, доступ закрывает сама система. Разрешение даётся здесь:</translation>
    </message>
</context>
<context>
    <name>PlaceList</name>
    <message>
        <source>Places</source>
        <translation>Места</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Документы</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>Рабочий стол</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Загрузки</translation>
    </message>
    <message>
        <source>Home folder</source>
        <translation>Домашняя папка</translation>
    </message>
</context>
<context>
    <name>ProblemTexts</name>
    <message>
        <source>Something went wrong that this program has no words for.</source>
        <translation>Произошла ошибка, для которой у программы нет слов.</translation>
    </message>
    <message>
        <source>What you have done so far is kept on this computer.</source>
        <translation>Всё, что вы успели сделать, хранится на этом компьютере.</translation>
    </message>
    <message>
        <source>Try again. If it stays, tell the help line the code below.</source>
        <translation>Попробуйте ещё раз. Если не помогло, сообщите линии помощи код ниже.</translation>
    </message>
    <message>
        <source>The exam goes on; what is missing is noted with its cause.</source>
        <translation>Экзамен продолжается; недостающее отмечается вместе с причиной.</translation>
    </message>
    <message>
        <source>Code for the help line: {code}</source>
        <translation>Код для линии помощи: {code}</translation>
    </message>
    <message>
        <source>This login and password do not belong together.</source>
        <translation>Логин и пароль не подходят друг к другу.</translation>
    </message>
    <message>
        <source>Check the keyboard&apos;s language and Caps Lock, then type the password once more.</source>
        <translation>Проверьте язык клавиатуры и Caps Lock и введите пароль ещё раз.</translation>
    </message>
    <message>
        <source>We do not know this code.</source>
        <translation>Такого кода нет.</translation>
    </message>
    <message>
        <source>Check each letter, or ask the invigilator to read the code to you again.</source>
        <translation>Проверьте каждую букву или попросите проктора прочитать код ещё раз.</translation>
    </message>
    <message>
        <source>This code was valid only for a while, and that time is over.</source>
        <translation>Срок действия этого кода истёк.</translation>
    </message>
    <message>
        <source>Ask the invigilator for a new code.</source>
        <translation>Попросите у проктора новый код.</translation>
    </message>
    <message>
        <source>This code was already used once.</source>
        <translation>Этот код уже был использован.</translation>
    </message>
    <message>
        <source>Ask the invigilator for a new code. If it was not you who used it, say so.</source>
        <translation>Попросите у проктора новый код. Если его использовали не вы, скажите об этом.</translation>
    </message>
    <message>
        <source>There were too many tries in a short time.</source>
        <translation>Слишком много попыток за короткое время.</translation>
    </message>
    <message>
        <source>Nothing is lost; the sign-in is only paused to protect your account.</source>
        <translation>Ничего не потеряно; вход лишь приостановлен, чтобы защитить вашу учётную запись.</translation>
    </message>
    <message>
        <source>Wait {seconds} s, then try again, or ask the invigilator for a one-time code.</source>
        <translation>Подождите {seconds} с и попробуйте снова или попросите у проктора одноразовый код.</translation>
    </message>
    <message>
        <source>You were signed out.</source>
        <translation>Вы вышли из системы.</translation>
    </message>
    <message>
        <source>Your answers are kept.</source>
        <translation>Ваши ответы сохранены.</translation>
    </message>
    <message>
        <source>Please sign in again.</source>
        <translation>Пожалуйста, войдите снова.</translation>
    </message>
    <message>
        <source>The institution no longer accepts this sign-in; what you do is not being sent now.</source>
        <translation>Учебное заведение больше не принимает этот вход; то, что вы делаете, сейчас не отправляется.</translation>
    </message>
    <message>
        <source>Nothing is lost: answers and recording are kept on this computer.</source>
        <translation>Ничего не потеряно: ответы и запись хранятся на этом компьютере.</translation>
    </message>
    <message>
        <source>Close this window, start Senim again and sign in: you go on where you were. If you cannot sign in, call the invigilator.</source>
        <translation>Закройте это окно, запустите Senim снова и войдите: вы продолжите с того же места. Если войти не удаётся, позовите проктора.</translation>
    </message>
    <message>
        <source>This exam is not planned for you.</source>
        <translation>Этот экзамен не запланирован для вас.</translation>
    </message>
    <message>
        <source>Choose another exam from the list, or ask the invigilator.</source>
        <translation>Выберите другой экзамен из списка или спросите проктора.</translation>
    </message>
    <message>
        <source>The institution has no picture of you to compare with.</source>
        <translation>В учебном заведении нет вашей фотографии для сравнения.</translation>
    </message>
    <message>
        <source>You can sit the exam; an invigilator confirms who you are.</source>
        <translation>Вы можете сдавать экзамен; вашу личность подтвердит проктор.</translation>
    </message>
    <message>
        <source>Please go on.</source>
        <translation>Пожалуйста, продолжайте.</translation>
    </message>
    <message>
        <source>The exam has not opened yet.</source>
        <translation>Экзамен ещё не открыт.</translation>
    </message>
    <message>
        <source>Come back when it opens. You can try the rehearsal until then.</source>
        <translation>Вернитесь, когда он откроется. А пока можно пройти пробный экзамен.</translation>
    </message>
    <message>
        <source>The time to enter this exam is over.</source>
        <translation>Время входа в этот экзамен закончилось.</translation>
    </message>
    <message>
        <source>If you were kept from entering, tell the help line now, with the reason.</source>
        <translation>Если вам что-то помешало войти, сообщите причину линии помощи прямо сейчас.</translation>
    </message>
    <message>
        <source>This exam is already handed in.</source>
        <translation>Этот экзамен уже сдан.</translation>
    </message>
    <message>
        <source>Your work is with the institution.</source>
        <translation>Ваша работа в учебном заведении.</translation>
    </message>
    <message>
        <source>Your receipt was shown at the end; the institution can show it to you again.</source>
        <translation>Квитанция была показана в конце; учебное заведение может показать её снова.</translation>
    </message>
    <message>
        <source>This exam is running on another computer right now.</source>
        <translation>Этот экзамен сейчас идёт на другом компьютере.</translation>
    </message>
    <message>
        <source>Answers that are already saved move with you. The other computer&apos;s recording ends.</source>
        <translation>Уже сохранённые ответы перейдут с вами. Запись на другом компьютере закончится.</translation>
    </message>
    <message>
        <source>Go on here only if you yourself changed computers. Otherwise call the invigilator.</source>
        <translation>Продолжайте здесь, только если вы сами сменили компьютер. Иначе позовите проктора.</translation>
    </message>
    <message>
        <source>The exam goes on at another computer; this one no longer records.</source>
        <translation>Экзамен продолжается на другом компьютере; этот больше не записывает.</translation>
    </message>
    <message>
        <source>Everything made here until now is kept and delivered.</source>
        <translation>Всё, что сделано здесь до этого момента, сохранено и будет доставлено.</translation>
    </message>
    <message>
        <source>If it was not you, call the invigilator at once.</source>
        <translation>Если это были не вы, сразу позовите проктора.</translation>
    </message>
    <message>
        <source>The institution still waits for pieces of the recording that are not on this computer.</source>
        <translation>Учебное заведение ещё ждёт фрагменты записи, которых нет на этом компьютере.</translation>
    </message>
    <message>
        <source>Your answers and everything recorded here have arrived.</source>
        <translation>Ваши ответы и всё, что записано здесь, доставлено.</translation>
    </message>
    <message>
        <source>If you began on another computer, start Senim there and sign in: it sends the rest. Else tell the help line the code below.</source>
        <translation>Если вы начали на другом компьютере, запустите Senim там и войдите: он отправит остальное. Иначе сообщите линии помощи код ниже.</translation>
    </message>
    <message>
        <source>The questions are almost here; the beginning of the recording is still on its way.</source>
        <translation>Вопросы почти готовы; начало записи ещё в пути.</translation>
    </message>
    <message>
        <source>Your time has not started yet.</source>
        <translation>Ваше время ещё не пошло.</translation>
    </message>
    <message>
        <source>Please wait. We ask again by ourselves.</source>
        <translation>Подождите. Мы сами спросим ещё раз.</translation>
    </message>
    <message>
        <source>The time for answers is over.</source>
        <translation>Время для ответов закончилось.</translation>
    </message>
    <message>
        <source>Everything saved before the end counts.</source>
        <translation>Засчитывается всё, что сохранено до конца.</translation>
    </message>
    <message>
        <source>Hand in now if it has not happened by itself.</source>
        <translation>Сдайте сейчас, если это не произошло само.</translation>
    </message>
    <message>
        <source>Your time is up; the exam is being handed in by itself.</source>
        <translation>Ваше время вышло; экзамен сдаётся сам.</translation>
    </message>
    <message>
        <source>Everything you answered is kept.</source>
        <translation>Все ваши ответы сохранены.</translation>
    </message>
    <message>
        <source>Leave the program open until the receipt appears.</source>
        <translation>Не закрывайте программу, пока не появится квитанция.</translation>
    </message>
    <message>
        <source>No break can be taken now.</source>
        <translation>Сейчас перерыв взять нельзя.</translation>
    </message>
    <message>
        <source>The exam goes on as before.</source>
        <translation>Экзамен идёт как прежде.</translation>
    </message>
    <message>
        <source>If you need one, tell the invigilator.</source>
        <translation>Если перерыв вам нужен, сообщите проктору.</translation>
    </message>
    <message>
        <source>The institution cannot be reached, so nobody can allow a break now.</source>
        <translation>Связи с учебным заведением нет, поэтому разрешить перерыв сейчас некому.</translation>
    </message>
    <message>
        <source>The exam goes on; your answers are kept.</source>
        <translation>Экзамен продолжается; ваши ответы сохранены.</translation>
    </message>
    <message>
        <source>Try again once the network is back. If you must leave, the recording shows it, and you can explain it afterwards.</source>
        <translation>Попробуйте ещё раз, когда появится сеть. Если вам необходимо выйти, это будет видно в записи, и вы сможете объяснить это потом.</translation>
    </message>
    <message>
        <source>The institution already has a newer version of this answer.</source>
        <translation>В учебном заведении уже есть более новая версия этого ответа.</translation>
    </message>
    <message>
        <source>The newer one counts.</source>
        <translation>Засчитывается более новая.</translation>
    </message>
    <message>
        <source>Look at the answer once more and change it if it is not what you want.</source>
        <translation>Посмотрите на ответ ещё раз и измените его, если нужно.</translation>
    </message>
    <message>
        <source>The exam clock runs on this computer&apos;s own time for now.</source>
        <translation>Часы экзамена пока идут по времени этого компьютера.</translation>
    </message>
    <message>
        <source>It is set right as soon as the institution is reached again.</source>
        <translation>Они будут выверены, как только восстановится связь с учебным заведением.</translation>
    </message>
    <message>
        <source>We cannot reach the institution over the network.</source>
        <translation>Не удаётся связаться с учебным заведением по сети.</translation>
    </message>
    <message>
        <source>During an exam you can go on: everything is kept here and sent later.</source>
        <translation>Во время экзамена можно продолжать: всё хранится здесь и отправится позже.</translation>
    </message>
    <message>
        <source>Check the cable or Wi-Fi. We try again by ourselves.</source>
        <translation>Проверьте кабель или Wi-Fi. Мы сами попробуем ещё раз.</translation>
    </message>
    <message>
        <source>The address answered, but it could not prove that it is the institution.</source>
        <translation>Адрес ответил, но не смог доказать, что принадлежит учебному заведению.</translation>
    </message>
    <message>
        <source>For your safety nothing was sent.</source>
        <translation>Для вашей безопасности ничего не отправлено.</translation>
    </message>
    <message>
        <source>Use another network, without a sign-in page of its own, or call the help line.</source>
        <translation>Подключитесь к другой сети, без собственной страницы входа, или позвоните на линию помощи.</translation>
    </message>
    <message>
        <source>The institution&apos;s server gave an answer we do not understand.</source>
        <translation>Сервер учебного заведения дал непонятный ответ.</translation>
    </message>
    <message>
        <source>What you have done is kept on this computer.</source>
        <translation>Сделанное вами хранится на этом компьютере.</translation>
    </message>
    <message>
        <source>Try again in a minute. If it stays, call the help line.</source>
        <translation>Попробуйте через минуту. Если не помогло, позвоните на линию помощи.</translation>
    </message>
    <message>
        <source>The institution&apos;s server is very busy.</source>
        <translation>Сервер учебного заведения сейчас очень занят.</translation>
    </message>
    <message>
        <source>Nothing is lost; sending goes on more slowly.</source>
        <translation>Ничего не потеряно; отправка идёт медленнее.</translation>
    </message>
    <message>
        <source>Please go on. We try again by ourselves.</source>
        <translation>Пожалуйста, продолжайте. Мы сами попробуем ещё раз.</translation>
    </message>
    <message>
        <source>The institution&apos;s server had a fault of its own.</source>
        <translation>На сервере учебного заведения произошёл сбой.</translation>
    </message>
    <message>
        <source>The network is gone.</source>
        <translation>Сеть пропала.</translation>
    </message>
    <message>
        <source>The exam goes on: answers and recording are kept on this computer and sent later.</source>
        <translation>Экзамен продолжается: ответы и запись хранятся на этом компьютере и отправятся позже.</translation>
    </message>
    <message>
        <source>Please go on. If you can, check the cable or Wi-Fi.</source>
        <translation>Пожалуйста, продолжайте. Если можете, проверьте кабель или Wi-Fi.</translation>
    </message>
    <message>
        <source>The network is back.</source>
        <translation>Сеть восстановилась.</translation>
    </message>
    <message>
        <source>What was kept on this computer is being sent.</source>
        <translation>Сохранённое на этом компьютере отправляется.</translation>
    </message>
    <message>
        <source>The camera stopped.</source>
        <translation>Камера остановилась.</translation>
    </message>
    <message>
        <source>The exam goes on; the gap is noted with its cause.</source>
        <translation>Экзамен продолжается; разрыв отмечается вместе с причиной.</translation>
    </message>
    <message>
        <source>Plug the camera in again, or close the program that took it.</source>
        <translation>Подключите камеру снова или закройте программу, которая её заняла.</translation>
    </message>
    <message>
        <source>The camera works again.</source>
        <translation>Камера снова работает.</translation>
    </message>
    <message>
        <source>The microphone stopped.</source>
        <translation>Микрофон остановился.</translation>
    </message>
    <message>
        <source>Plug the microphone in again, or close the program that took it.</source>
        <translation>Подключите микрофон снова или закройте программу, которая его заняла.</translation>
    </message>
    <message>
        <source>The microphone works again.</source>
        <translation>Микрофон снова работает.</translation>
    </message>
    <message>
        <source>The picture of the screen stopped.</source>
        <translation>Изображение экрана остановилось.</translation>
    </message>
    <message>
        <source>If you were asked to allow the recording of the screen, allow it. Else call the help line.</source>
        <translation>Если система просит разрешить запись экрана, разрешите. Иначе позвоните на линию помощи.</translation>
    </message>
    <message>
        <source>The screen is recorded again.</source>
        <translation>Экран снова записывается.</translation>
    </message>
    <message>
        <source>There is not enough room there: {needed_mb} MB are needed, {free_mb} MB are free.</source>
        <translation>Там не хватает места: нужно {needed_mb} МБ, свободно {free_mb} МБ.</translation>
    </message>
    <message>
        <source>Nothing was written; the exam is safe on this computer.</source>
        <translation>Ничего не записано; экзамен в сохранности на этом компьютере.</translation>
    </message>
    <message>
        <source>Use another stick or folder, or delete files there.</source>
        <translation>Возьмите другую флешку или папку либо удалите там лишние файлы.</translation>
    </message>
    <message>
        <source>The stick or folder is not there any more.</source>
        <translation>Флешки или папки больше нет.</translation>
    </message>
    <message>
        <source>Put the stick in again, or choose another folder.</source>
        <translation>Вставьте флешку снова или выберите другую папку.</translation>
    </message>
    <message>
        <source>Nothing may be written there.</source>
        <translation>Туда нельзя записывать.</translation>
    </message>
    <message>
        <source>The exam is safe on this computer.</source>
        <translation>Экзамен в сохранности на этом компьютере.</translation>
    </message>
    <message>
        <source>Take the write protection off, or choose another stick or folder.</source>
        <translation>Снимите защиту от записи или выберите другую флешку или папку.</translation>
    </message>
    <message>
        <source>This exam cannot be gone on with without the institution.</source>
        <translation>Этот экзамен нельзя продолжить без связи с учебным заведением.</translation>
    </message>
    <message>
        <source>Its questions were not opened on this computer, or it is already handed in. Nothing is lost.</source>
        <translation>Его вопросы не открывали на этом компьютере, или он уже сдан. Ничего не потеряно.</translation>
    </message>
    <message>
        <source>Sign in as soon as there is a network, or call the invigilator.</source>
        <translation>Войдите, как только появится сеть, или позовите проктора.</translation>
    </message>
    <message>
        <source>The recording goes on in its lowest quality.</source>
        <translation>Запись продолжается в самом низком качестве.</translation>
    </message>
    <message>
        <source>This computer, its disk or its connection has little to spare. Nothing changes for you.</source>
        <translation>У этого компьютера, его диска или связи мало запаса. Для вас ничего не меняется.</translation>
    </message>
    <message>
        <source>The institution&apos;s server is still waiting for the end of the ledger.</source>
        <translation>Сервер учебного заведения ещё ждёт окончания журнала.</translation>
    </message>
    <message>
        <source>The institution&apos;s server does not know this session.</source>
        <translation>Сервер учебного заведения не знает этого сеанса.</translation>
    </message>
    <message>
        <source>The ledger of the session does not fit together at the institution&apos;s server.</source>
        <translation>На сервере учебного заведения части журнала сеанса не сходятся.</translation>
    </message>
    <message>
        <source>The institution&apos;s server holds another version of the ledger of this session.</source>
        <translation>На сервере учебного заведения хранится другая версия журнала этого сеанса.</translation>
    </message>
    <message>
        <source>The institution&apos;s server could not confirm a signature in the ledger.</source>
        <translation>Сервер учебного заведения не смог подтвердить подпись в журнале.</translation>
    </message>
    <message>
        <source>The comparison of your face cannot run on this computer.</source>
        <translation>Сравнение лица не может работать на этом компьютере.</translation>
    </message>
    <message>
        <source>The disk of this computer is nearly full: {free_gb} GB are left.</source>
        <translation>Диск этого компьютера почти заполнен: осталось {free_gb} ГБ.</translation>
    </message>
    <message>
        <source>The recording goes on in lower quality.</source>
        <translation>Запись продолжается в более низком качестве.</translation>
    </message>
    <message>
        <source>Delete files you do not need, if you can do so quickly.</source>
        <translation>Если можете сделать это быстро, удалите ненужные файлы.</translation>
    </message>
    <message>
        <source>Your last answer could not be written to the disk; it is kept only in this window.</source>
        <translation>Последний ответ не удалось записать на диск; он хранится только в этом окне.</translation>
    </message>
    <message>
        <source>The disk of this computer is full.</source>
        <translation>Диск этого компьютера заполнен.</translation>
    </message>
    <message>
        <source>Do not close this window. Delete files you do not need, or call the help line now.</source>
        <translation>Не закрывайте это окно. Удалите ненужные файлы или позвоните на линию помощи сейчас.</translation>
    </message>
    <message>
        <source>Answers are still kept, but the recording has stopped; the gap is noted.</source>
        <translation>Ответы по-прежнему сохраняются, но запись остановилась; разрыв отмечается.</translation>
    </message>
    <message>
        <source>Delete files you do not need, or call the help line now.</source>
        <translation>Удалите ненужные файлы или позвоните на линию помощи сейчас.</translation>
    </message>
    <message>
        <source>The recording was interrupted and is being restarted.</source>
        <translation>Запись прервалась и запускается заново.</translation>
    </message>
    <message>
        <source>Your answers are kept; you can go on working.</source>
        <translation>Ваши ответы сохранены; можно продолжать работу.</translation>
    </message>
    <message>
        <source>You need not do anything.</source>
        <translation>Вам ничего не нужно делать.</translation>
    </message>
    <message>
        <source>The recording was interrupted for a moment and goes on.</source>
        <translation>Запись ненадолго прервалась и продолжается.</translation>
    </message>
    <message>
        <source>Your answers are kept; the gap is noted with its cause.</source>
        <translation>Ваши ответы сохранены; разрыв отмечается вместе с причиной.</translation>
    </message>
    <message>
        <source>The recording keeps stopping on this computer.</source>
        <translation>Запись на этом компьютере постоянно останавливается.</translation>
    </message>
    <message>
        <source>Your answers are kept. We go on trying to start the recording.</source>
        <translation>Ваши ответы сохранены. Мы продолжаем попытки запустить запись.</translation>
    </message>
    <message>
        <source>Call the invigilator now, and do not close this window.</source>
        <translation>Позовите проктора сейчас и не закрывайте это окно.</translation>
    </message>
    <message>
        <source>Senim is already running on this computer.</source>
        <translation>Senim уже запущен на этом компьютере.</translation>
    </message>
    <message>
        <source>Only one program can record at a time.</source>
        <translation>Записывать может только одна программа.</translation>
    </message>
    <message>
        <source>Use the window that is already open, or close it first.</source>
        <translation>Используйте уже открытое окно или сначала закройте его.</translation>
    </message>
    <message>
        <source>A part of what was kept on this computer cannot be read.</source>
        <translation>Часть сохранённого на этом компьютере не читается.</translation>
    </message>
    <message>
        <source>What can be read is used; the rest is noted as a gap.</source>
        <translation>Читаемое используется; остальное отмечается как разрыв.</translation>
    </message>
    <message>
        <source>Please go on, and tell the help line the code below.</source>
        <translation>Пожалуйста, продолжайте и сообщите линии помощи код ниже.</translation>
    </message>
    <message>
        <source>Window and recording both stopped, so the recording has to begin anew.</source>
        <translation>Окно и запись остановились, поэтому запись нужно начать заново.</translation>
    </message>
    <message>
        <source>Your answers are kept, and the exam goes on where it was.</source>
        <translation>Ваши ответы сохранены, экзамен продолжится с того же места.</translation>
    </message>
    <message>
        <source>Please show your face once more; it is short.</source>
        <translation>Пожалуйста, покажите лицо ещё раз; это недолго.</translation>
    </message>
    <message>
        <source>The key that should protect your recording was not signed by the institution.</source>
        <translation>Ключ, который должен защищать вашу запись, не подписан учебным заведением.</translation>
    </message>
    <message>
        <source>For your safety nothing is recorded.</source>
        <translation>Для вашей безопасности ничего не записывается.</translation>
    </message>
    <message>
        <source>Call the help line; this cannot be solved on this computer.</source>
        <translation>Позвоните на линию помощи; на этом компьютере это не решить.</translation>
    </message>
    <message>
        <source>The institution&apos;s server refused a piece of the recording; it will look into it.</source>
        <translation>Сервер учебного заведения не принял фрагмент записи; там с этим разберутся.</translation>
    </message>
    <message>
        <source>The institution&apos;s server did not understand this program.</source>
        <translation>Сервер учебного заведения не понял эту программу.</translation>
    </message>
    <message>
        <source>The institution&apos;s server found something this program sent too large.</source>
        <translation>Часть отправленного программой оказалась слишком большой для сервера учебного заведения.</translation>
    </message>
    <message>
        <source>The institution&apos;s server does not know what this program asked for.</source>
        <translation>Сервер учебного заведения не нашёл того, что запросила программа.</translation>
    </message>
    <message>
        <source>The institution&apos;s server does not know this question.</source>
        <translation>Сервер учебного заведения не знает этого вопроса.</translation>
    </message>
    <message>
        <source>The institution&apos;s server does not know this message.</source>
        <translation>Сервер учебного заведения не знает этого сообщения.</translation>
    </message>
    <message>
        <source>The institution&apos;s server refused a name this program used.</source>
        <translation>Сервер учебного заведения не принял имя, которое использовала программа.</translation>
    </message>
    <message>
        <source>The institution&apos;s server does not expect one part of the recording.</source>
        <translation>Сервер учебного заведения не ожидал одну из частей записи.</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>Handed in. Thank you.</source>
        <translation>Сдано. Спасибо.</translation>
    </message>
    <message>
        <source>Code of your receipt</source>
        <translation>Код вашей квитанции</translation>
    </message>
    <message>
        <source>What was recorded</source>
        <translation>Что записано</translation>
    </message>
    <message>
        <source>What happens next</source>
        <translation>Что будет дальше</translation>
    </message>
    <message>
        <source>Save the receipt…</source>
        <translation>Сохранить квитанцию…</translation>
    </message>
    <message>
        <source>After that you may close Senim.</source>
        <translation>После этого Senim можно закрыть.</translation>
    </message>
    <message>
        <source>Back to my exams</source>
        <translation>К моим экзаменам</translation>
    </message>
    <message>
        <source>Code of your receipt: {code}</source>
        <translation>Код вашей квитанции: {code}</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) delivered.</source>
        <translation>
            <numerusform>Доставлен %n ответ.</numerusform>
            <numerusform>Доставлено %n ответа.</numerusform>
            <numerusform>Доставлено %n ответов.</numerusform>
        </translation>
    </message>
    <message>
        <source>Anyone can check the receipt without signing in, at {address} or by the QR code.</source>
        <translation>Квитанцию может проверить любой, без входа: на странице {address} или по QR-коду.</translation>
    </message>
    <message>
        <source>Screen {number}</source>
        <translation>Экран {number}</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Звук</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>События</translation>
    </message>
    <message>
        <source>tiny gaps: {seconds} s</source>
        <translation>мелкие разрывы: {seconds} с</translation>
    </message>
    <message>
        <source>tiny gaps</source>
        <translation>мелкие разрывы</translation>
    </message>
    <message>
        <source>no gap</source>
        <translation>без разрывов</translation>
    </message>
    <message numerus="yes">
        <source>one gap of %n s: {cause}</source>
        <translation>
            <numerusform>один разрыв, %n с: {cause}</numerusform>
            <numerusform>один разрыв, %n с: {cause}</numerusform>
            <numerusform>один разрыв, %n с: {cause}</numerusform>
        </translation>
    </message>
    <message>
        <source>the device was gone</source>
        <translation>устройство было отключено</translation>
    </message>
    <message>
        <source>the device was starting</source>
        <translation>устройство запускалось</translation>
    </message>
    <message>
        <source>the exam went on at another computer</source>
        <translation>экзамен продолжился на другом компьютере</translation>
    </message>
    <message>
        <source>the recording was restarted</source>
        <translation>запись запускалась заново</translation>
    </message>
    <message>
        <source>the program was closed</source>
        <translation>программа была закрыта</translation>
    </message>
    <message>
        <source>With this code the institution finds your session. Write it down or save the receipt.</source>
        <translation>По этому коду учебное заведение найдёт ваш сеанс. Запишите его или сохраните квитанцию.</translation>
    </message>
    <message>
        <source>Invigilators and the commission look at the recording, teachers at the answers. A person decides, never the program. Your institution tells you the outcome; you may ask who watched, answer and appeal.</source>
        <translation>Запись смотрят прокторы и комиссия, ответы — преподаватели. Решает человек, а не программа. О результате сообщит учебное заведение; вы можете спросить, кто смотрел запись, ответить и подать апелляцию.</translation>
    </message>
    <message>
        <source>The recording is kept until {day}, then erased; if the decision is still open then, once it is made.</source>
        <translation>Срок хранения записи: {day}; затем она удаляется, а если решения ещё нет — после него.</translation>
    </message>
    <message>
        <source>QR code of the page that checks this receipt</source>
        <translation>QR-код страницы, где проверяют эту квитанцию</translation>
    </message>
    <message>
        <source>Handed in on this computer at {local}, signed. The server confirmed the ledger before that at {anchored} and received its end at {received}.</source>
        <translation>Сдано на этом компьютере с подписью: {local}. До этого сервер подтвердил журнал: {anchored}, а его конец получил: {received}.</translation>
    </message>
    <message>
        <source>Handed in on this computer at {local}, signed. The server received the end at {received}.</source>
        <translation>Сдано на этом компьютере с подписью: {local}. Сервер получил конец журнала: {received}.</translation>
    </message>
    <message>
        <source>Data track</source>
        <translation>Дорожка данных</translation>
    </message>
    <message>
        <source>one gap of less than 1 s: {cause}</source>
        <translation>один разрыв короче 1 с: {cause}</translation>
    </message>
    <message>
        <source>the computer slept</source>
        <translation>компьютер был в режиме сна</translation>
    </message>
    <message>
        <source>the program was held up</source>
        <translation>программа была приостановлена</translation>
    </message>
    <message>
        <source>the screen was locked</source>
        <translation>экран был заблокирован</translation>
    </message>
    <message>
        <source>the screen saver was on</source>
        <translation>работала заставка</translation>
    </message>
    <message>
        <source>another user was at the computer</source>
        <translation>за компьютером был другой пользователь</translation>
    </message>
    <message>
        <source>the disk did not answer</source>
        <translation>диск не отвечал</translation>
    </message>
    <message>
        <source>the disk was full</source>
        <translation>диск был заполнен</translation>
    </message>
    <message>
        <source>the cause is not known</source>
        <translation>причина неизвестна</translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation>Сохранить квитанцию</translation>
    </message>
    <message>
        <source>The receipt could not be saved there.</source>
        <translation>Сохранить квитанцию туда не удалось.</translation>
    </message>
    <message>
        <source>Choose another folder. The institution has the receipt too.</source>
        <translation>Выберите другую папку. Квитанция есть и в учебном заведении.</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>Сохранено: {file}</translation>
    </message>
</context>
<context>
    <name>RecordingLight</name>
    <message>
        <source>Recording interrupted, being restarted</source>
        <translation>Запись прервалась, запускается заново</translation>
    </message>
    <message>
        <source>Not recording</source>
        <translation>Запись не идёт</translation>
    </message>
    <message>
        <source>Recording: {what}. Missing: {missing}</source>
        <translation>Идёт запись: {what}. Нет: {missing}</translation>
    </message>
    <message>
        <source>Recording since {time}: {what}</source>
        <translation>Запись идёт с {time}: {what}</translation>
    </message>
    <message>
        <source>Recording: {what}</source>
        <translation>Идёт запись: {what}</translation>
    </message>
    <message>
        <source>screen</source>
        <translation>экран</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>камера</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>звук</translation>
    </message>
    <message>
        <source>Simulated camera and microphone</source>
        <translation>Имитация камеры и микрофона</translation>
    </message>
    <message>
        <source>Simulated camera</source>
        <translation>Имитация камеры</translation>
    </message>
    <message>
        <source>Simulated microphone</source>
        <translation>Имитация микрофона</translation>
    </message>
</context>
<context>
    <name>RefusedFiles</name>
    <message>
        <source>“{name}” was not attached</source>
        <translation>«{name}» не прикреплён</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were not attached</source>
        <translation>
            <numerusform>%n файл не прикреплён</numerusform>
            <numerusform>%n файла не прикреплены</numerusform>
            <numerusform>%n файлов не прикреплено</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>«{name}»</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>There is no such folder. Choose another.</source>
        <translation>Такой папки нет. Выберите другую.</translation>
    </message>
    <message>
        <source>Nothing can be saved in this folder. Choose another.</source>
        <translation>В эту папку ничего нельзя сохранить. Выберите другую.</translation>
    </message>
    <message>
        <source>A file of this name is there already. “Replace” writes over it.</source>
        <translation>Файл с таким именем уже есть. «Заменить» запишет поверх него.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Заменить</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
    <message>
        <source>Close the list</source>
        <translation>Закрыть список</translation>
    </message>
    <message>
        <source>next question</source>
        <translation>следующий вопрос</translation>
    </message>
    <message>
        <source>previous question</source>
        <translation>предыдущий вопрос</translation>
    </message>
    <message>
        <source>choose an answer</source>
        <translation>выбрать ответ</translation>
    </message>
    <message>
        <source>to the next or previous control</source>
        <translation>к следующему или предыдущему элементу</translation>
    </message>
    <message>
        <source>mark this question</source>
        <translation>отметить этот вопрос</translation>
    </message>
    <message>
        <source>attach a file, where the question takes files</source>
        <translation>прикрепить файл, если вопрос принимает файлы</translation>
    </message>
    <message>
        <source>hand in (you are asked once more)</source>
        <translation>сдать (будет ещё один вопрос)</translation>
    </message>
    <message>
        <source>larger or smaller text</source>
        <translation>крупнее или мельче текст</translation>
    </message>
    <message>
        <source>show or hide your camera&apos;s picture</source>
        <translation>показать или скрыть изображение с камеры</translation>
    </message>
    <message>
        <source>this list</source>
        <translation>этот список</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>Sign in</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>Choose the exam</source>
        <translation>Выбор экзамена</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Согласие</translation>
    </message>
    <message>
        <source>System check</source>
        <translation>Проверка системы</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Подтверждение личности</translation>
    </message>
    <message>
        <source>Exam</source>
        <translation>Экзамен</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>Сдача</translation>
    </message>
    <message>
        <source>done</source>
        <translation>пройдено</translation>
    </message>
    <message>
        <source>now</source>
        <translation>сейчас</translation>
    </message>
    <message>
        <source>later</source>
        <translation>далее</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>Светлые цвета</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>Тёмные цвета</translation>
    </message>
    <message>
        <source>About Senim</source>
        <translation>О программе Senim</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Sign in to your exam</source>
        <translation>Вход на экзамен</translation>
    </message>
    <message>
        <source>Login and password</source>
        <translation>Логин и пароль</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>Одноразовый код</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Логин</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>An invigilator gives you this code. It can be used once.</source>
        <translation>Этот код даёт проктор. Его можно использовать один раз.</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier exam(s) on this computer are still being sent to the institution:</source>
        <translation>
            <numerusform>С этого компьютера ещё отправляется %n прежний экзамен:</numerusform>
            <numerusform>С этого компьютера ещё отправляются %n прежних экзамена:</numerusform>
            <numerusform>С этого компьютера ещё отправляются %n прежних экзаменов:</numerusform>
        </translation>
    </message>
    <message>
        <source>Your institution goes back to version {version} of this program.</source>
        <translation>Ваше учебное заведение возвращается к версии {version} этой программы.</translation>
    </message>
    <message>
        <source>Version {version} of this program is ready.</source>
        <translation>Готова версия {version} этой программы.</translation>
    </message>
    <message>
        <source>Install it from {where} on a day without an exam. You can sign in with this version.</source>
        <translation>Установите её с {where} в день без экзамена. Войти можно и с нынешней версией.</translation>
    </message>
    <message>
        <source>Your institution installs it; you need do nothing. You can sign in with this version.</source>
        <translation>Её установит учебное заведение, вам ничего делать не нужно. Войти можно и с нынешней версией.</translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation>Скрыть пароль</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Показать пароль</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Выполняется вход…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>Next: choose your exam. Nothing is recorded yet.</source>
        <translation>Далее: выбор экзамена. Пока ничего не записывается.</translation>
    </message>
</context>
<context>
    <name>UnsentCard</name>
    <message>
        <source>Handed in on this computer under the code {code}; {size} MB are sent by themselves as soon as there is a network. Without one, save it for delivery.</source>
        <translation>Сдано на этом компьютере под кодом {code}; как только появится сеть, {size} МБ уйдут сами. Если сети нет, сохраните для доставки.</translation>
    </message>
    <message>
        <source>Delivered. Code of the receipt: {code}.</source>
        <translation>Доставлено. Код квитанции: {code}.</translation>
    </message>
    <message>
        <source>Begun here and not handed in. Sign in to go on; nothing is lost.</source>
        <translation>Начат здесь и не сдан. Чтобы продолжить, войдите; ничего не потеряно.</translation>
    </message>
    <message>
        <source>Begun here and not handed in. Sign in to go on; if there is no network, go on without it: the questions and your answers are on this computer.</source>
        <translation>Начат здесь и не сдан. Чтобы продолжить, войдите; если сети нет, продолжите без неё: вопросы и ваши ответы на этом компьютере.</translation>
    </message>
    <message>
        <source>Go on without network</source>
        <translation>Продолжить без сети</translation>
    </message>
    <message>
        <source>Show the receipt</source>
        <translation>Показать квитанцию</translation>
    </message>
</context>
<context>
    <name>UnsentList</name>
    <message>
        <source>Earlier exams on this computer</source>
        <translation>Прежние экзамены на этом компьютере</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>d MMMM yyyy</source>
        <extracomment>How a day is written; letters as in Qt&apos;s date formats.</extracomment>
        <translation>d MMMM yyyy &apos;г.&apos;</translation>
    </message>
    <message numerus="yes">
        <source>about %n s</source>
        <translation>
            <numerusform>около %n с</numerusform>
            <numerusform>около %n с</numerusform>
            <numerusform>около %n с</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n min</source>
        <translation>
            <numerusform>около %n мин</numerusform>
            <numerusform>около %n мин</numerusform>
            <numerusform>около %n мин</numerusform>
        </translation>
    </message>
</context>
</TS>
