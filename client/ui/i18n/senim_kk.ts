<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="kk" sourcelanguage="en">
<context>
    <name>AboutSenim</name>
    <message>
        <source>About Senim</source>
        <translation>Senim туралы</translation>
    </message>
    <message>
        <source>The fingerprint is the one IT of your institution has in its records.</source>
        <translation>Бұл саусақ ізі оқу орныңыздың АТ бөлімі жазып қойған ізбен бірдей болуы керек.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Жабу</translation>
    </message>
    <message>
        <source>not signed (for trying out)</source>
        <translation>қол қойылмаған (байқап көруге арналған)</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Нұсқа</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>Оқу орны</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Сервер</translation>
    </message>
    <message>
        <source>Fingerprint of the key</source>
        <translation>Кілттің саусақ ізі</translation>
    </message>
    <message>
        <source>Settings signed on</source>
        <translation>Баптауларға қол қойылған күн</translation>
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
        <translation>Жасыру</translation>
    </message>
</context>
<context>
    <name>BreakDesk</name>
    <message>
        <source>Break</source>
        <translation>Демалыс</translation>
    </message>
    <message>
        <source>Take a break, or ask for one</source>
        <translation>Демалысқа шығу немесе демалыс сұрау</translation>
    </message>
    <message>
        <source>An invigilator decides. Go on working until the answer comes.</source>
        <translation>Шешімді проктор қабылдайды. Жауап келгенше жұмысыңызды жалғастыра беріңіз.</translation>
    </message>
    <message>
        <source>You asked for a break</source>
        <translation>Сіз демалыс сұрадыңыз</translation>
    </message>
    <message>
        <source>I need no break any more</source>
        <translation>Демалыс енді керек емес</translation>
    </message>
    <message numerus="yes">
        <source>You may take a break of %n minute(s)</source>
        <translation>
            <numerusform>Сізге %n минуттық демалысқа рұқсат берілді</numerusform>
            <numerusform>Сізге %n минуттық демалысқа рұқсат берілді</numerusform>
        </translation>
    </message>
    <message>
        <source>Begin the break</source>
        <translation>Демалысты бастау</translation>
    </message>
</context>
<context>
    <name>BreakPanel</name>
    <message>
        <source>Left of the break: {time}</source>
        <translation>Демалыстан қалған уақыт: {time}</translation>
    </message>
    <message>
        <source>I am back, show the questions</source>
        <translation>Мен оралдым, сұрақтарды көрсету</translation>
    </message>
    <message>
        <source>You are on a break</source>
        <translation>Сіз демалыстасыз</translation>
    </message>
    <message>
        <source>Please be back by {time}.</source>
        <translation>Сағат {time} болғанша оралыңыз.</translation>
    </message>
    <message>
        <source>The time of your break is over</source>
        <translation>Демалыс уақытыңыз бітті</translation>
    </message>
    <message>
        <source>The exam goes on. Press the button below as soon as you are back.</source>
        <translation>Емтихан жүріп жатыр. Оралған бойда төмендегі батырманы басыңыз.</translation>
    </message>
</context>
<context>
    <name>BreakQuestion</name>
    <message numerus="yes">
        <source>Take a break of %n minute(s) now?</source>
        <translation>
            <numerusform>%n минуттық демалысқа қазір шығасыз ба?</numerusform>
            <numerusform>%n минуттық демалысқа қазір шығасыз ба?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Breaks you can take without asking: %n.</source>
        <translation>
            <numerusform>Рұқсат сұрамай шыға алатын демалыс саны: %n.</numerusform>
            <numerusform>Рұқсат сұрамай шыға алатын демалыс саны: %n.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ask for a break of %n minute(s)?</source>
        <translation>
            <numerusform>%n минуттық демалыс сұрайсыз ба?</numerusform>
            <numerusform>%n минуттық демалыс сұрайсыз ба?</numerusform>
        </translation>
    </message>
    <message>
        <source>An invigilator decides. Go on working until the answer comes.</source>
        <translation>Шешімді проктор қабылдайды. Жауап келгенше жұмысыңызды жалғастыра беріңіз.</translation>
    </message>
    <message>
        <source>Go on with the exam</source>
        <translation>Емтиханды жалғастыру</translation>
    </message>
    <message>
        <source>Begin the break</source>
        <translation>Демалысты бастау</translation>
    </message>
    <message>
        <source>Ask for the break</source>
        <translation>Демалыс сұрау</translation>
    </message>
</context>
<context>
    <name>BreakTexts</name>
    <message numerus="yes">
        <source>The exam&apos;s clock stands still meanwhile, for %n minute(s) at most.</source>
        <translation>
            <numerusform>Бұл кезде емтихан уақыты тоқтап тұрады, бірақ %n минуттан аспайды.</numerusform>
            <numerusform>Бұл кезде емтихан уақыты тоқтап тұрады, бірақ %n минуттан аспайды.</numerusform>
        </translation>
    </message>
    <message>
        <source>The exam&apos;s clock runs on meanwhile.</source>
        <translation>Бұл кезде емтихан уақыты жүре береді.</translation>
    </message>
    <message>
        <source>Recording goes on. Being away is part of the break; no moment is noted for it.</source>
        <translation>Жазба жүре береді. Орныңызда болмауыңыз — демалыстың бір бөлігі; ол үшін ешқандай сәт белгіленбейді.</translation>
    </message>
    <message>
        <source>The questions are hidden until you are back.</source>
        <translation>Сіз оралғанша сұрақтар жасырылып тұрады.</translation>
    </message>
</context>
<context>
    <name>CameraDesk</name>
    <message>
        <source>Your camera&apos;s picture. Arrow keys move it.</source>
        <translation>Камераңыздың көрінісі. Бағыттау пернелерімен жылжытуға болады.</translation>
    </message>
    <message>
        <source>No camera picture</source>
        <translation>Камера көрінісі жоқ</translation>
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
        <translation>Қайта тексеру</translation>
    </message>
    <message>
        <source>Try again: {name}</source>
        <translation>Қайта тексеру: {name}</translation>
    </message>
    <message>
        <source>Picture of {name}</source>
        <translation>Сурет: {name}</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Is everything ready?</source>
        <translation>Бәрі дайын ба?</translation>
    </message>
    <message>
        <source>The list fills by itself. Only what needs you opens.</source>
        <translation>Тізім өзі толады. Сіздің көмегіңіз керек жолдар ғана ашылады.</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Choose the camera</source>
        <translation>Камераны таңдау</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>Choose the microphone</source>
        <translation>Микрофонды таңдау</translation>
    </message>
    <message>
        <source>Sound level</source>
        <translation>Дыбыс деңгейі</translation>
    </message>
    <message>
        <source>Say a few words: the bar should move.</source>
        <translation>Бірнеше сөз айтыңыз: жолақ қозғалуы керек.</translation>
    </message>
    <message>
        <source>Live picture of your camera</source>
        <translation>Камераңыздың тікелей көрінісі</translation>
    </message>
    <message>
        <source>The camera&apos;s picture appears here.</source>
        <translation>Камераның көрінісі осы жерде пайда болады.</translation>
    </message>
    <message>
        <source>Back to my exams</source>
        <translation>Емтихандарыма оралу</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Жалғастыру</translation>
    </message>
    <message>
        <source>Simulated camera</source>
        <translation>Камера имитациясы</translation>
    </message>
    <message>
        <source>Simulated microphone</source>
        <translation>Микрофон имитациясы</translation>
    </message>
    <message>
        <source>{name} (simulated)</source>
        <translation>{name} (имитация)</translation>
    </message>
    <message>
        <source>Next: we compare your face with the institution&apos;s picture.</source>
        <translation>Келесі қадам: бетіңізді оқу орнындағы суретпен салыстырамыз.</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) need you first.</source>
        <translation>
            <numerusform>Алдымен %n жолға назар аударыңыз.</numerusform>
            <numerusform>Алдымен %n жолға назар аударыңыз.</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking. This takes a few seconds.</source>
        <translation>Тексеріліп жатыр. Бірнеше секунд күтіңіз.</translation>
    </message>
