<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="kk" sourcelanguage="en">
<context>
    <name>Banner</name>
    <message>
        <source>Put away</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CheckLine</name>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture of {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Is everything ready?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list fills by itself. Only what needs you opens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say a few words: the bar should move.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live picture of your camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera&apos;s picture appears here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to my exams</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} (simulated)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next: we compare your face with the institution&apos;s picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) need you first.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Checking. This takes a few seconds.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CheckTexts</name>
    <message>
        <source>Screen {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space on the disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This check ended in a way this program has no words for (code: {code}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again. If it stays, tell the help line the code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution cannot be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the cable or Wi-Fi; open a web page to see whether the network works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address could not prove that it is the institution.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use another network, without a sign-in page of its own, or call the help line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exam&apos;s clock follows the institution.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong by {seconds} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You need not change it: the exam&apos;s clock follows the institution.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{free_gb} GB are free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{free_gb} GB are free, {needed_gb} GB are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete files you do not need, empty the recycle bin, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending is fast enough: {kbit} kbit/s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending is slow: {kbit} kbit/s, {needed_kbit} kbit/s would be good.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can begin: what cannot be sent in time is kept here and sent afterwards. Move closer to the Wi-Fi, or close what uses the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The speed of sending could not be measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can begin: what cannot be sent in time is kept here and sent afterwards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is good: {width} × {height}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No camera was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug a camera in, or open the cover of the built-in one. Then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program is using the camera.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the program that uses it (a call, a browser tab). Then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera&apos;s picture is black.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open its cover and switch on the light. Then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera&apos;s picture does not move.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unplug the camera, wait three seconds, plug it in. Then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system does not let us use the camera.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow the camera for Senim in the system&apos;s privacy settings. Then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This exam needs a real camera.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the computer&apos;s own camera from the list. Stand-ins are only for rehearsals.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of cameras and microphones could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unplug devices you do not need, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A part of this program that writes pictures is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install Senim anew, or call the help line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A device does not do its work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unplug it, wait three seconds, plug it in. Then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its cable. Then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We hear you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No microphone was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug a microphone or a headset in. Then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program is using the microphone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The microphone gives no sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say a few words. Check that it is not muted, or choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system does not let us use the microphone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow the microphone for Senim in the system&apos;s privacy settings. Then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The microphone stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The screen&apos;s picture is black or empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow the recording of the screen when the system asks, start Senim anew if it says so. Under Wayland choose the whole screen in the system&apos;s question.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system gives no picture of the screen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system does not let us record the screen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow screen recording for Senim in the system&apos;s privacy settings, then start Senim anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No screen was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the screen&apos;s cable. Then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture of this screen stopped.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CloseQuestion</name>
    <message>
        <source>Close before everything is delivered?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your exam is handed in and sealed on this computer. The rest is sent in the background, or when Senim is started here again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The receipt is shown once everything has arrived.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close in the middle of the exam?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is lost: your answers and the recording until now are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exam&apos;s clock goes on, the recording stops, and the gap is noted. Start Senim again to go on; you show your face once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close Senim</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConsentPage</name>
    <message>
        <source>Go on on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is recorded, and why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program only marks moments to look at. It gives no grade and no verdict: a person decides, and you can answer and appeal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I have read this and agree to the recording of this exam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version of this text: {version}. It is kept with the time of your consent. If you do not agree, go back: nothing is recorded. Then ask the institution for another way to sit the exam.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to my exams</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the exam…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I agree, continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next: a check of camera, microphone and screen. Nothing is recorded yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who sees it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until when</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>invigilators and the commission</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All your screens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to show how the work was done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera&apos;s picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to show who sits the exam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The microphone&apos;s sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to show that nobody dictates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A comparison of your face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to confirm that it is you, with the picture the institution has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name of the program in front, the network&apos;s state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to explain gaps and moments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to be graded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>your teachers and the commission</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as long as exam papers are kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as the institution&apos;s rules say</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n day(s), then erased for good</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExamBar</name>
    <message>
        <source>Hand in…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept in this window until the recording is back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answers yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saving…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>saved on this computer, %n answer(s) on the way</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>saved and delivered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>online</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slow network, {size} MB waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no network, {size} MB kept here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time left: {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until {time}, by this computer&apos;s clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExamCard</name>
    <message>
        <source>opens later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>begun, you can go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>handed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n extra minute(s) for you</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>a rehearsal: it does not count</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExamPage</name>
    <message>
        <source>Previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show my picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide my picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts (F1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your camera&apos;s picture. Arrow keys move it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No camera picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question {number} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Choose one answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose every right answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear my choice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>marked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>simulated</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExamsPage</name>
    <message>
        <source>My exams</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in as {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No exam is planned for you at present. If you expected one, tell the help line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the institution for your exams…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an exam that is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next: what will be recorded, and why.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HandInPage</name>
    <message>
        <source>Your exam is being handed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your answers are fixed. The recording has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealing the last piece of the recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending the rest of the recording to the institution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution checks that everything arrived</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything has arrived</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sending was interrupted and is being restarted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is sealed and safe on this computer. You may close Senim; start it here again when there is a network, and the rest is sent. The institution sees when you handed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please stay until the receipt appears. If you must leave, nothing is lost: the rest is sent when Senim runs on this computer again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next: your receipt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent {sent} of {total} MB, {time} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent {sent} of {total} MB</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HandInQuestion</name>
    <message numerus="yes">
        <source>%n question(s) have no answer yet:</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n question(s) have an answer.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Hand in now?</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) are marked to look at again:</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>After handing in, answers cannot be changed. Recording ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the questions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hand in now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to question {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IdentityPage</name>
    <message>
        <source>Is it you?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We compare your face with the picture your institution has of you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only this comparison is made, on this computer. Invigilators see its result and the pictures; if it is unclear, a person decides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live picture of your camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera&apos;s picture appears here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the comparison</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I cannot do this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try once more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sit so that your face fits the oval.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You will be asked to look straight, to turn your head and to blink. It takes half a minute. When you press the button, the recording of the exam begins.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look straight at the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn your head to the left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn your head to the right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blink once or twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold still for a moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We cannot see your face. Please move into the oval.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We see more than one face. Please sit alone before the camera.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please come a little closer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please move back a little.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is too dark. Please move into the light.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is too bright. Please turn away from the window or lamp.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is blurred. Please hold still, or wipe the camera.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please face the camera.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A part of your face is covered. If you can, uncover it; if not, choose “I cannot do this”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thank you, it is you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures agree.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures do not agree well enough.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This happens with new glasses, light or an old picture. You can try once more or go on: an invigilator looks at it and decides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An invigilator will confirm that it is you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can go on now. Nothing is held against you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin the recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next: the recording begins and you are asked to look and turn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the questions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next: the questions. Your time has not started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please wait…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Your time starts with the questions: %n minute(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Your time starts with the questions.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Exam</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeBanner</name>
    <message>
        <source>An invigilator asks you to take note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An invigilator asks you to call</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>You have %n more minute(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>An invigilator writes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I have read this</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProblemTexts</name>
    <message>
        <source>Something went wrong that this program has no words for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you have done so far is kept on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again. If it stays, tell the help line the code below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exam goes on; what is missing is noted with its cause.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code for the help line: {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This login and password do not belong together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the keyboard&apos;s language and Caps Lock, then type the password once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We do not know this code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check each letter, or ask the invigilator to read the code to you again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This code was valid only for a while, and that time is over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the invigilator for a new code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This code was already used once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the invigilator for a new code. If it was not you who used it, say so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There were too many tries in a short time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is lost; the sign-in is only paused to protect your account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait {seconds} s, then try again, or ask the invigilator for a one-time code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You were signed out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your answers are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This exam is not planned for you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another exam from the list, or ask the invigilator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution has no picture of you to compare with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can sit the exam; an invigilator confirms who you are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exam has not opened yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Come back when it opens. You can try the rehearsal until then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time to enter this exam is over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you were kept from entering, tell the help line now, with the reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This exam is already handed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your work is with the institution.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your receipt was shown at the end; the institution can show it to you again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This exam is running on another computer right now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers that are already saved move with you. The other computer&apos;s recording ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on here only if you yourself changed computers. Otherwise call the invigilator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exam goes on at another computer; this one no longer records.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything made here until now is kept and delivered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it was not you, call the invigilator at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The questions are almost here; the beginning of the recording is still on its way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your time has not started yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please wait. We ask again by ourselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time for answers is over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything saved before the end counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hand in now if it has not happened by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your time is up; the exam is being handed in by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything you answered is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the program open until the receipt appears.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution already has a newer version of this answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The newer one counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the answer once more and change it if it is not what you want.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exam clock runs on this computer&apos;s own time for now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is set right as soon as the institution is reached again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We cannot reach the institution over the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>During an exam you can go on: everything is kept here and sent later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the cable or Wi-Fi. We try again by ourselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address answered, but it could not prove that it is the institution.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For your safety nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use another network, without a sign-in page of its own, or call the help line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution&apos;s server gave an answer we do not understand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you have done is kept on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again in a minute. If it stays, call the help line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution&apos;s server is very busy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is lost; sending goes on more slowly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please go on. We try again by ourselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution&apos;s server had a fault of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network is gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exam goes on: answers and recording are kept on this computer and sent later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please go on. If you can, check the cable or Wi-Fi.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was kept on this computer is being sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exam goes on; the gap is noted with its cause.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug the camera in again, or close the program that took it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera works again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The microphone stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug the microphone in again, or close the program that took it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The microphone works again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture of the screen stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you were asked to allow the recording of the screen, allow it. Else call the help line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The screen is recorded again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This exam needs a real camera and a real microphone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stand-in devices are only for rehearsals that allow them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a real device in the system check.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The comparison of your face cannot run on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk of this computer is nearly full: {free_gb} GB are left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording goes on in lower quality.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete files you do not need, if you can do so quickly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk of this computer is full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers are still kept, but the recording has stopped; the gap is noted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete files you do not need, or call the help line now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording was interrupted and is being restarted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your answers are kept; you can go on working.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You need not do anything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording was interrupted for a moment and goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your answers are kept; the gap is noted with its cause.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording keeps stopping on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your answers are kept. We go on trying to start the recording.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call the invigilator now, and do not close this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Senim is already running on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only one program can record at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the window that is already open, or close it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A part of what was kept on this computer cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What can be read is used; the rest is noted as a gap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please go on, and tell the help line the code below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window and recording both stopped, so the recording has to begin anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your answers are kept, and the exam goes on where it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please show your face once more; it is short.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key that should protect your recording was not signed by the institution.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For your safety nothing is recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call the help line; this cannot be solved on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution&apos;s server refused a piece of the recording; it will look into it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution&apos;s server did not understand this program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution&apos;s server refused a name this program used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution&apos;s server does not know this sitting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution&apos;s server does not expect one part of the recording.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record of the sitting does not fit together at the institution&apos;s server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution&apos;s server holds another version of the record of this sitting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The institution&apos;s server could not confirm a signature in the record.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>Handed in. Thank you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code of your receipt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With this code the institution finds your sitting. Write it down or save the receipt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happens next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the receipt…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After that you may close Senim.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to my exams</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code of your receipt: {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) delivered.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Invigilators look at the recording, teachers at the answers. A person decides, never the program. You will be told, and you can see who watched, answer and appeal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording is kept until {day}, then erased.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Screen {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Technical track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no gap</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>one gap of %n s: {cause}</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>the device was gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the recording was restarted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the program was closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the computer slept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the disk was full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the program stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the cause is not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The receipt could not be saved there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder. The institution has the receipt too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecordingLight</name>
    <message>
        <source>Recording interrupted, being restarted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording: {what}. Missing: {missing}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording since {time}: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated camera and microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated microphone</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>previous question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose an answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to the next or previous control</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mark this question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hand in (you are asked once more)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>larger or smaller text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show or hide your camera&apos;s picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this list</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the exam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Identity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Sign in to your exam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Login and password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An invigilator gives you this code. It can be used once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n earlier exam(s) on this computer are still being sent to the institution:</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next: choose your exam. Nothing is recorded yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>d MMMM yyyy</source>
        <extracomment>How a day is written; letters as in Qt&apos;s date formats.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>about %n s</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n min</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
</TS>