</context>
<context>
    <name>CheckTexts</name>
    <message>
        <source>Screen {number}</source>
        <translation>{number}-экран</translation>
    </message>
    <message>
        <source>The institution</source>
        <translation>Оқу орны</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Сағат</translation>
    </message>
    <message>
        <source>Space on the disk</source>
        <translation>Дискідегі орын</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Желі</translation>
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
        <translation>күтуде</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>тексерілуде</translation>
    </message>
    <message>
        <source>good</source>
        <translation>жақсы</translation>
    </message>
    <message>
        <source>needs you</source>
        <translation>сізді күтеді</translation>
    </message>
    <message>
        <source>take note</source>
        <translation>назар аударыңыз</translation>
    </message>
    <message>
        <source>This check ended in a way this program has no words for (code: {code}).</source>
        <translation>Тексеру бағдарлама сөзбен түсіндіре алмайтын нәтижемен аяқталды (коды: {code}).</translation>
    </message>
    <message>
        <source>Try again. If it stays, tell the help line the code.</source>
        <translation>Қайта тексеріңіз. Өзгермесе, кодты көмек желісіне айтыңыз.</translation>
    </message>
    <message>
        <source>The institution answers.</source>
        <translation>Оқу орны жауап береді.</translation>
    </message>
    <message>
        <source>The institution cannot be reached.</source>
        <translation>Оқу орнымен байланыс жоқ.</translation>
    </message>
    <message>
        <source>Check the cable or Wi-Fi; open a web page to see whether the network works.</source>
        <translation>Кабельді немесе Wi-Fi-ды тексеріңіз; желі жұмыс істей ме, білу үшін кез келген веб-бетті ашып көріңіз.</translation>
    </message>
    <message>
        <source>The address could not prove that it is the institution.</source>
        <translation>Бұл мекенжай оқу орнына тиесілі екенін дәлелдей алмады.</translation>
    </message>
    <message>
        <source>Use another network, without a sign-in page of its own, or call the help line.</source>
        <translation>Өз кіру беті жоқ басқа желіні пайдаланыңыз немесе көмек желісіне қоңырау шалыңыз.</translation>
    </message>
    <message>
        <source>The exam&apos;s clock follows the institution.</source>
        <translation>Емтихан сағаты оқу орнының уақытымен жүреді.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong by {seconds} s.</source>
        <translation>Бұл компьютердің сағаты {seconds} с қате жүр.</translation>
    </message>
    <message>
        <source>You need not change it: the exam&apos;s clock follows the institution.</source>
        <translation>Ештеңе өзгертудің қажеті жоқ: емтихан сағаты оқу орнының уақытымен жүреді.</translation>
    </message>
    <message>
        <source>{free_gb} GB are free.</source>
        <translation>Бос орын: {free_gb} ГБ.</translation>
    </message>
    <message>
        <source>{free_gb} GB are free, {needed_gb} GB are needed.</source>
        <translation>Бос орын: {free_gb} ГБ, керегі: {needed_gb} ГБ.</translation>
    </message>
    <message>
        <source>Delete files you do not need, empty the recycle bin, then try again.</source>
        <translation>Керек емес файлдарды жойыңыз, себетті босатыңыз, содан кейін қайта тексеріңіз.</translation>
    </message>
    <message>
        <source>Sending is fast enough: {kbit} kbit/s.</source>
        <translation>Жіберу жылдамдығы жеткілікті: {kbit} кбит/с.</translation>
    </message>
    <message>
        <source>Sending is slow: {kbit} kbit/s, {needed_kbit} kbit/s would be good.</source>
        <translation>Жіберу баяу: {kbit} кбит/с, {needed_kbit} кбит/с болса жақсы.</translation>
    </message>
    <message>
        <source>You can begin: what cannot be sent in time is kept here and sent afterwards. Move closer to the Wi-Fi, or close what uses the network.</source>
        <translation>Бастай беруге болады: үлгермегені осы компьютерде сақталып, кейін жіберіледі. Wi-Fi құрылғысына жақындаңыз немесе желіні пайдаланып тұрған бағдарламаларды жабыңыз.</translation>
    </message>
    <message>
        <source>The speed of sending could not be measured.</source>
        <translation>Жіберу жылдамдығын өлшеу мүмкін болмады.</translation>
    </message>
    <message>
        <source>You can begin: what cannot be sent in time is kept here and sent afterwards.</source>
        <translation>Бастай беруге болады: үлгермегені осы компьютерде сақталып, кейін жіберіледі.</translation>
    </message>
    <message>
        <source>The picture is good: {width} × {height}.</source>
        <translation>Көрініс жақсы: {width} × {height}.</translation>
    </message>
    <message>
        <source>No camera was found.</source>
        <translation>Камера табылмады.</translation>
    </message>
    <message>
        <source>Plug a camera in, or open the cover of the built-in one. Then try again.</source>
        <translation>Камераны қосыңыз немесе кіріктірілген камераның қақпағын ашыңыз. Содан кейін қайта тексеріңіз.</translation>
    </message>
    <message>
        <source>The camera does not open; most often another program is using it.</source>
        <translation>Камера ашылмай тұр; көбіне оны басқа бағдарлама пайдаланып тұрады.</translation>
    </message>
    <message>
        <source>The microphone does not open; most often another program is using it.</source>
        <translation>Микрофон ашылмай тұр; көбіне оны басқа бағдарлама пайдаланып тұрады.</translation>
    </message>
    <message>
        <source>Close the program that uses it (a call, a browser tab). Then try again.</source>
        <translation>Оны пайдаланып тұрған бағдарламаны жабыңыз (қоңырау, браузер қойындысы). Содан кейін қайта тексеріңіз.</translation>
    </message>
    <message>
        <source>The camera&apos;s picture is black.</source>
        <translation>Камераның көрінісі қара.</translation>
    </message>
    <message>
        <source>Open its cover and switch on the light. Then try again.</source>
        <translation>Қақпағын ашып, жарықты қосыңыз. Содан кейін қайта тексеріңіз.</translation>
    </message>
    <message>
        <source>The camera shows hardly anything.</source>
        <translation>Камерадан ештеңе көрінбейді деуге болады.</translation>
    </message>
    <message>
        <source>If something lies over the lens, take it away. If all is well, you can begin.</source>
        <translation>Объективті бірдеңе жауып тұрса, алып тастаңыз. Бәрі дұрыс болса, бастай беріңіз.</translation>
    </message>
    <message>
        <source>The camera&apos;s picture does not move.</source>
        <translation>Камераның көрінісі қозғалмайды.</translation>
    </message>
    <message>
        <source>Unplug the camera, wait three seconds, plug it in. Then try again.</source>
        <translation>Камераны ажыратып, үш секунд күтіп, қайта қосыңыз. Содан кейін қайта тексеріңіз.</translation>
    </message>
    <message>
        <source>The system does not let us use the camera.</source>
        <translation>Жүйе камераны пайдалануға рұқсат бермейді.</translation>
    </message>
    <message>
        <source>Allow the camera for Senim in the system&apos;s privacy settings. Then try again.</source>
        <translation>Жүйенің құпиялық параметрлерінде Senim бағдарламасына камераны қолдануға рұқсат беріңіз. Содан кейін қайта тексеріңіз.</translation>
    </message>
    <message>
        <source>This exam needs a real camera.</source>
        <translation>Бұл емтиханға нағыз камера керек.</translation>
    </message>
    <message>
        <source>Choose the computer&apos;s own camera from the list. Simulated devices are only for rehearsals.</source>
        <translation>Тізімнен компьютердің өз камерасын таңдаңыз. Имитация тек дайындық емтихандарына арналған.</translation>
    </message>
    <message>
        <source>The list of cameras and microphones could not be read.</source>
        <translation>Камералар мен микрофондардың тізімін оқу мүмкін болмады.</translation>
    </message>
    <message>
        <source>Unplug devices you do not need, then try again.</source>
        <translation>Керек емес құрылғыларды ажыратып, қайта тексеріңіз.</translation>
    </message>
    <message>
        <source>A part of this program that writes pictures is missing.</source>
        <translation>Бағдарламаның бейнені жазатын бөлігі жоқ.</translation>
    </message>
    <message>
        <source>Install Senim anew, or call the help line.</source>
        <translation>Senim бағдарламасын қайта орнатыңыз немесе көмек желісіне қоңырау шалыңыз.</translation>
    </message>
    <message>
        <source>A device does not do its work.</source>
        <translation>Құрылғылардың бірі жұмыс істемей тұр.</translation>
    </message>
    <message>
        <source>Unplug it, wait three seconds, plug it in. Then try again.</source>
        <translation>Оны ажыратып, үш секунд күтіп, қайта қосыңыз. Содан кейін қайта тексеріңіз.</translation>
    </message>
    <message>
        <source>The camera stopped.</source>
        <translation>Камера тоқтап қалды.</translation>
    </message>
    <message>
        <source>Check its cable. Then try again.</source>
        <translation>Кабелін тексеріп, қайта тексеріңіз.</translation>
    </message>
    <message>
        <source>We hear you.</source>
        <translation>Сізді естіп тұрмыз.</translation>
    </message>
    <message>
        <source>No microphone was found.</source>
        <translation>Микрофон табылмады.</translation>
    </message>
    <message>
        <source>Plug a microphone or a headset in. Then try again.</source>
        <translation>Микрофонды немесе гарнитураны қосыңыз. Содан кейін қайта тексеріңіз.</translation>
    </message>
    <message>
        <source>The microphone gives no sound.</source>
        <translation>Микрофоннан дыбыс шықпайды.</translation>
    </message>
    <message>
        <source>Say a few words. Check that it is not muted, or choose another one.</source>
        <translation>Бірнеше сөз айтыңыз. Дыбысы өшірулі емес пе, тексеріңіз немесе басқасын таңдаңыз.</translation>
    </message>
    <message>
        <source>The system does not let us use the microphone.</source>
        <translation>Жүйе микрофонды пайдалануға рұқсат бермейді.</translation>
    </message>
    <message>
        <source>Allow the microphone for Senim in the system&apos;s privacy settings. Then try again.</source>
        <translation>Жүйенің құпиялық параметрлерінде Senim бағдарламасына микрофонды қолдануға рұқсат беріңіз. Содан кейін қайта тексеріңіз.</translation>
    </message>
    <message>
        <source>The microphone stopped.</source>
        <translation>Микрофон тоқтап қалды.</translation>
    </message>
    <message>
        <source>The screen&apos;s picture is black or empty.</source>
        <translation>Экранның көрінісі қара немесе бос.</translation>
    </message>
    <message>
        <source>Allow the recording of the screen when the system asks, start Senim anew if it says so. Under Wayland choose the whole screen in the system&apos;s question.</source>
        <translation>Жүйе сұрағанда экранды жазуға рұқсат беріңіз; керек десе, Senim бағдарламасын қайта іске қосыңыз. Wayland ортасында жүйенің сұрағында бүкіл экранды таңдаңыз.</translation>
    </message>
    <message>
        <source>The system gives no picture of the screen.</source>
        <translation>Жүйе экранның көрінісін бермейді.</translation>
    </message>
    <message>
        <source>The system does not let us record the screen.</source>
        <translation>Жүйе экранды жазуға рұқсат бермейді.</translation>
    </message>
    <message>
        <source>Allow screen recording for Senim in the system&apos;s privacy settings, then start Senim anew.</source>
        <translation>Жүйенің құпиялық параметрлерінде Senim бағдарламасына экранды жазуға рұқсат беріп, оны қайта іске қосыңыз.</translation>
    </message>
    <message>
        <source>No screen was found.</source>
        <translation>Экран табылмады.</translation>
    </message>
    <message>
        <source>Check the screen&apos;s cable. Then try again.</source>
        <translation>Экранның кабелін тексеріп, қайта тексеріңіз.</translation>
    </message>
    <message>
        <source>The picture of this screen stopped.</source>
        <translation>Бұл экранның көрінісі тоқтап қалды.</translation>
    </message>
</context>
<context>
    <name>CheckWords</name>
    <message>
        <source>This computer is ready.</source>
        <translation>Бұл компьютер дайын.</translation>
    </message>
    <message>
        <source>This computer is not ready yet.</source>
        <translation>Бұл компьютер әлі дайын емес.</translation>
    </message>
</context>
<context>
    <name>CloseQuestion</name>
    <message>
        <source>Close before everything is delivered?</source>
        <translation>Бәрі жеткенше жабасыз ба?</translation>
    </message>
    <message>
        <source>Your exam is handed in and sealed on this computer. The rest is sent in the background, or when Senim is started here again.</source>
        <translation>Емтиханыңыз тапсырылды және осы компьютерде мөрленіп сақталды. Қалғаны фонда немесе Senim осы жерде қайта іске қосылғанда жіберіледі.</translation>
    </message>
    <message>
        <source>The receipt is shown once everything has arrived.</source>
        <translation>Түбіртек бәрі жеткеннен кейін көрсетіледі.</translation>
    </message>
    <message>
        <source>Close in the middle of the exam?</source>
        <translation>Емтиханның ортасында жабасыз ба?</translation>
    </message>
    <message>
        <source>Nothing is lost: your answers and the recording until now are kept.</source>
        <translation>Ештеңе жоғалмайды: жауаптарыңыз бен осы уақытқа дейінгі жазба сақталады.</translation>
    </message>
    <message>
        <source>The exam&apos;s clock goes on, the recording stops, and the gap is noted. Start Senim again to go on; you show your face once more.</source>
        <translation>Емтихан уақыты жүре береді, жазба тоқтайды, үзіліс журналда белгіленеді. Жалғастыру үшін Senim бағдарламасын қайта іске қосыңыз; бетіңізді тағы бір рет көрсетесіз.</translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation>Осында қалу</translation>
    </message>
    <message>
        <source>Close Senim</source>
        <translation>Senim-ді жабу</translation>
    </message>
</context>
<context>
    <name>ConsentPage</name>
    <message>
        <source>Go on on this computer</source>
        <translation>Осы компьютерде жалғастыру</translation>
    </message>
    <message>
        <source>What is recorded, and why</source>
        <translation>Не жазылады және не үшін</translation>
    </message>
    <message>
        <source>The days count from your hand-in. If the decision about your exam is still open then, the recording is kept until it is made.</source>
        <translation>Күндер емтихан тапсырылған күннен бастап есептеледі. Ол кезде емтиханыңыз бойынша шешім әлі шықпаса, жазба шешім шыққанша сақталады.</translation>
    </message>
    <message>
        <source>This is a rehearsal: the result of the next check goes to the institution, so that its invigilators and administrators can help you before the exam. It tells the state of camera, microphone, screens, disk and network, other programs that disturb, this program&apos;s version and the system: no picture, no sound. Only the newest result of this computer is kept.</source>
        <translation>Бұл дайындық емтиханы: келесі тексерудің нәтижесі оқу орнына жіберіледі, сонда прокторлар мен әкімшілер сізге емтиханға дейін көмектесе алады. Онда камераның, микрофонның, экрандардың, дискінің және желінің күйі, кедергі болатын басқа бағдарламалар, осы бағдарламаның нұсқасы мен жүйе айтылады: сурет те, дыбыс та жоқ. Осы компьютердің тек соңғы нәтижесі сақталады.</translation>
    </message>
    <message>
        <source>The program only marks moments to look at. It gives no grade and no verdict: a person decides, and you can answer and appeal.</source>
        <translation>Бағдарлама тек назар аударатын сәттерді белгілейді. Ол баға да қоймайды, шешім де шығармайды: шешімді адам қабылдайды, ал сіз жауап беріп, апелляцияға бере аласыз.</translation>
    </message>
    <message>
        <source>I have read this and agree to the recording of this exam</source>
        <translation>Осыны оқып шықтым және осы емтиханның жазылуына келісемін</translation>
    </message>
    <message>
        <source>Version of this text: {version}. It is kept with the time of your consent. If you do not agree, go back: nothing is recorded. Then ask the institution for another way to sit the exam.</source>
        <translation>Мәтін нұсқасы: {version}. Ол келісім берген уақытыңызбен бірге сақталады. Келіспесеңіз, артқа қайтыңыз: ештеңе жазылмайды. Содан кейін оқу орнынан емтиханды басқаша тапсыру жолын сұраңыз.</translation>
    </message>
    <message>
        <source>Back to my exams</source>
        <translation>Емтихандарыма оралу</translation>
    </message>
    <message>
        <source>Opening the exam…</source>
        <translation>Емтихан ашылуда…</translation>
    </message>
    <message>
        <source>I agree, continue</source>
        <translation>Келісемін, жалғастыру</translation>
    </message>
    <message>
        <source>Next: a check of camera, microphone and screen. Nothing is recorded yet.</source>
        <translation>Келесі қадам: камераны, микрофонды және экранды тексеру. Әзірге ештеңе жазылмайды.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Не жазылады</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Не үшін</translation>
    </message>
    <message>
        <source>Who sees it</source>
        <translation>Кім көреді</translation>
    </message>
    <message>
        <source>Until when</source>
        <translation>Қашанға дейін</translation>
    </message>
    <message>
        <source>invigilators and the commission</source>
        <translation>прокторлар мен комиссия</translation>
    </message>
    <message>
        <source>All your screens</source>
        <translation>Барлық экрандарыңыз</translation>
    </message>
    <message>
        <source>to show how the work was done</source>
        <translation>жұмыстың қалай орындалғанын көрсету үшін</translation>
    </message>
    <message>
        <source>The camera&apos;s picture</source>
        <translation>Камераның көрінісі</translation>
    </message>
    <message>
        <source>to show who sits the exam</source>
        <translation>емтиханды кім тапсырып отырғанын көрсету үшін</translation>
    </message>
    <message>
        <source>The microphone&apos;s sound</source>
        <translation>Микрофонның дыбысы</translation>
    </message>
    <message>
        <source>to show that nobody dictates</source>
        <translation>ешкім айтып тұрмағанын көрсету үшін</translation>
    </message>
    <message>
        <source>A comparison of your face</source>
        <translation>Бетіңізді салыстыру</translation>
    </message>
    <message>
        <source>to confirm that it is you, with the picture the institution has</source>
        <translation>оқу орнындағы сурет бойынша бұл сіз екеніңізді растау үшін</translation>
    </message>
    <message>
        <source>The program in front, the network, how much is copied (never what), hints about the computer</source>
        <translation>Белсенді бағдарлама, желі, қанша мәтін көшірілгені (қандай екені емес), компьютер туралы белгілер</translation>
    </message>
    <message>
        <source>your teachers, invigilators and the commission</source>
        <translation>оқытушыларыңыз, прокторлар және комиссия</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s), then erased</source>
        <translation>
            <numerusform>%n күн, содан кейін өшіріледі</numerusform>
            <numerusform>%n күн, содан кейін өшіріледі</numerusform>
        </translation>
    </message>
    <message>
        <source>to explain gaps and moments</source>
        <translation>үзілістер мен сәттерді түсіндіру үшін</translation>
    </message>
    <message>
        <source>Your answers</source>
        <translation>Жауаптарыңыз</translation>
    </message>
    <message>
        <source>to be graded</source>
        <translation>бағалау үшін</translation>
    </message>
    <message>
        <source>as long as exam papers are kept</source>
        <translation>емтихан жұмыстары сақталғанша</translation>
    </message>
    <message>
        <source>as the institution&apos;s rules say</source>
        <translation>оқу орнының ережесі бойынша</translation>
    </message>
</context>
<context>
    <name>DeliverySaver</name>
    <message>
        <source>Save somewhere else…</source>
        <translation>Басқа жерге сақтау…</translation>
    </message>
    <message>
        <source>Save for delivery…</source>
        <translation>Жеткізу үшін сақтау…</translation>
    </message>
    <message>
        <source>Writing {done} of {total} MB. Leave the stick in.</source>
        <translation>{total} МБ-тың {done} МБ-ы жазылды. Флешканы суырмаңыз.</translation>
    </message>
    <message>
        <source>Saved as {file}, {size} MB. You may take the stick out now. Bring the file to the institution, or hand it in at its site from any computer: it ends in the same receipt. Code to compare: {code}.</source>
        <translation>{file} атауымен сақталды, {size} МБ. Енді флешканы суыруға болады. Файлды оқу орнына апарыңыз немесе кез келген компьютерден оның сайтында тапсырыңыз: сол түбіртектің өзін аласыз. Салыстыруға арналған код: {code}.</translation>
    </message>
    <message>
        <source>Save for delivery</source>
        <translation>Жеткізу үшін сақтау</translation>
    </message>
</context>
<context>
    <name>DeviceTexts</name>
    <message>
        <source>The exam goes on; it is noted how long this lasts.</source>
        <translation>Емтихан жалғаса береді; мұның қанша уақытқа созылғаны белгіленеді.</translation>
    </message>
    <message>
        <source>The camera&apos;s picture is black.</source>
        <translation>Камераның көрінісі қара.</translation>
    </message>
    <message>
        <source>Open its cover, or switch on the light.</source>
        <translation>Қақпағын ашыңыз немесе жарықты қосыңыз.</translation>
    </message>
    <message>
        <source>The camera shows hardly anything.</source>
        <translation>Камерадан ештеңе көрінбейді деуге болады.</translation>
    </message>
    <message>
        <source>If something lies over the lens, take it away. If all is well, just go on.</source>
        <translation>Объективті бірдеңе жауып тұрса, алып тастаңыз. Бәрі дұрыс болса, жалғастыра беріңіз.</translation>
    </message>
    <message>
        <source>The camera&apos;s picture does not move.</source>
        <translation>Камераның көрінісі қозғалмайды.</translation>
    </message>
    <message>
        <source>If you can, unplug the camera and plug it in again. Else just go on.</source>
        <translation>Мүмкін болса, камераны ажыратып, қайта қосыңыз. Болмаса, жалғастыра беріңіз.</translation>
    </message>
    <message>
        <source>The camera&apos;s picture is back.</source>
        <translation>Камераның көрінісі қайта пайда болды.</translation>
    </message>
    <message>
        <source>We cannot see your face.</source>
        <translation>Бетіңізді көріп тұрған жоқпыз.</translation>
    </message>
    <message>
        <source>The exam goes on; a person may look at this moment later.</source>
        <translation>Емтихан жалғасады; бұл сәтті кейін адам қарауы мүмкін.</translation>
    </message>
    <message>
        <source>If you can, sit so that the camera sees your face. Nothing should cover it, or the lens.</source>
        <translation>Мүмкін болса, камера бетіңізді көретіндей отырыңыз. Бетті де, объективті де ештеңе жаппасын.</translation>
    </message>
    <message>
        <source>Another camera is recorded now: {name}.</source>
        <translation>Енді басқа камера жазылып жатыр: {name}.</translation>
    </message>
    <message>
        <source>The exam goes on; the change is noted.</source>
        <translation>Емтихан жалғаса береді; өзгеріс белгіленді.</translation>
    </message>
    <message>
        <source>If you did not want this, plug the other camera in again.</source>
        <translation>Мұны қаламасаңыз, алдыңғы камераны қайта қосыңыз.</translation>
    </message>
    <message>
        <source>The microphone is muted.</source>
        <translation>Микрофонның дыбысы өшірулі.</translation>
    </message>
    <message>
        <source>Switch it on: a button on the headset or keyboard, or the system&apos;s sound settings.</source>
        <translation>Оны қосыңыз: құлаққаптағы немесе пернетақтадағы батырма арқылы не жүйенің дыбыс баптауларынан.</translation>
    </message>
    <message>
        <source>The microphone gives hardly any sound.</source>
        <translation>Микрофоннан дыбыс шықпайды деуге болады.</translation>
    </message>
    <message>
        <source>Check its cable and its volume in the system&apos;s sound settings.</source>
        <translation>Оның кабелін және жүйенің дыбыс баптауларындағы деңгейін тексеріңіз.</translation>
    </message>
    <message>
        <source>The microphone gives sound again.</source>
        <translation>Микрофоннан дыбыс қайта шықты.</translation>
    </message>
    <message>
        <source>Another microphone is recorded now: {name}.</source>
        <translation>Енді басқа микрофон жазылып жатыр: {name}.</translation>
    </message>
    <message>
        <source>If you did not want this, plug the other microphone in again.</source>
        <translation>Мұны қаламасаңыз, алдыңғы микрофонды қайта қосыңыз.</translation>
    </message>
</context>
<context>
    <name>ExamBar</name>
    <message>
        <source>Hand in…</source>
        <translation>Тапсыру…</translation>
    </message>
    <message>
        <source>kept in this window</source>
        <translation>осы терезеде сақтаулы</translation>
    </message>
    <message>
        <source>no answers yet</source>
        <translation>әзірге жауап жоқ</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>сақталуда…</translation>
    </message>
    <message numerus="yes">
        <source>saved on this computer, %n answer(s) on the way</source>
        <translation>
            <numerusform>осы компьютерде сақталды, %n жауап жолда</numerusform>
            <numerusform>осы компьютерде сақталды, %n жауап жолда</numerusform>
        </translation>
    </message>
    <message>
        <source>saved and delivered</source>
        <translation>сақталды және жеткізілді</translation>
    </message>
    <message>
        <source>online</source>
        <translation>желі бар</translation>
    </message>
    <message>
        <source>slow network, {size} MB waiting</source>
        <translation>желі баяу, кезекте {size} МБ</translation>
    </message>
    <message>
        <source>no network, {size} MB kept here</source>
        <translation>желі жоқ, осында {size} МБ сақтаулы</translation>
    </message>
    <message>
        <source>Time left: {time}</source>
        <translation>Қалған уақыт: {time}</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>аяқталуы: {time}</translation>
    </message>
    <message>
        <source>until {time}, by this computer&apos;s clock</source>
        <translation>аяқталуы: {time}, осы компьютердің сағатымен</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>кідірісте</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>%n минут қалды</numerusform>
            <numerusform>%n минут қалды</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExamCard</name>
    <message>
        <source>opens later</source>
        <translation>кейін ашылады</translation>
    </message>
    <message>
        <source>open now</source>
        <translation>қазір ашық</translation>
    </message>
    <message>
        <source>begun, you can go on</source>
        <translation>басталған, жалғастыруға болады</translation>
    </message>
    <message>
        <source>handed in</source>
        <translation>тапсырылды</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>жабық</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n минут</numerusform>
            <numerusform>%n минут</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n extra minute(s) for you</source>
        <translation>
            <numerusform>және сізге қосымша %n минут</numerusform>
            <numerusform>және сізге қосымша %n минут</numerusform>
        </translation>
    </message>
    <message>
        <source>a rehearsal: it does not count</source>
        <translation>дайындық емтиханы: нәтижесі есепке алынбайды</translation>
    </message>
</context>
<context>
    <name>ExamFoot</name>
    <message>
        <source>Marked</source>
        <translation>Белгіленді</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Белгілеу</translation>
    </message>
    <message>
        <source>Hide my picture</source>
        <translation>Менің көрінісімді жасыру</translation>
    </message>
    <message>
        <source>Show my picture</source>
        <translation>Менің көрінісімді көрсету</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Алдыңғы</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Келесі</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Мәтінді кішірейту</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Мәтінді үлкейту</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Пернелер тіркесімдері</translation>
    </message>
    <message>
        <source>Keyboard shortcuts (F1)</source>
        <translation>Пернелер тіркесімдері (F1)</translation>
    </message>
</context>
<context>
    <name>ExamPage</name>
    <message>
        <source>Question</source>
        <translation>Сұрақ</translation>
    </message>
    <message>
        <source>Question {number} of {total}</source>
        <translation>{number}-сұрақ, барлығы {total}</translation>
    </message>
    <message>
        <source>{points} points</source>
        <translation>{points} балл</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n балл</numerusform>
            <numerusform>%n балл</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose one answer.</source>
        <translation>Бір жауапты таңдаңыз.</translation>
    </message>
    <message>
        <source>Choose every right answer.</source>
        <translation>Барлық дұрыс жауаптарды таңдаңыз.</translation>
    </message>
    <message>
        <source>Clear my choice</source>
        <translation>Таңдауымды алып тастау</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>Жауабыңыз</translation>
    </message>
    <message>
        <source>Question {number}</source>
        <translation>{number}-сұрақ</translation>
    </message>
    <message>
        <source>to read, no answer is needed</source>
        <translation>оқуға арналған, жауап қажет емес</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>жауап берілген</translation>
    </message>
    <message>
        <source>open</source>
        <translation>жауапсыз</translation>
    </message>
    <message>
        <source>marked</source>
        <translation>белгіленген</translation>
    </message>
</context>
<context>
    <name>ExamsPage</name>
    <message>
        <source>My exams</source>
        <translation>Менің емтихандарым</translation>
    </message>
    <message>
        <source>Signed in as {name}.</source>
        <translation>Жүйеге кірген: {name}.</translation>
    </message>
    <message>
        <source>Refresh the list</source>
        <translation>Тізімді жаңарту</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Шығу</translation>
    </message>
    <message>
        <source>No exam is planned for you at present. If you expected one, tell the help line.</source>
        <translation>Қазір сізге жоспарланған емтихан жоқ. Емтихан болуы керек деп ойласаңыз, көмек желісіне айтыңыз.</translation>
    </message>
    <message>
        <source>Asking the institution for your exams…</source>
        <translation>Оқу орнынан емтихандарыңыз сұралуда…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Жалғастыру</translation>
    </message>
    <message>
        <source>Back to the questions…</source>
        <translation>Сұрақтарға оралу…</translation>
    </message>
    <message>
        <source>Next: your questions and answers. The recording goes on at once.</source>
        <translation>Келесі: сұрақтарыңыз бен жауаптарыңыз. Жазба бірден жалғасады.</translation>
    </message>
    <message>
        <source>Choose an exam that is open.</source>
        <translation>Ашық тұрған емтиханды таңдаңыз.</translation>
    </message>
    <message>
        <source>Next: what will be recorded, and why.</source>
        <translation>Келесі қадам: не жазылады және не үшін.</translation>
    </message>
</context>
<context>
    <name>FileBox</name>
    <message>
        <source>“{name}” was removed.</source>
        <translation>«{name}» алынып тасталды.</translation>
    </message>
    <message>
        <source>Attached files</source>
        <translation>Тіркелген файлдар</translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation>Файл тіркеу…</translation>
    </message>
    <message>
        <source>Attach a file. Files can also be dropped here.</source>
        <translation>Файл тіркеу. Файлды осы жерге сүйреп әкелуге де болады.</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Қайтару</translation>
    </message>
</context>
<context>
    <name>FileDesk</name>
    <message>
        <source>Attach a file</source>
        <translation>Файл тіркеу</translation>
    </message>
    <message>
        <source>“{name}” is attached</source>
        <translation>«{name}» тіркелді</translation>
    </message>
    <message>
        <source>being copied, {percent} %</source>
        <translation>көшірілуде, {percent} %</translation>
    </message>
</context>
<context>
    <name>FileDialog</name>
    <message>
        <source>Folder</source>
        <translation>Қалта</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Файл атауы</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Жоғары</translation>
    </message>
    <message>
        <source>One folder up</source>
        <translation>Бір қалтаға жоғары</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Бас тарту</translation>
    </message>
    <message>
        <source>Files in {folder}</source>
        <translation>{folder} қалтасындағы файлдар</translation>
    </message>
    <message>
        <source>Reading the folder…</source>
        <translation>Қалта оқылып жатыр…</translation>
    </message>
    <message>
        <source>This name cannot be used here. Choose another.</source>
        <translation>Мұнда бұл атауды қолдануға болмайды. Басқасын таңдаңыз.</translation>
    </message>
    <message>
        <source>This folder cannot be read. Choose another.</source>
        <translation>Бұл қалта оқылмайды. Басқасын таңдаңыз.</translation>
    </message>
    <message>
        <source>There is nothing to show in this folder.</source>
        <translation>Бұл қалтада көрсететін ештеңе жоқ.</translation>
    </message>
</context>
<context>
    <name>FileLine</name>
    <message>
        <source>Replace…</source>
        <translation>Ауыстыру…</translation>
    </message>
    <message>
        <source>Replace “{name}”</source>
        <translation>«{name}» файлын ауыстыру</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Алып тастау</translation>
    </message>
    <message>
        <source>Remove “{name}”</source>
        <translation>«{name}» файлын алып тастау</translation>
    </message>
</context>
<context>
    <name>FileList</name>
    <message>
        <source>Name</source>
        <translation>Атауы</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Өзгертілген</translation>
    </message>
    <message>
        <source>{name}, folder</source>
        <translation>{name}, қалта</translation>
    </message>
</context>
<context>
    <name>FileTexts</name>
    <message>
        <source>What is attached already stays attached, and the exam goes on.</source>
        <translation>Бұған дейін тіркелген файлдар сақталады, емтихан жалғасуда.</translation>
    </message>
    <message>
        <source>This file is empty and was not attached.</source>
        <translation>Бұл файл бос, сондықтан тіркелмеді.</translation>
    </message>
    <message>
        <source>Save your work in its program once more, then attach the file again.</source>
        <translation>Жұмысыңызды өз бағдарламасында тағы бір рет сақтап, файлды қайта тіркеңіз.</translation>
    </message>
    <message>
        <source>This file is too large and was not attached; {most_mb} MB are allowed.</source>
        <translation>Бұл файл тым үлкен, сондықтан тіркелмеді; рұқсат етілген көлем – {most_mb} МБ.</translation>
    </message>
    <message>
        <source>Save it smaller, for example with smaller pictures, and attach that.</source>
        <translation>Оны кішірейтіп, мысалы суреттерін кішірек етіп сақтаңыз да, соны тіркеңіз.</translation>
    </message>
    <message>
        <source>This kind of file is not taken here. These are: {kinds}.</source>
        <translation>Мұндай файл мұнда қабылданбайды. Қабылданатындары: {kinds}.</translation>
    </message>
    <message>
        <source>Save your work in one of these kinds and attach that file.</source>
        <translation>Жұмысыңызды осы түрлердің бірінде сақтап, сол файлды тіркеңіз.</translation>
    </message>
    <message>
        <source>This file is not there any more and was not attached.</source>
        <translation>Бұл файл орнында жоқ, сондықтан тіркелмеді.</translation>
    </message>
    <message>
        <source>Look where it lies now; if it was on a stick, plug the stick in. Then attach it again.</source>
        <translation>Файлдың қазір қайда екенін қараңыз; флешкада болса, флешканы салыңыз. Содан кейін қайта тіркеңіз.</translation>
    </message>
    <message>
        <source>This file cannot be read and was not attached.</source>
        <translation>Бұл файлды оқу мүмкін емес, сондықтан ол тіркелмеді.</translation>
    </message>
    <message>
        <source>Close it in the program that has it open, or save a copy of it, and attach that.</source>
        <translation>Ол ашық тұрған бағдарламада файлды жабыңыз немесе көшірмесін сақтап, соны тіркеңіз.</translation>
    </message>
    <message>
        <source>This is no file but a folder or something else, and was not attached.</source>
        <translation>Бұл файл емес, қалта немесе басқа нәрсе, сондықтан тіркелмеді.</translation>
    </message>
    <message>
        <source>Choose the file itself. Several files can be packed into one archive if archives are taken.</source>
        <translation>Файлдың өзін таңдаңыз. Мұрағат қабылданатын болса, бірнеше файлды бір мұрағатқа жинауға болады.</translation>
    </message>
    <message>
        <source>No more files can be attached to this question.</source>
        <translation>Бұл сұраққа бұдан артық файл тіркеуге болмайды.</translation>
    </message>
    <message>
        <source>Remove one that is not needed, or replace it.</source>
        <translation>Қажет емесін алып тастаңыз немесе ауыстырыңыз.</translation>
    </message>
    <message>
        <source>There is not enough room on this computer: {needed_mb} MB are needed, {free_mb} MB are free.</source>
        <translation>Бұл компьютерде орын жетпейді: {needed_mb} МБ керек, {free_mb} МБ бос.</translation>
    </message>
    <message>
        <source>Delete files you do not need, then attach this one again.</source>
        <translation>Қажет емес файлдарды өшіріп, осы файлды қайта тіркеңіз.</translation>
    </message>
    <message>
        <source>All that was attached in this exam would be more than {most_mb} MB.</source>
        <translation>Осы емтиханда тіркелгеннің бәрі {most_mb} МБ-тан асып кетер еді.</translation>
    </message>
    <message>
        <source>Files that were removed or replaced count too, because they stay in the recording.</source>
        <translation>Алынып тасталған және ауыстырылған файлдар да есептеледі, өйткені олар жазбада қалады.</translation>
    </message>
    <message>
        <source>Attach a smaller file, or call the help line.</source>
        <translation>Кішірек файл тіркеңіз немесе көмек желісіне қоңырау шалыңыз.</translation>
    </message>
    <message>
        <source>This file could not be kept on this computer and was not attached.</source>
        <translation>Бұл файлды осы компьютерде сақтау мүмкін болмады, сондықтан ол тіркелмеді.</translation>
    </message>
    <message>
        <source>Try once more. If it stays so, call the help line now.</source>
        <translation>Тағы бір рет байқап көріңіз. Болмаса, көмек желісіне қазір қоңырау шалыңыз.</translation>
    </message>
    <message>
        <source>The exam ended before this file was copied, so it was not attached.</source>
        <translation>Бұл файл көшіріліп біткенше емтихан аяқталды, сондықтан ол тіркелмеді.</translation>
    </message>
    <message>
        <source>Everything that was attached before is handed in.</source>
        <translation>Бұған дейін тіркелгеннің бәрі тапсырылды.</translation>
    </message>
    <message>
        <source>Tell the invigilator if this file belongs to your work.</source>
        <translation>Бұл файл жұмысыңызға қажет болса, прокторға айтыңыз.</translation>
    </message>
    <message>
        <source>The institution&apos;s server takes no more attached files of this exam.</source>
        <translation>Оқу орнының сервері осы емтиханның тіркелген файлдарын бұдан артық қабылдамайды.</translation>
    </message>
    <message>
        <source>The files are kept sealed on this computer; the exam goes on.</source>
        <translation>Файлдар осы компьютерде мөрленіп сақталады; емтихан жалғасуда.</translation>
    </message>
    <message>
        <source>Tell the invigilator: the institution can raise its limit, and the files are sent then.</source>
        <translation>Прокторға айтыңыз: оқу орны шекті көтере алады, сонда файлдар жіберіледі.</translation>
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
            <numerusform>%n байт</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Up to %n file(s), each up to {size}.</source>
        <translation>
            <numerusform>Бір файл, көлемінің шегі – {size}.</numerusform>
            <numerusform>%n файлға дейін, әрқайсысының шегі – {size}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Kinds: {kinds}.</source>
        <translation>Түрлері: {kinds}.</translation>
    </message>
    <message numerus="yes">
        <source>At least %n is expected.</source>
        <translation>
            <numerusform>Кемінде %n файл күтіледі.</numerusform>
            <numerusform>Кемінде %n файл күтіледі.</numerusform>
        </translation>
    </message>
    <message>
        <source>attached on another computer</source>
        <translation>басқа компьютерде тіркелген</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>жеткізілді</translation>
    </message>
    <message>
        <source>saved on this computer</source>
        <translation>осы компьютерде сақталды</translation>
    </message>
</context>
<context>
    <name>HandInPage</name>
    <message>
        <source>Your exam is being handed in</source>
        <translation>Емтиханыңыз тапсырылып жатыр</translation>
    </message>
    <message>
        <source>Your answers are fixed. The recording has ended.</source>
        <translation>Жауаптарыңыз бекітілді. Жазба аяқталды.</translation>
    </message>
    <message>
        <source>Sealing the last piece of the recording</source>
        <translation>Жазбаның соңғы бөлігі мөрленуде</translation>
    </message>
    <message>
        <source>Sending the rest of the recording to the institution</source>
        <translation>Жазбаның қалғаны оқу орнына жіберілуде</translation>
    </message>
    <message>
        <source>The institution checks that everything arrived</source>
        <translation>Оқу орны бәрінің жеткенін тексеруде</translation>
    </message>
    <message>
        <source>Everything has arrived</source>
        <translation>Бәрі жетті</translation>
    </message>
    <message>
        <source>Sealed, to be delivered: waiting for the network</source>
        <translation>Мөрленді, жеткізілуі керек: желі күтілуде</translation>
    </message>
    <message>
        <source>Sealed, to be delivered: the recording waits for a line you do not pay for</source>
        <translation>Мөрленді, жеткізілуі керек: жазба ақысыз желіні күтуде</translation>
    </message>
    <message>
        <source>The sending was interrupted and is being restarted</source>
        <translation>Жіберу үзіліп, қайта іске қосылуда</translation>
    </message>
    <message>
        <source>Your work is sealed under the code {code}. Write it down.</source>
        <translation>Жұмысыңыз мөрленді, оның коды: {code}. Жазып алыңыз.</translation>
    </message>
    <message>
        <source>Everything is sealed and safe on this computer. You may close Senim; start it here again when there is a network, and the rest is sent. The institution sees when you handed in.</source>
        <translation>Бәрі осы компьютерде мөрленіп, аман сақталды. Senim бағдарламасын жабуға болады; желі пайда болғанда оны осы жерде қайта іске қосыңыз, сонда қалғаны жіберіледі. Оқу орны тапсырған уақытыңызды көреді.</translation>
    </message>
    <message>
        <source>Please stay until the receipt appears. If you must leave, nothing is lost: the rest is sent when Senim runs on this computer again.</source>
        <translation>Түбіртек шыққанша күте тұрыңыз. Кету керек болса, ештеңе жоғалмайды: қалғаны Senim осы компьютерде қайта іске қосылғанда жіберіледі.</translation>
    </message>
    <message>
        <source>Next: your receipt.</source>
        <translation>Келесі қадам: түбіртегіңіз.</translation>
    </message>
    <message>
        <source>Sent {sent} of {total} MB at {rate} kB/s, {time} left</source>
        <translation>{total} МБ-тың {sent} МБ-ы жіберілді, {rate} кБ/с, {time} қалды</translation>
    </message>
    <message>
        <source>Sent {sent} of {total} MB, {time} left</source>
        <translation>{total} МБ-тан {sent} МБ жіберілді, қалған уақыт: {time}</translation>
    </message>
    <message>
        <source>Sent {sent} of {total} MB</source>
        <translation>{total} МБ-тан {sent} МБ жіберілді</translation>
    </message>
</context>
<context>
    <name>HandInQuestion</name>
    <message numerus="yes">
        <source>%n question(s) have no answer yet:</source>
        <translation>
            <numerusform>%n сұраққа әлі жауап берілмеді:</numerusform>
            <numerusform>%n сұраққа әлі жауап берілмеді:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n question(s) have an answer.</source>
        <translation>
            <numerusform>Барлық %n сұраққа жауап берілді.</numerusform>
            <numerusform>Барлық %n сұраққа жауап берілді.</numerusform>
        </translation>
    </message>
    <message>
        <source>Hand in now?</source>
        <translation>Қазір тапсырасыз ба?</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) are marked to look at again:</source>
        <translation>
            <numerusform>%n сұрақ қайта қарау үшін белгіленген:</numerusform>
            <numerusform>%n сұрақ қайта қарау үшін белгіленген:</numerusform>
        </translation>
    </message>
    <message>
        <source>After handing in, answers cannot be changed. Recording ends.</source>
        <translation>Тапсырғаннан кейін жауаптарды өзгерту мүмкін емес. Жазба аяқталады.</translation>
    </message>
    <message>
        <source>Back to the questions</source>
        <translation>Сұрақтарға оралу</translation>
    </message>
    <message>
        <source>Hand in now</source>
        <translation>Қазір тапсыру</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are still being copied. Handed in now, they would be left out.</source>
        <translation>
            <numerusform>%n файл әлі көшірілуде. Қазір тапсырсаңыз, ол кірмей қалады.</numerusform>
            <numerusform>%n файл әлі көшірілуде. Қазір тапсырсаңыз, ол кірмей қалады.</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to question {number}</source>
        <translation>{number}-сұраққа өту</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>және тағы %n</numerusform>
            <numerusform>және тағы %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IdentityPage</name>
    <message>
        <source>Is it you?</source>
        <translation>Бұл сіз бе?</translation>
    </message>
    <message>
        <source>We compare your face with the picture your institution has of you.</source>
        <translation>Бетіңізді оқу орныңыздағы суретіңізбен салыстырамыз.</translation>
    </message>
    <message>
        <source>The comparison is made on this computer, and again by your institution from the recording. Invigilators see the results and the pictures; if it is unclear, a person decides.</source>
        <translation>Салыстыру осы компьютерде жасалады, оқу орны оны жазбадан қайталайды. Нәтижелері мен суреттерді прокторлар көреді; анық болмаса, шешімді адам қабылдайды.</translation>
    </message>
    <message>
        <source>Live picture of your camera</source>
        <translation>Камераңыздың тікелей көрінісі</translation>
    </message>
    <message>
        <source>The camera&apos;s picture appears here.</source>
        <translation>Камераның көрінісі осы жерде пайда болады.</translation>
    </message>
    <message>
        <source>Progress of the comparison</source>
        <translation>Салыстыру барысы</translation>
    </message>
    <message>
        <source>I cannot do this</source>
        <translation>Мен мұны орындай алмаймын</translation>
    </message>
    <message>
        <source>Ask me for another movement</source>
        <translation>Басқа қимыл сұралсын</translation>
    </message>
    <message>
        <source>Try once more</source>
        <translation>Тағы бір рет көру</translation>
    </message>
    <message>
        <source>Sit so that your face fits the oval.</source>
        <translation>Бетіңіз сопақ шеңберге сиятындай отырыңыз.</translation>
    </message>
    <message>
        <source>You will be asked to look straight, to turn your head and to blink. It takes half a minute. If you cannot do a movement, you can ask for another one. When you press the button, the recording of the exam begins.</source>
        <translation>Тура қарауды, басыңызды бұруды және көзіңізді жыпылықтатуды сұраймыз. Бұған жарты минут кетеді. Бір қимылды жасай алмасаңыз, оның орнына басқасын сұрай аласыз. Батырманы басқанда емтиханның жазбасы басталады.</translation>
    </message>
    <message>
        <source>Look straight at the camera</source>
        <translation>Камераға тура қараңыз</translation>
    </message>
    <message>
        <source>Turn your head to the left</source>
        <translation>Басыңызды солға бұрыңыз</translation>
    </message>
    <message>
        <source>Turn your head to the right</source>
        <translation>Басыңызды оңға бұрыңыз</translation>
    </message>
    <message>
        <source>Blink once or twice</source>
        <translation>Бір-екі рет көзіңізді жыпылықтатыңыз</translation>
    </message>
    <message>
        <source>Lower your head, then look straight again</source>
        <translation>Басыңызды төмен иіп, қайтадан тура қараңыз</translation>
    </message>
    <message>
        <source>Raise your head, then look straight again</source>
        <translation>Басыңызды жоғары көтеріп, қайтадан тура қараңыз</translation>
    </message>
    <message>
        <source>Open your mouth, then close it again</source>
        <translation>Аузыңызды ашып, қайта жабыңыз</translation>
    </message>
    <message>
        <source>Come closer to the camera, or bring it closer, and stay there</source>
        <translation>Камераға жақындаңыз немесе оны өзіңізге жақындатыңыз да, солай тұра тұрыңыз</translation>
    </message>
    <message>
        <source>Hold still for a moment</source>
        <translation>Сәл қозғалмай тұрыңыз</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Салыстырылуда…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Дайын</translation>
    </message>
    <message>
        <source>We cannot see your face. Please move into the oval.</source>
        <translation>Бетіңіз көрінбейді. Сопақ шеңбердің ішіне жылжыңыз.</translation>
    </message>
    <message>
        <source>We see more than one face. Please sit alone before the camera.</source>
        <translation>Бірнеше бет көрініп тұр. Камераның алдына жалғыз отырыңыз.</translation>
    </message>
    <message>
        <source>Please come a little closer.</source>
        <translation>Сәл жақындаңыз.</translation>
    </message>
    <message>
        <source>Please move back a little.</source>
        <translation>Сәл алыстаңыз.</translation>
    </message>
    <message>
        <source>It is too dark. Please move into the light.</source>
        <translation>Тым қараңғы. Жарыққа қарай жылжыңыз.</translation>
    </message>
    <message>
        <source>It is too bright. Please turn away from the window or lamp.</source>
        <translation>Тым жарық. Терезеден немесе шамнан басқа жаққа бұрылыңыз.</translation>
    </message>
    <message>
        <source>The picture is blurred. Please hold still, or wipe the camera.</source>
        <translation>Көрініс бұлыңғыр. Қозғалмай тұрыңыз немесе камераны сүртіңіз.</translation>
    </message>
    <message>
        <source>Please face the camera.</source>
        <translation>Бетіңізді камераға қаратыңыз.</translation>
    </message>
    <message>
        <source>A part of your face is covered. If you can, uncover it; if not, choose “I cannot do this”.</source>
        <translation>Бетіңіздің бір бөлігі жабық. Мүмкін болса, ашыңыз; болмаса, «Мен мұны орындай алмаймын» батырмасын таңдаңыз.</translation>
    </message>
    <message>
        <source>Thank you, it is you.</source>
        <translation>Рахмет, бұл сіз.</translation>
    </message>
    <message>
        <source>The pictures agree.</source>
        <translation>Суреттер сәйкес келеді.</translation>
    </message>
    <message>
        <source>The pictures do not agree well enough.</source>
        <translation>Суреттердің сәйкестігі жеткіліксіз.</translation>
    </message>
    <message>
        <source>This happens with new glasses, light or an old picture. You can try once more or go on: an invigilator looks at it and decides.</source>
        <translation>Жаңа көзілдірік, жарық немесе ескі сурет болса, осылай болады. Тағы бір рет көріңіз немесе жалғастыра беріңіз: проктор қарап, өзі шешеді.</translation>
    </message>
    <message>
        <source>An invigilator will confirm that it is you.</source>
        <translation>Бұл сіз екеніңізді проктор растайды.</translation>
    </message>
    <message>
        <source>You can go on now. Nothing is held against you.</source>
        <translation>Қазір жалғастыра беріңіз. Бұл сізге зиян келтірмейді.</translation>
    </message>
    <message>
        <source>Begin the recording</source>
        <translation>Жазбаны бастау</translation>
    </message>
    <message>
        <source>Next: the recording begins and you are asked to look and turn.</source>
        <translation>Келесі қадам: жазба басталады, қарап, бұрылуыңызды сұраймыз.</translation>
    </message>
    <message>
        <source>Open the questions</source>
        <translation>Сұрақтарды ашу</translation>
    </message>
    <message>
        <source>Next: the questions. Your time has not started.</source>
        <translation>Келесі қадам: сұрақтар. Уақытыңыз әлі басталған жоқ.</translation>
    </message>
    <message>
        <source>Please wait…</source>
        <translation>Күте тұрыңыз…</translation>
    </message>
    <message numerus="yes">
        <source>Your time starts with the questions: %n minute(s).</source>
        <translation>
            <numerusform>Уақытыңыз сұрақтармен бірге басталады: %n минут.</numerusform>
            <numerusform>Уақытыңыз сұрақтармен бірге басталады: %n минут.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your time starts with the questions.</source>
        <translation>Уақытыңыз сұрақтармен бірге басталады.</translation>
    </message>
    <message>
        <source>Nothing else can be asked for here. If you cannot do this either, choose “I cannot do this”.</source>
        <translation>Мұнда басқа ештеңе сұралмайды. Мұны да орындай алмасаңыз, «Мен мұны орындай алмаймын» батырмасын таңдаңыз.</translation>
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
        <translation>Желі {length} болмады: емтихан уақыты жүре берді</translation>
    </message>
    <message>
        <source>Network lost for {length}: given back</source>
        <translation>Желі {length} болмады: бұл уақыт қайтарылды</translation>
    </message>
    <message>
        <source>Network lost for {length}: {back} given back</source>
        <translation>Желі {length} болмады: {back} қайтарылды</translation>
    </message>
    <message>
        <source>Program stopped for {length}: the exam&apos;s clock went on</source>
        <translation>Бағдарлама {length} тоқтап тұрды: емтихан уақыты жүре берді</translation>
    </message>
    <message>
        <source>Program stopped for {length}: given back</source>
        <translation>Бағдарлама {length} тоқтап тұрды: бұл уақыт қайтарылды</translation>
    </message>
    <message>
        <source>Program stopped for {length}: {back} given back</source>
        <translation>Бағдарлама {length} тоқтап тұрды: {back} қайтарылды</translation>
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
        <translation>Емтихан</translation>
    </message>
</context>
<context>
    <name>MeteredBox</name>
    <message>
        <source>I pay for my data: send recordings later</source>
        <translation>Деректер үшін ақы төлеймін: жазбаны кейін жіберу</translation>
    </message>
    <message>
        <source>Answers still go at once. The recording stays on this computer until you take the tick away; the receipt comes when it has arrived.</source>
        <translation>Жауаптар бірден жіберіле береді. Белгіні алып тастағанша жазба осы компьютерде қалады; түбіртек ол жеткен соң келеді.</translation>
    </message>
</context>
<context>
    <name>NoticeBanner</name>
    <message>
        <source>An invigilator asks you to take note</source>
        <translation>Проктор назар аударуыңызды сұрайды</translation>
    </message>
    <message>
        <source>An invigilator asks you to call</source>
        <translation>Проктор қоңырау шалуыңызды сұрайды</translation>
    </message>
    <message>
        <source>An invigilator asks you to come to the camera</source>
        <translation>Проктор сізден камера алдына келуді сұрайды</translation>
    </message>
    <message numerus="yes">
        <source>You have %n more minute(s)</source>
        <translation>
            <numerusform>Сізге тағы %n минут қосылды</numerusform>
            <numerusform>Сізге тағы %n минут қосылды</numerusform>
        </translation>
    </message>
    <message>
        <source>An invigilator writes</source>
        <translation>Проктордан хабарлама</translation>
    </message>
    <message>
        <source>Sent at {time}, written in Kazakh</source>
        <translation>Жіберілген уақыты: {time}, қазақша жазылған</translation>
    </message>
    <message>
        <source>Sent at {time}, written in Russian</source>
        <translation>Жіберілген уақыты: {time}, орысша жазылған</translation>
    </message>
    <message>
        <source>Sent at {time}, written in English</source>
        <translation>Жіберілген уақыты: {time}, ағылшынша жазылған</translation>
    </message>
    <message>
        <source>Sent at {time}</source>
        <translation>Жіберілген уақыты: {time}</translation>
    </message>
    <message>
        <source>I have read this</source>
        <translation>Оқыдым</translation>
    </message>
</context>
<context>
    <name>OpenDialog</name>
    <message>
        <source>Choose</source>
        <translation>Таңдау</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Мұндай файл жоқ.</translation>
    </message>
    <message>
        <source>Only files of these kinds are taken: {kinds}.</source>
        <translation>Тек мына түрдегі файлдар қабылданады: {kinds}.</translation>
    </message>
</context>
<context>
    <name>PauseCover</name>
    <message>
        <source>The exam is paused</source>
        <translation>Емтихан кідіртілді</translation>
    </message>
    <message>
        <source>The questions are covered until an invigilator lets the exam go on. Your answers are saved and your time stands still. Recording goes on.</source>
        <translation>Проктор емтиханды жалғастырғанша сұрақтар жабық тұрады. Жауаптарыңыз сақталды, уақытыңыз тоқтап тұр. Жазба жүріп жатыр.</translation>
    </message>
</context>
<context>
    <name>PermissionHelp</name>
    <message>
        <source>The system asks what may be shown. Choose the whole screen:</source>
        <translation>Жүйе нені көрсетуге болатынын сұрайды. Бүкіл экранды таңдаңыз:</translation>
    </message>
    <message>
        <source>It is allowed here:</source>
        <translation>Рұқсат мына жерде беріледі:</translation>
    </message>
    <message>
        <source>If that does not help, the system may be keeping Senim from it. It is allowed here:</source>
        <translation>Бұл көмектеспесе, мүмкін, жүйенің өзі Senim бағдарламасына жол бермей тұр. Рұқсат мына жерде беріледі:</translation>
    </message>
</context>
<context>
    <name>PlaceList</name>
    <message>
        <source>Places</source>
        <translation>Орындар</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Құжаттар</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>Жұмыс үстелі</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Жүктемелер</translation>
    </message>
    <message>
        <source>Home folder</source>
        <translation>Үй қалтасы</translation>
    </message>
</context>
<context>
    <name>ProblemTexts</name>
    <message>
        <source>Something went wrong that this program has no words for.</source>
        <translation>Бағдарлама сөзбен түсіндіре алмайтын қате болды.</translation>
    </message>
    <message>
        <source>What you have done so far is kept on this computer.</source>
        <translation>Осы уақытқа дейін жасағаныңыз осы компьютерде сақтаулы.</translation>
    </message>
    <message>
        <source>Try again. If it stays, tell the help line the code below.</source>
        <translation>Қайталап көріңіз. Өзгермесе, төмендегі кодты көмек желісіне айтыңыз.</translation>
    </message>
    <message>
        <source>The exam goes on; what is missing is noted with its cause.</source>
        <translation>Емтихан жалғаса береді; жетпегені себебімен бірге белгіленеді.</translation>
    </message>
    <message>
        <source>Code for the help line: {code}</source>
        <translation>Көмек желісіне айтатын код: {code}</translation>
    </message>
    <message>
        <source>This login and password do not belong together.</source>
        <translation>Бұл логин мен құпиясөз бір-біріне сәйкес келмейді.</translation>
    </message>
    <message>
        <source>Check the keyboard&apos;s language and Caps Lock, then type the password once more.</source>
        <translation>Пернетақтаның тілін және Caps Lock пернесін тексеріп, құпиясөзді тағы бір рет теріңіз.</translation>
    </message>
    <message>
        <source>We do not know this code.</source>
        <translation>Мұндай код табылмады.</translation>
    </message>
    <message>
        <source>Check each letter, or ask the invigilator to read the code to you again.</source>
        <translation>Әр әріпті тексеріңіз немесе проктордан кодты қайта оқып беруін сұраңыз.</translation>
    </message>
    <message>
        <source>This code was valid only for a while, and that time is over.</source>
        <translation>Бұл кодтың жарамдылық мерзімі өтіп кетті.</translation>
    </message>
    <message>
        <source>Ask the invigilator for a new code.</source>
        <translation>Проктордан жаңа код сұраңыз.</translation>
    </message>
    <message>
        <source>This code was already used once.</source>
        <translation>Бұл код бір рет пайдаланылып қойған.</translation>
    </message>
    <message>
        <source>Ask the invigilator for a new code. If it was not you who used it, say so.</source>
        <translation>Проктордан жаңа код сұраңыз. Оны сіз пайдаланбаған болсаңыз, айтыңыз.</translation>
    </message>
    <message>
        <source>There were too many tries in a short time.</source>
        <translation>Қысқа уақытта тым көп әрекет жасалды.</translation>
    </message>
    <message>
        <source>Nothing is lost; the sign-in is only paused to protect your account.</source>
        <translation>Ештеңе жоғалған жоқ; тіркелгіңізді қорғау үшін кіру уақытша тоқтатылды.</translation>
    </message>
    <message>
        <source>Wait {seconds} s, then try again, or ask the invigilator for a one-time code.</source>
        <translation>{seconds} с күтіп, қайталап көріңіз немесе проктордан бір реттік код сұраңыз.</translation>
    </message>
    <message>
        <source>You were signed out.</source>
        <translation>Жүйеден шықтыңыз.</translation>
    </message>
    <message>
        <source>Your answers are kept.</source>
        <translation>Жауаптарыңыз сақтаулы.</translation>
    </message>
    <message>
        <source>Please sign in again.</source>
        <translation>Қайта кіріңіз.</translation>
    </message>
    <message>
        <source>The institution no longer accepts this sign-in; what you do is not being sent now.</source>
        <translation>Оқу орны бұл кіруді енді қабылдамайды; жасағаныңыз қазір жіберілмей тұр.</translation>
    </message>
    <message>
        <source>Nothing is lost: answers and recording are kept on this computer.</source>
        <translation>Ештеңе жоғалмайды: жауаптар мен жазба осы компьютерде сақталады.</translation>
    </message>
    <message>
        <source>Close this window, start Senim again and sign in: you go on where you were. If you cannot sign in, call the invigilator.</source>
        <translation>Осы терезені жауып, Senim бағдарламасын қайта іске қосыңыз да, кіріңіз: тоқтаған жерден жалғастырасыз. Кіре алмасаңыз, прокторды шақырыңыз.</translation>
    </message>
    <message>
        <source>This exam is not planned for you.</source>
        <translation>Бұл емтихан сізге жоспарланбаған.</translation>
    </message>
    <message>
        <source>Choose another exam from the list, or ask the invigilator.</source>
        <translation>Тізімнен басқа емтиханды таңдаңыз немесе проктордан сұраңыз.</translation>
    </message>
    <message>
        <source>The institution has no picture of you to compare with.</source>
        <translation>Оқу орнында салыстыратын суретіңіз жоқ.</translation>
    </message>
    <message>
        <source>You can sit the exam; an invigilator confirms who you are.</source>
        <translation>Емтихан тапсыра аласыз; кім екеніңізді проктор растайды.</translation>
    </message>
    <message>
        <source>Please go on.</source>
        <translation>Жалғастыра беріңіз.</translation>
    </message>
    <message>
        <source>The exam has not opened yet.</source>
        <translation>Емтихан әлі ашылған жоқ.</translation>
    </message>
    <message>
        <source>Come back when it opens. You can try the rehearsal until then.</source>
        <translation>Ашылған кезде қайта келіңіз. Оған дейін дайындық емтиханын тапсырып көруге болады.</translation>
    </message>
    <message>
        <source>The time to enter this exam is over.</source>
        <translation>Бұл емтиханға кіру уақыты аяқталды.</translation>
    </message>
    <message>
        <source>If you were kept from entering, tell the help line now, with the reason.</source>
        <translation>Кіруге кедергі болған болса, себебін көмек желісіне қазір айтыңыз.</translation>
    </message>
    <message>
        <source>This exam is already handed in.</source>
        <translation>Бұл емтихан тапсырылып қойған.</translation>
    </message>
    <message>
        <source>Your work is with the institution.</source>
        <translation>Жұмысыңыз оқу орнында.</translation>
    </message>
    <message>
        <source>Your receipt was shown at the end; the institution can show it to you again.</source>
        <translation>Түбіртегіңіз соңында көрсетілді; оқу орны оны қайта көрсете алады.</translation>
    </message>
    <message>
        <source>This exam is running on another computer right now.</source>
        <translation>Бұл емтихан қазір басқа компьютерде жүріп жатыр.</translation>
    </message>
    <message>
        <source>Answers that are already saved move with you. The other computer&apos;s recording ends.</source>
        <translation>Сақталған жауаптарыңыз өзіңізбен бірге көшеді. Басқа компьютердегі жазба аяқталады.</translation>
    </message>
    <message>
        <source>Go on here only if you yourself changed computers. Otherwise call the invigilator.</source>
        <translation>Компьютерді өзіңіз ауыстырған болсаңыз ғана осы жерде жалғастырыңыз. Әйтпесе прокторды шақырыңыз.</translation>
    </message>
    <message>
        <source>The exam goes on at another computer; this one no longer records.</source>
        <translation>Емтихан басқа компьютерде жалғасуда; бұл компьютер енді жазбайды.</translation>
    </message>
    <message>
        <source>Everything made here until now is kept and delivered.</source>
        <translation>Осында осы уақытқа дейін жасалғанның бәрі сақталады және жеткізіледі.</translation>
    </message>
    <message>
        <source>If it was not you, call the invigilator at once.</source>
        <translation>Бұл сіз болмасаңыз, прокторды дереу шақырыңыз.</translation>
    </message>
    <message>
        <source>The institution still waits for pieces of the recording that are not on this computer.</source>
        <translation>Оқу орны жазбаның бұл компьютерде жоқ бөліктерін әлі күтуде.</translation>
    </message>
    <message>
        <source>Your answers and everything recorded here have arrived.</source>
        <translation>Жауаптарыңыз бен осында жазылғанның бәрі жетті.</translation>
    </message>
    <message>
        <source>If you began on another computer, start Senim there and sign in: it sends the rest. Else tell the help line the code below.</source>
        <translation>Емтиханды басқа компьютерде бастаған болсаңыз, Senim бағдарламасын сонда іске қосып, кіріңіз: ол қалғанын жібереді. Әйтпесе төмендегі кодты көмек желісіне айтыңыз.</translation>
    </message>
    <message>
        <source>The questions are almost here; the beginning of the recording is still on its way.</source>
        <translation>Сұрақтар дайын дерлік; жазбаның басы әлі жолда.</translation>
    </message>
    <message>
        <source>Your time has not started yet.</source>
        <translation>Уақытыңыз әлі басталған жоқ.</translation>
    </message>
    <message>
        <source>Please wait. We ask again by ourselves.</source>
        <translation>Күте тұрыңыз. Өзіміз қайта сұраймыз.</translation>
    </message>
    <message>
        <source>The time for answers is over.</source>
        <translation>Жауап беру уақыты аяқталды.</translation>
    </message>
    <message>
        <source>Everything saved before the end counts.</source>
        <translation>Аяқталғанға дейін сақталғанның бәрі есепке алынады.</translation>
    </message>
    <message>
        <source>Hand in now if it has not happened by itself.</source>
        <translation>Өзі тапсырылмаса, қазір тапсырыңыз.</translation>
    </message>
    <message>
        <source>Your time is up; the exam is being handed in by itself.</source>
        <translation>Уақытыңыз бітті; емтихан өзі тапсырылып жатыр.</translation>
    </message>
    <message>
        <source>Everything you answered is kept.</source>
        <translation>Берген жауаптарыңыздың бәрі сақталды.</translation>
    </message>
    <message>
        <source>Leave the program open until the receipt appears.</source>
        <translation>Түбіртек шыққанша бағдарламаны жаппаңыз.</translation>
    </message>
    <message>
        <source>No break can be taken now.</source>
        <translation>Қазір демалысқа шығуға болмайды.</translation>
    </message>
    <message>
        <source>The exam goes on as before.</source>
        <translation>Емтихан бұрынғыша жүріп жатыр.</translation>
    </message>
    <message>
        <source>If you need one, tell the invigilator.</source>
        <translation>Демалыс қажет болса, прокторға айтыңыз.</translation>
    </message>
    <message>
        <source>The institution cannot be reached, so nobody can allow a break now.</source>
        <translation>Оқу орнымен байланыс жоқ, сондықтан қазір демалысқа рұқсат беретін ешкім жоқ.</translation>
    </message>
    <message>
        <source>The exam goes on; your answers are kept.</source>
        <translation>Емтихан жүріп жатыр; жауаптарыңыз сақталып тұр.</translation>
    </message>
    <message>
        <source>Try again once the network is back. If you must leave, the recording shows it, and you can explain it afterwards.</source>
        <translation>Желі қайта қосылғанда тағы көріңіз. Шығуыңыз қажет болса, ол жазбада көрінеді, кейін түсіндіре аласыз.</translation>
    </message>
    <message>
        <source>The institution already has a newer version of this answer.</source>
        <translation>Оқу орнында бұл жауаптың жаңарақ нұсқасы бар.</translation>
    </message>
    <message>
        <source>The newer one counts.</source>
        <translation>Жаңарағы есепке алынады.</translation>
    </message>
    <message>
        <source>Look at the answer once more and change it if it is not what you want.</source>
        <translation>Жауапты тағы бір рет қарап, керек болса өзгертіңіз.</translation>
    </message>
    <message>
        <source>The exam clock runs on this computer&apos;s own time for now.</source>
        <translation>Емтихан сағаты әзірге осы компьютердің уақытымен жүріп тұр.</translation>
    </message>
    <message>
        <source>It is set right as soon as the institution is reached again.</source>
        <translation>Оқу орнымен байланыс қалпына келген бойда ол түзетіледі.</translation>
    </message>
    <message>
        <source>We cannot reach the institution over the network.</source>
        <translation>Желі арқылы оқу орнына қосыла алмай тұрмыз.</translation>
    </message>
    <message>
        <source>During an exam you can go on: everything is kept here and sent later.</source>
        <translation>Емтихан кезінде жалғастыра беріңіз: бәрі осында сақталып, кейін жіберіледі.</translation>
    </message>
    <message>
        <source>Check the cable or Wi-Fi. We try again by ourselves.</source>
        <translation>Кабельді немесе Wi-Fi-ды тексеріңіз. Өзіміз қайта қосылып көреміз.</translation>
    </message>
    <message>
        <source>The address answered, but it could not prove that it is the institution.</source>
        <translation>Мекенжай жауап берді, бірақ оқу орнына тиесілі екенін дәлелдей алмады.</translation>
    </message>
    <message>
        <source>For your safety nothing was sent.</source>
        <translation>Қауіпсіздігіңіз үшін ештеңе жіберілген жоқ.</translation>
    </message>
    <message>
        <source>Use another network, without a sign-in page of its own, or call the help line.</source>
        <translation>Өз кіру беті жоқ басқа желіні пайдаланыңыз немесе көмек желісіне қоңырау шалыңыз.</translation>
    </message>
    <message>
        <source>The institution&apos;s server gave an answer we do not understand.</source>
        <translation>Оқу орнының сервері түсініксіз жауап берді.</translation>
    </message>
    <message>
        <source>What you have done is kept on this computer.</source>
        <translation>Жасағаныңыз осы компьютерде сақтаулы.</translation>
    </message>
    <message>
        <source>Try again in a minute. If it stays, call the help line.</source>
        <translation>Бір минуттан кейін қайталап көріңіз. Өзгермесе, көмек желісіне қоңырау шалыңыз.</translation>
    </message>
    <message>
        <source>The institution&apos;s server is very busy.</source>
        <translation>Оқу орнының сервері қазір тым бос емес.</translation>
    </message>
    <message>
        <source>Nothing is lost; sending goes on more slowly.</source>
        <translation>Ештеңе жоғалмайды; жіберу баяуырақ жүреді.</translation>
    </message>
    <message>
        <source>Please go on. We try again by ourselves.</source>
        <translation>Жалғастыра беріңіз. Өзіміз қайталап көреміз.</translation>
    </message>
    <message>
        <source>The institution&apos;s server had a fault of its own.</source>
        <translation>Оқу орнының серверінде ақау болды.</translation>
    </message>
    <message>
        <source>The network is gone.</source>
        <translation>Желі үзілді.</translation>
    </message>
    <message>
        <source>The exam goes on: answers and recording are kept on this computer and sent later.</source>
        <translation>Емтихан жалғаса береді: жауаптар мен жазба осы компьютерде сақталып, кейін жіберіледі.</translation>
    </message>
    <message>
        <source>Please go on. If you can, check the cable or Wi-Fi.</source>
        <translation>Жалғастыра беріңіз. Мүмкін болса, кабельді немесе Wi-Fi-ды тексеріңіз.</translation>
    </message>
    <message>
        <source>The network is back.</source>
        <translation>Желі қалпына келді.</translation>
    </message>
    <message>
        <source>What was kept on this computer is being sent.</source>
        <translation>Осы компьютерде сақталғаны жіберілуде.</translation>
    </message>
    <message>
        <source>The camera stopped.</source>
        <translation>Камера тоқтап қалды.</translation>
    </message>
    <message>
        <source>The exam goes on; the gap is noted with its cause.</source>
        <translation>Емтихан жалғаса береді; үзіліс себебімен бірге белгіленеді.</translation>
    </message>
    <message>
        <source>Plug the camera in again, or close the program that took it.</source>
        <translation>Камераны қайта қосыңыз немесе оны алып қойған бағдарламаны жабыңыз.</translation>
    </message>
    <message>
        <source>The camera works again.</source>
        <translation>Камера қайта жұмыс істеп тұр.</translation>
    </message>
    <message>
        <source>The microphone stopped.</source>
        <translation>Микрофон тоқтап қалды.</translation>
    </message>
    <message>
        <source>Plug the microphone in again, or close the program that took it.</source>
        <translation>Микрофонды қайта қосыңыз немесе оны алып қойған бағдарламаны жабыңыз.</translation>
    </message>
    <message>
        <source>The microphone works again.</source>
        <translation>Микрофон қайта жұмыс істеп тұр.</translation>
    </message>
    <message>
        <source>The picture of the screen stopped.</source>
        <translation>Экранның көрінісі тоқтап қалды.</translation>
    </message>
    <message>
        <source>If you were asked to allow the recording of the screen, allow it. Else call the help line.</source>
        <translation>Экранды жазуға рұқсат сұралса, рұқсат беріңіз. Әйтпесе көмек желісіне қоңырау шалыңыз.</translation>
    </message>
    <message>
        <source>The screen is recorded again.</source>
        <translation>Экран қайта жазылуда.</translation>
    </message>
    <message>
        <source>There is not enough room there: {needed_mb} MB are needed, {free_mb} MB are free.</source>
        <translation>Ол жерде орын жетпейді: {needed_mb} МБ керек, {free_mb} МБ бос.</translation>
    </message>
    <message>
        <source>Nothing was written; the exam is safe on this computer.</source>
        <translation>Ештеңе жазылған жоқ; емтихан осы компьютерде сақтаулы.</translation>
    </message>
    <message>
        <source>Use another stick or folder, or delete files there.</source>
        <translation>Басқа флешканы не қалтаны таңдаңыз немесе ондағы файлдарды өшіріңіз.</translation>
    </message>
    <message>
        <source>The stick or folder is not there any more.</source>
        <translation>Флешка не қалта енді табылмайды.</translation>
    </message>
    <message>
        <source>Put the stick in again, or choose another folder.</source>
        <translation>Флешканы қайта салыңыз немесе басқа қалтаны таңдаңыз.</translation>
    </message>
    <message>
        <source>Nothing may be written there.</source>
        <translation>Ол жерге жазуға болмайды.</translation>
    </message>
    <message>
        <source>The exam is safe on this computer.</source>
        <translation>Емтихан осы компьютерде сақтаулы.</translation>
    </message>
    <message>
        <source>Take the write protection off, or choose another stick or folder.</source>
        <translation>Жазудан қорғауды алып тастаңыз немесе басқа флешканы не қалтаны таңдаңыз.</translation>
    </message>
    <message>
        <source>This exam cannot be gone on with without the institution.</source>
        <translation>Бұл емтиханды оқу орнынсыз жалғастыруға болмайды.</translation>
    </message>
    <message>
        <source>Its questions were not opened on this computer, or it is already handed in. Nothing is lost.</source>
        <translation>Оның сұрақтары бұл компьютерде ашылмаған немесе ол тапсырылып қойған. Ештеңе жоғалған жоқ.</translation>
    </message>
    <message>
        <source>Sign in as soon as there is a network, or call the invigilator.</source>
        <translation>Желі пайда болғанда жүйеге кіріңіз немесе прокторды шақырыңыз.</translation>
    </message>
    <message>
        <source>The recording goes on in its lowest quality.</source>
        <translation>Жазба енді ең төмен сапада жалғасады.</translation>
    </message>
    <message>
        <source>This computer, its disk or its connection has little to spare. Nothing changes for you.</source>
        <translation>Осы компьютердің, оның дискісінің немесе байланысының мүмкіндігі аз. Сіз үшін ештеңе өзгермейді.</translation>
    </message>
    <message>
        <source>The institution&apos;s server is still waiting for the end of the ledger.</source>
        <translation>Оқу орнының сервері журналдың соңын әлі күтуде.</translation>
    </message>
    <message>
        <source>The institution&apos;s server does not know this session.</source>
        <translation>Оқу орнының сервері бұл сеансты танымайды.</translation>
    </message>
    <message>
        <source>The ledger of the session does not fit together at the institution&apos;s server.</source>
        <translation>Оқу орнының серверінде сеанс журналының бөліктері бір-біріне сәйкес келмейді.</translation>
    </message>
    <message>
        <source>The institution&apos;s server holds another version of the ledger of this session.</source>
        <translation>Оқу орнының серверінде бұл сеанс журналының басқа нұсқасы бар.</translation>
    </message>
    <message>
        <source>The institution&apos;s server could not confirm a signature in the ledger.</source>
        <translation>Оқу орнының сервері журналдағы қолтаңбаны растай алмады.</translation>
    </message>
    <message>
        <source>The comparison of your face cannot run on this computer.</source>
        <translation>Бұл компьютерде бетті салыстыру жұмыс істей алмайды.</translation>
    </message>
    <message>
        <source>The disk of this computer is nearly full: {free_gb} GB are left.</source>
        <translation>Компьютердің дискісі толуға жақын: {free_gb} ГБ қалды.</translation>
    </message>
    <message>
        <source>The recording goes on in lower quality.</source>
        <translation>Жазба төменірек сапада жалғасады.</translation>
    </message>
    <message>
        <source>Delete files you do not need, if you can do so quickly.</source>
        <translation>Тез жасай алсаңыз, керек емес файлдарды жойыңыз.</translation>
    </message>
    <message>
        <source>Your last answer could not be written to the disk; it is kept only in this window.</source>
        <translation>Соңғы жауабыңызды дискіге жазу мүмкін болмады; ол тек осы терезеде сақтаулы.</translation>
    </message>
    <message>
        <source>The disk of this computer is full.</source>
        <translation>Компьютердің дискісі толды.</translation>
    </message>
    <message>
        <source>Do not close this window. Delete files you do not need, or call the help line now.</source>
        <translation>Бұл терезені жаппаңыз. Керек емес файлдарды жойыңыз немесе көмек желісіне қазір қоңырау шалыңыз.</translation>
    </message>
    <message>
        <source>Answers are still kept, but the recording has stopped; the gap is noted.</source>
        <translation>Жауаптар сақталып тұр, бірақ жазба тоқтады; үзіліс белгіленеді.</translation>
    </message>
    <message>
        <source>Delete files you do not need, or call the help line now.</source>
        <translation>Керек емес файлдарды жойыңыз немесе көмек желісіне қазір қоңырау шалыңыз.</translation>
    </message>
    <message>
        <source>The recording was interrupted and is being restarted.</source>
        <translation>Жазба үзіліп қалды, қайта іске қосылуда.</translation>
    </message>
    <message>
        <source>Your answers are kept; you can go on working.</source>
        <translation>Жауаптарыңыз сақтаулы; жұмысыңызды жалғастыра беріңіз.</translation>
    </message>
    <message>
        <source>You need not do anything.</source>
        <translation>Ештеңе істеудің қажеті жоқ.</translation>
    </message>
    <message>
        <source>The recording was interrupted for a moment and goes on.</source>
        <translation>Жазба сәл үзіліп, қайта жалғасты.</translation>
    </message>
    <message>
        <source>Your answers are kept; the gap is noted with its cause.</source>
        <translation>Жауаптарыңыз сақтаулы; үзіліс себебімен бірге белгіленеді.</translation>
    </message>
    <message>
        <source>The recording keeps stopping on this computer.</source>
        <translation>Бұл компьютерде жазба қайта-қайта тоқтай береді.</translation>
    </message>
    <message>
        <source>Your answers are kept. We go on trying to start the recording.</source>
        <translation>Жауаптарыңыз сақтаулы. Жазбаны іске қосуға әрекет жасай береміз.</translation>
    </message>
    <message>
        <source>Call the invigilator now, and do not close this window.</source>
        <translation>Прокторды қазір шақырыңыз, бұл терезені жаппаңыз.</translation>
    </message>
    <message>
        <source>Senim is already running on this computer.</source>
        <translation>Senim бұл компьютерде іске қосылып тұр.</translation>
    </message>
    <message>
        <source>Only one program can record at a time.</source>
        <translation>Бір уақытта тек бір бағдарлама жаза алады.</translation>
    </message>
    <message>
        <source>Use the window that is already open, or close it first.</source>
        <translation>Ашық тұрған терезені пайдаланыңыз немесе алдымен оны жабыңыз.</translation>
    </message>
    <message>
        <source>A part of what was kept on this computer cannot be read.</source>
        <translation>Осы компьютерде сақталғанның бір бөлігін оқу мүмкін емес.</translation>
    </message>
    <message>
        <source>What can be read is used; the rest is noted as a gap.</source>
        <translation>Оқылғаны пайдаланылады; қалғаны үзіліс ретінде белгіленеді.</translation>
    </message>
    <message>
        <source>Please go on, and tell the help line the code below.</source>
        <translation>Жалғастыра беріңіз және төмендегі кодты көмек желісіне айтыңыз.</translation>
    </message>
    <message>
        <source>Window and recording both stopped, so the recording has to begin anew.</source>
        <translation>Терезе де, жазба да тоқтап қалды, сондықтан жазбаны қайта бастау керек.</translation>
    </message>
    <message>
        <source>Your answers are kept, and the exam goes on where it was.</source>
        <translation>Жауаптарыңыз сақтаулы, емтихан тоқтаған жерінен жалғасады.</translation>
    </message>
    <message>
        <source>Please show your face once more; it is short.</source>
        <translation>Бетіңізді тағы бір рет көрсетіңіз; бұл көп уақыт алмайды.</translation>
    </message>
    <message>
        <source>The key that should protect your recording was not signed by the institution.</source>
        <translation>Жазбаңызды қорғайтын кілтке оқу орны қол қоймаған.</translation>
    </message>
    <message>
        <source>For your safety nothing is recorded.</source>
        <translation>Қауіпсіздігіңіз үшін ештеңе жазылмайды.</translation>
    </message>
    <message>
        <source>Call the help line; this cannot be solved on this computer.</source>
        <translation>Көмек желісіне қоңырау шалыңыз; мұны осы компьютерде шешу мүмкін емес.</translation>
    </message>
    <message>
        <source>The institution&apos;s server refused a piece of the recording; it will look into it.</source>
        <translation>Оқу орнының сервері жазбаның бір бөлігін қабылдамады; оқу орны мұны тексереді.</translation>
    </message>
    <message>
        <source>The institution&apos;s server did not understand this program.</source>
        <translation>Оқу орнының сервері бұл бағдарламаны түсінбеді.</translation>
    </message>
    <message>
        <source>The institution&apos;s server found something this program sent too large.</source>
        <translation>Бағдарлама жібергеннің бір бөлігі оқу орнының сервері үшін тым үлкен болды.</translation>
    </message>
    <message>
        <source>The institution&apos;s server does not know what this program asked for.</source>
        <translation>Оқу орнының сервері бағдарлама сұрағанды таппады.</translation>
    </message>
    <message>
        <source>The institution&apos;s server does not know this question.</source>
        <translation>Оқу орнының сервері бұл сұрақты танымайды.</translation>
    </message>
    <message>
        <source>The institution&apos;s server does not know this message.</source>
        <translation>Оқу орнының сервері бұл хабарламаны танымайды.</translation>
    </message>
    <message>
        <source>The institution&apos;s server refused a name this program used.</source>
        <translation>Оқу орнының сервері бағдарлама қолданған атауды қабылдамады.</translation>
    </message>
    <message>
        <source>The institution&apos;s server does not expect one part of the recording.</source>
        <translation>Оқу орнының сервері жазбаның бір түрін күтпеген.</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>Handed in. Thank you.</source>
        <translation>Тапсырылды. Рахмет.</translation>
    </message>
    <message>
        <source>Code of your receipt</source>
        <translation>Түбіртегіңіздің коды</translation>
    </message>
    <message>
        <source>What was recorded</source>
        <translation>Не жазылды</translation>
    </message>
    <message>
        <source>What happens next</source>
        <translation>Әрі қарай не болады</translation>
    </message>
    <message>
        <source>Save the receipt…</source>
        <translation>Түбіртекті сақтау…</translation>
    </message>
    <message>
        <source>After that you may close Senim.</source>
        <translation>Содан кейін Senim бағдарламасын жабуға болады.</translation>
    </message>
    <message>
        <source>Back to my exams</source>
        <translation>Емтихандарыма оралу</translation>
    </message>
    <message>
        <source>Code of your receipt: {code}</source>
        <translation>Түбіртегіңіздің коды: {code}</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) delivered.</source>
        <translation>
            <numerusform>%n жауап жеткізілді.</numerusform>
            <numerusform>%n жауап жеткізілді.</numerusform>
        </translation>
    </message>
    <message>
        <source>Anyone can check the receipt without signing in, at {address} or by the QR code.</source>
        <translation>Түбіртекті кез келген адам жүйеге кірмей-ақ тексере алады: {address} бетінде немесе QR код арқылы.</translation>
    </message>
    <message>
        <source>Screen {number}</source>
        <translation>{number}-экран</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Дыбыс</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Оқиғалар</translation>
    </message>
    <message>
        <source>tiny gaps: {seconds} s</source>
        <translation>ұсақ үзілістер: {seconds} с</translation>
    </message>
    <message>
        <source>tiny gaps</source>
        <translation>ұсақ үзілістер</translation>
    </message>
    <message>
        <source>no gap</source>
        <translation>үзіліссіз</translation>
    </message>
    <message numerus="yes">
        <source>one gap of %n s: {cause}</source>
        <translation>
            <numerusform>бір үзіліс, %n с: {cause}</numerusform>
            <numerusform>бір үзіліс, %n с: {cause}</numerusform>
        </translation>
    </message>
    <message>
        <source>the device was gone</source>
        <translation>құрылғы ажыратылған</translation>
    </message>
    <message>
        <source>the device was starting</source>
        <translation>құрылғы іске қосылып жатқан</translation>
    </message>
    <message>
        <source>the exam went on at another computer</source>
        <translation>емтихан басқа компьютерде жалғасқан</translation>
    </message>
    <message>
        <source>the recording was restarted</source>
        <translation>жазба қайта іске қосылған</translation>
    </message>
    <message>
        <source>the program was closed</source>
        <translation>бағдарлама жабылған</translation>
    </message>
    <message>
        <source>With this code the institution finds your session. Write it down or save the receipt.</source>
        <translation>Осы код арқылы оқу орны сеансыңызды табады. Оны жазып алыңыз немесе түбіртекті сақтаңыз.</translation>
    </message>
    <message>
        <source>Invigilators and the commission look at the recording, teachers at the answers. A person decides, never the program. Your institution tells you the outcome; you may ask who watched, answer and appeal.</source>
        <translation>Жазбаны прокторлар мен комиссия, жауаптарды оқытушылар қарайды. Шешімді бағдарлама емес, адам қабылдайды. Нәтижесін сізге оқу орны хабарлайды; жазбаны кім көргенін сұрап, жауап беріп, апелляцияға бере аласыз.</translation>
    </message>
    <message>
        <source>The recording is kept until {day}, then erased; if the decision is still open then, once it is made.</source>
        <translation>Жазбаның сақталу мерзімі: {day}; содан кейін ол өшіріледі, шешім әлі шықпаса – шешім шыққан соң.</translation>
    </message>
    <message>
        <source>QR code of the page that checks this receipt</source>
        <translation>Осы түбіртекті тексеретін беттің QR коды</translation>
    </message>
    <message>
        <source>Handed in on this computer at {local}, signed. The server confirmed the ledger before that at {anchored} and received its end at {received}.</source>
        <translation>Осы компьютерде тапсырылып, қол қойылған уақыты: {local}. Оған дейін сервер журналды растаған уақыт: {anchored}, оның соңын қабылдаған уақыт: {received}.</translation>
    </message>
    <message>
        <source>Handed in on this computer at {local}, signed. The server received the end at {received}.</source>
        <translation>Осы компьютерде тапсырылып, қол қойылған уақыты: {local}. Сервер соңын қабылдаған уақыт: {received}.</translation>
    </message>
    <message>
        <source>Data track</source>
        <translation>Деректер жолы</translation>
    </message>
    <message>
        <source>one gap of less than 1 s: {cause}</source>
        <translation>1 секундтан қысқа үзіліс: {cause}</translation>
    </message>
    <message>
        <source>the computer slept</source>
        <translation>компьютер ұйқы күйінде болған</translation>
    </message>
    <message>
        <source>the program was held up</source>
        <translation>бағдарлама кідіріп қалған</translation>
    </message>
    <message>
        <source>the screen was locked</source>
        <translation>экран құлыпталған</translation>
    </message>
    <message>
        <source>the screen saver was on</source>
        <translation>экран сақтағыш қосылған</translation>
    </message>
    <message>
        <source>another user was at the computer</source>
        <translation>компьютерде басқа пайдаланушы болған</translation>
    </message>
    <message>
        <source>the disk did not answer</source>
        <translation>диск жауап бермеген</translation>
    </message>
    <message>
        <source>the disk was full</source>
        <translation>диск толған</translation>
    </message>
    <message>
        <source>the cause is not known</source>
        <translation>себебі белгісіз</translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation>Түбіртекті сақтау</translation>
    </message>
    <message>
        <source>The receipt could not be saved there.</source>
        <translation>Түбіртекті ол жерге сақтау мүмкін болмады.</translation>
    </message>
    <message>
        <source>Choose another folder. The institution has the receipt too.</source>
        <translation>Басқа қалтаны таңдаңыз. Түбіртек оқу орнында да бар.</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>Сақталды: {file}</translation>
    </message>
</context>
<context>
    <name>RecordingLight</name>
    <message>
        <source>Recording interrupted, being restarted</source>
        <translation>Жазба үзілді, қайта іске қосылуда</translation>
    </message>
    <message>
        <source>Not recording</source>
        <translation>Жазылып жатқан жоқ</translation>
    </message>
    <message>
        <source>Recording: {what}. Missing: {missing}</source>
        <translation>Жазба жүріп жатыр: {what}. Жоқ: {missing}</translation>
    </message>
    <message>
        <source>Recording since {time}: {what}</source>
        <translation>Жазба жүріп жатыр (басталуы {time}): {what}</translation>
    </message>
    <message>
        <source>Recording: {what}</source>
        <translation>Жазба жүріп жатыр: {what}</translation>
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
        <translation>дыбыс</translation>
    </message>
    <message>
        <source>Simulated camera and microphone</source>
        <translation>Камера мен микрофон имитациясы</translation>
    </message>
    <message>
        <source>Simulated camera</source>
        <translation>Камера имитациясы</translation>
    </message>
    <message>
        <source>Simulated microphone</source>
        <translation>Микрофон имитациясы</translation>
    </message>
</context>
<context>
    <name>RefusedFiles</name>
    <message>
        <source>“{name}” was not attached</source>
        <translation>«{name}» тіркелмеді</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were not attached</source>
        <translation>
            <numerusform>%n файл тіркелмеді</numerusform>
            <numerusform>%n файл тіркелмеді</numerusform>
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
        <translation>Сақтау</translation>
    </message>
    <message>
        <source>There is no such folder. Choose another.</source>
        <translation>Мұндай қалта жоқ. Басқасын таңдаңыз.</translation>
    </message>
    <message>
        <source>Nothing can be saved in this folder. Choose another.</source>
        <translation>Бұл қалтаға ештеңе сақтауға болмайды. Басқасын таңдаңыз.</translation>
    </message>
    <message>
        <source>A file of this name is there already. “Replace” writes over it.</source>
        <translation>Мұндай атаулы файл бар. «Алмастыру» батырмасы оны жаңасымен ауыстырады.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Алмастыру</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Пернелер тіркесімдері</translation>
    </message>
    <message>
        <source>Close the list</source>
        <translation>Тізімді жабу</translation>
    </message>
    <message>
        <source>next question</source>
        <translation>келесі сұрақ</translation>
    </message>
    <message>
        <source>previous question</source>
        <translation>алдыңғы сұрақ</translation>
    </message>
    <message>
        <source>choose an answer</source>
        <translation>жауапты таңдау</translation>
    </message>
    <message>
        <source>to the next or previous control</source>
        <translation>келесі немесе алдыңғы элементке өту</translation>
    </message>
    <message>
        <source>mark this question</source>
        <translation>осы сұрақты белгілеу</translation>
    </message>
    <message>
        <source>attach a file, where the question takes files</source>
        <translation>файл тіркеу (сұрақ файл қабылдаса)</translation>
    </message>
    <message>
        <source>hand in (you are asked once more)</source>
        <translation>тапсыру (тағы бір рет сұралады)</translation>
    </message>
    <message>
        <source>larger or smaller text</source>
        <translation>мәтінді үлкейту немесе кішірейту</translation>
    </message>
    <message>
        <source>show or hide your camera&apos;s picture</source>
        <translation>камераңыздың көрінісін көрсету немесе жасыру</translation>
    </message>
    <message>
        <source>this list</source>
        <translation>осы тізім</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>Sign in</source>
        <translation>Кіру</translation>
    </message>
    <message>
        <source>Choose the exam</source>
        <translation>Емтиханды таңдау</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Келісім</translation>
    </message>
    <message>
        <source>System check</source>
        <translation>Жүйені тексеру</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Тұлғаны растау</translation>
    </message>
    <message>
        <source>Exam</source>
        <translation>Емтихан</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>Тапсыру</translation>
    </message>
    <message>
        <source>done</source>
        <translation>орындалды</translation>
    </message>
    <message>
        <source>now</source>
        <translation>қазір</translation>
    </message>
    <message>
        <source>later</source>
        <translation>кейін</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Пернелер тіркесімдері</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>Ашық түстер</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>Қою түстер</translation>
    </message>
    <message>
        <source>About Senim</source>
        <translation>Senim туралы</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Sign in to your exam</source>
        <translation>Емтиханға кіру</translation>
    </message>
    <message>
        <source>Login and password</source>
        <translation>Логин мен құпиясөз</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>Бір реттік код</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Логин</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Құпиясөз</translation>
    </message>
    <message>
        <source>An invigilator gives you this code. It can be used once.</source>
        <translation>Бұл кодты проктор береді. Оны бір рет қана пайдалануға болады.</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier exam(s) on this computer are still being sent to the institution:</source>
        <translation>
            <numerusform>Осы компьютердегі бұрынғы %n емтихан оқу орнына әлі жіберілуде:</numerusform>
            <numerusform>Осы компьютердегі бұрынғы %n емтихан оқу орнына әлі жіберілуде:</numerusform>
        </translation>
    </message>
    <message>
        <source>Your institution goes back to version {version} of this program.</source>
        <translation>Оқу орныңыз осы бағдарламаның {version} нұсқасына қайтады.</translation>
    </message>
    <message>
        <source>Version {version} of this program is ready.</source>
        <translation>Осы бағдарламаның {version} нұсқасы дайын.</translation>
    </message>
    <message>
        <source>Install it from {where} on a day without an exam. You can sign in with this version.</source>
        <translation>Оны {where} мекенжайынан емтихан жоқ күні орнатыңыз. Қазір осы нұсқамен кіре беруге болады.</translation>
    </message>
    <message>
        <source>Your institution installs it; you need do nothing. You can sign in with this version.</source>
        <translation>Оны оқу орныңыз орнатады, сізге ештеңе істеудің қажеті жоқ. Қазір осы нұсқамен кіре беруге болады.</translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation>Құпиясөзді жасыру</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Құпиясөзді көрсету</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Кіріп жатыр…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Кіру</translation>
    </message>
    <message>
        <source>Next: choose your exam. Nothing is recorded yet.</source>
        <translation>Келесі қадам: емтиханды таңдау. Әзірге ештеңе жазылмайды.</translation>
    </message>
</context>
<context>
    <name>UnsentCard</name>
    <message>
        <source>Handed in on this computer under the code {code}; {size} MB are sent by themselves as soon as there is a network. Without one, save it for delivery.</source>
        <translation>Осы компьютерде {code} кодымен тапсырылды; желі пайда болғанда {size} МБ өздігінен жіберіледі. Желі болмаса, жеткізу үшін сақтаңыз.</translation>
    </message>
    <message>
        <source>Delivered. Code of the receipt: {code}.</source>
        <translation>Жеткізілді. Түбіртектің коды: {code}.</translation>
    </message>
    <message>
        <source>Begun here and not handed in. Sign in to go on; nothing is lost.</source>
        <translation>Осы жерде басталған, тапсырылмаған. Жалғастыру үшін жүйеге кіріңіз; ештеңе жоғалған жоқ.</translation>
    </message>
    <message>
        <source>Begun here and not handed in. Sign in to go on; if there is no network, go on without it: the questions and your answers are on this computer.</source>
        <translation>Осы жерде басталған, тапсырылмаған. Жалғастыру үшін жүйеге кіріңіз; желі болмаса, онсыз жалғастырыңыз: сұрақтар мен жауаптарыңыз осы компьютерде.</translation>
    </message>
    <message>
        <source>Go on without network</source>
        <translation>Желісіз жалғастыру</translation>
    </message>
    <message>
        <source>Show the receipt</source>
        <translation>Түбіртекті көрсету</translation>
    </message>
</context>
<context>
    <name>UnsentList</name>
    <message>
        <source>Earlier exams on this computer</source>
        <translation>Осы компьютердегі бұрынғы емтихандар</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>d MMMM yyyy</source>
        <extracomment>How a day is written; letters as in Qt&apos;s date formats.</extracomment>
        <translation>yyyy &apos;ж.&apos; d MMMM</translation>
    </message>
    <message numerus="yes">
        <source>about %n s</source>
        <translation>
            <numerusform>шамамен %n с</numerusform>
            <numerusform>шамамен %n с</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n min</source>
        <translation>
            <numerusform>шамамен %n мин</numerusform>
            <numerusform>шамамен %n мин</numerusform>
        </translation>
    </message>
</context>
</TS>
