<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AboutSenim</name>
    <message>
        <source>About Senim</source>
        <translation>About Senim</translation>
    </message>
    <message>
        <source>The fingerprint is the one IT of your institution has in its records.</source>
        <translation>The fingerprint is the one IT of your institution has in its records.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>not signed (for trying out)</source>
        <translation>not signed (for trying out)</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>Institution</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Fingerprint of the key</source>
        <translation>Fingerprint of the key</translation>
    </message>
    <message>
        <source>Settings signed on</source>
        <translation>Settings signed on</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Put away</source>
        <translation>Put away</translation>
    </message>
</context>
<context>
    <name>BreakDesk</name>
    <message>
        <source>Break</source>
        <translation>Break</translation>
    </message>
    <message>
        <source>Take a break, or ask for one</source>
        <translation>Take a break, or ask for one</translation>
    </message>
    <message>
        <source>An invigilator decides. Go on working until the answer comes.</source>
        <translation>An invigilator decides. Go on working until the answer comes.</translation>
    </message>
    <message>
        <source>You asked for a break</source>
        <translation>You asked for a break</translation>
    </message>
    <message>
        <source>I need no break any more</source>
        <translation>I need no break any more</translation>
    </message>
    <message numerus="yes">
        <source>You may take a break of %n minute(s)</source>
        <translation>
            <numerusform>You may take a break of %n minute</numerusform>
            <numerusform>You may take a break of %n minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>Begin the break</source>
        <translation>Begin the break</translation>
    </message>
</context>
<context>
    <name>BreakPanel</name>
    <message>
        <source>Left of the break: {time}</source>
        <translation>Left of the break: {time}</translation>
    </message>
    <message>
        <source>I am back, show the questions</source>
        <translation>I am back, show the questions</translation>
    </message>
    <message>
        <source>You are on a break</source>
        <translation>You are on a break</translation>
    </message>
    <message>
        <source>Please be back by {time}.</source>
        <translation>Please be back by {time}.</translation>
    </message>
    <message>
        <source>The time of your break is over</source>
        <translation>The time of your break is over</translation>
    </message>
    <message>
        <source>The exam goes on. Press the button below as soon as you are back.</source>
        <translation>The exam goes on. Press the button below as soon as you are back.</translation>
    </message>
</context>
<context>
    <name>BreakQuestion</name>
    <message numerus="yes">
        <source>Take a break of %n minute(s) now?</source>
        <translation>
            <numerusform>Take a break of %n minute now?</numerusform>
            <numerusform>Take a break of %n minutes now?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Breaks you can take without asking: %n.</source>
        <translation>
            <numerusform>You can take %n more break without asking.</numerusform>
            <numerusform>You can take %n more breaks without asking.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ask for a break of %n minute(s)?</source>
        <translation>
            <numerusform>Ask for a break of %n minute?</numerusform>
            <numerusform>Ask for a break of %n minutes?</numerusform>
        </translation>
    </message>
    <message>
        <source>An invigilator decides. Go on working until the answer comes.</source>
        <translation>An invigilator decides. Go on working until the answer comes.</translation>
    </message>
    <message>
        <source>Go on with the exam</source>
        <translation>Go on with the exam</translation>
    </message>
    <message>
        <source>Begin the break</source>
        <translation>Begin the break</translation>
    </message>
    <message>
        <source>Ask for the break</source>
        <translation>Ask for the break</translation>
    </message>
</context>
<context>
    <name>BreakTexts</name>
    <message numerus="yes">
        <source>The exam's clock stands still meanwhile, for %n minute(s) at most.</source>
        <translation>
            <numerusform>The exam's clock stands still meanwhile, for %n minute at most.</numerusform>
            <numerusform>The exam's clock stands still meanwhile, for %n minutes at most.</numerusform>
        </translation>
    </message>
    <message>
        <source>The exam's clock runs on meanwhile.</source>
        <translation>The exam's clock runs on meanwhile.</translation>
    </message>
    <message>
        <source>Recording goes on. Being away is part of the break; no moment is noted for it.</source>
        <translation>Recording goes on. Being away is part of the break; no moment is noted for it.</translation>
    </message>
    <message>
        <source>The questions are hidden until you are back.</source>
        <translation>The questions are hidden until you are back.</translation>
    </message>
</context>
<context>
    <name>CameraDesk</name>
    <message>
        <source>Your camera's picture. Arrow keys move it.</source>
        <translation>Your camera's picture. Arrow keys move it.</translation>
    </message>
    <message>
        <source>No camera picture</source>
        <translation>No camera picture</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simulated</translation>
    </message>
</context>
<context>
    <name>CheckLine</name>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Try again: {name}</source>
        <translation>Try again: {name}</translation>
    </message>
    <message>
        <source>Picture of {name}</source>
        <translation>Picture of {name}</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Is everything ready?</source>
        <translation>Is everything ready?</translation>
    </message>
    <message>
        <source>The list fills by itself. Only what needs you opens.</source>
        <translation>The list fills by itself. Only what needs you opens.</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>Choose the camera</source>
        <translation>Choose the camera</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Microphone</translation>
    </message>
    <message>
        <source>Choose the microphone</source>
        <translation>Choose the microphone</translation>
    </message>
    <message>
        <source>Sound level</source>
        <translation>Sound level</translation>
    </message>
    <message>
        <source>Say a few words: the bar should move.</source>
        <translation>Say a few words: the bar should move.</translation>
    </message>
    <message>
        <source>Live picture of your camera</source>
        <translation>Live picture of your camera</translation>
    </message>
    <message>
        <source>The camera's picture appears here.</source>
        <translation>The camera's picture appears here.</translation>
    </message>
    <message>
        <source>Back to my exams</source>
        <translation>Back to my exams</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Simulated camera</source>
        <translation>Simulated camera</translation>
    </message>
    <message>
        <source>Simulated microphone</source>
        <translation>Simulated microphone</translation>
    </message>
    <message>
        <source>{name} (simulated)</source>
        <translation>{name} (simulated)</translation>
    </message>
    <message>
        <source>Next: we compare your face with the institution's picture.</source>
        <translation>Next: we compare your face with the institution's picture.</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) need you first.</source>
        <translation>
            <numerusform>%n line needs you first.</numerusform>
            <numerusform>%n lines need you first.</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking. This takes a few seconds.</source>
        <translation>Checking. This takes a few seconds.</translation>
    </message>
</context>
<context>
    <name>CheckTexts</name>
    <message>
        <source>Screen {number}</source>
        <translation>Screen {number}</translation>
    </message>
    <message>
        <source>The institution</source>
        <translation>The institution</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Clock</translation>
    </message>
    <message>
        <source>Space on the disk</source>
        <translation>Space on the disk</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Network</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Microphone</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>waiting</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>checking</translation>
    </message>
    <message>
        <source>good</source>
        <translation>good</translation>
    </message>
    <message>
        <source>needs you</source>
        <translation>needs you</translation>
    </message>
    <message>
        <source>take note</source>
        <translation>take note</translation>
    </message>
    <message>
        <source>This check ended in a way this program has no words for (code: {code}).</source>
        <translation>This check ended in a way this program has no words for (code: {code}).</translation>
    </message>
    <message>
        <source>Try again. If it stays, tell the help line the code.</source>
        <translation>Try again. If it stays, tell the help line the code.</translation>
    </message>
    <message>
        <source>The institution answers.</source>
        <translation>The institution answers.</translation>
    </message>
    <message>
        <source>The institution cannot be reached.</source>
        <translation>The institution cannot be reached.</translation>
    </message>
    <message>
        <source>Check the cable or Wi-Fi; open a web page to see whether the network works.</source>
        <translation>Check the cable or Wi-Fi; open a web page to see whether the network works.</translation>
    </message>
    <message>
        <source>The address could not prove that it is the institution.</source>
        <translation>The address could not prove that it is the institution.</translation>
    </message>
    <message>
        <source>Use another network, without a sign-in page of its own, or call the help line.</source>
        <translation>Use another network, without a sign-in page of its own, or call the help line.</translation>
    </message>
    <message>
        <source>The exam's clock follows the institution.</source>
        <translation>The exam's clock follows the institution.</translation>
    </message>
    <message>
        <source>This computer's clock is wrong by {seconds} s.</source>
        <translation>This computer's clock is wrong by {seconds} s.</translation>
    </message>
    <message>
        <source>You need not change it: the exam's clock follows the institution.</source>
        <translation>You need not change it: the exam's clock follows the institution.</translation>
    </message>
    <message>
        <source>{free_gb} GB are free.</source>
        <translation>{free_gb} GB are free.</translation>
    </message>
    <message>
        <source>{free_gb} GB are free, {needed_gb} GB are needed.</source>
        <translation>{free_gb} GB are free, {needed_gb} GB are needed.</translation>
    </message>
    <message>
        <source>Delete files you do not need, empty the recycle bin, then try again.</source>
        <translation>Delete files you do not need, empty the recycle bin, then try again.</translation>
    </message>
    <message>
        <source>Sending is fast enough: {kbit} kbit/s.</source>
        <translation>Sending is fast enough: {kbit} kbit/s.</translation>
    </message>
    <message>
        <source>Sending is slow: {kbit} kbit/s, {needed_kbit} kbit/s would be good.</source>
        <translation>Sending is slow: {kbit} kbit/s, {needed_kbit} kbit/s would be good.</translation>
    </message>
    <message>
        <source>You can begin: what cannot be sent in time is kept here and sent afterwards. Move closer to the Wi-Fi, or close what uses the network.</source>
        <translation>You can begin: what cannot be sent in time is kept here and sent afterwards. Move closer to the Wi-Fi, or close what uses the network.</translation>
    </message>
    <message>
        <source>The speed of sending could not be measured.</source>
        <translation>The speed of sending could not be measured.</translation>
    </message>
    <message>
        <source>You can begin: what cannot be sent in time is kept here and sent afterwards.</source>
        <translation>You can begin: what cannot be sent in time is kept here and sent afterwards.</translation>
    </message>
    <message>
        <source>The picture is good: {width} × {height}.</source>
        <translation>The picture is good: {width} × {height}.</translation>
    </message>
    <message>
        <source>No camera was found.</source>
        <translation>No camera was found.</translation>
    </message>
    <message>
        <source>Plug a camera in, or open the cover of the built-in one. Then try again.</source>
        <translation>Plug a camera in, or open the cover of the built-in one. Then try again.</translation>
    </message>
    <message>
        <source>The camera does not open; most often another program is using it.</source>
        <translation>The camera does not open; most often another program is using it.</translation>
    </message>
    <message>
        <source>The microphone does not open; most often another program is using it.</source>
        <translation>The microphone does not open; most often another program is using it.</translation>
    </message>
    <message>
        <source>Close the program that uses it (a call, a browser tab). Then try again.</source>
        <translation>Close the program that uses it (a call, a browser tab). Then try again.</translation>
    </message>
    <message>
        <source>The camera's picture is black.</source>
        <translation>The camera's picture is black.</translation>
    </message>
    <message>
        <source>Open its cover and switch on the light. Then try again.</source>
        <translation>Open its cover and switch on the light. Then try again.</translation>
    </message>
    <message>
        <source>The camera shows hardly anything.</source>
        <translation>The camera shows hardly anything.</translation>
    </message>
    <message>
        <source>If something lies over the lens, take it away. If all is well, you can begin.</source>
        <translation>If something lies over the lens, take it away. If all is well, you can begin.</translation>
    </message>
    <message>
        <source>The camera's picture does not move.</source>
        <translation>The camera's picture does not move.</translation>
    </message>
    <message>
        <source>Unplug the camera, wait three seconds, plug it in. Then try again.</source>
        <translation>Unplug the camera, wait three seconds, plug it in. Then try again.</translation>
    </message>
    <message>
        <source>The system does not let us use the camera.</source>
        <translation>The system does not let us use the camera.</translation>
    </message>
    <message>
        <source>Allow the camera for Senim in the system's privacy settings. Then try again.</source>
        <translation>Allow the camera for Senim in the system's privacy settings. Then try again.</translation>
    </message>
    <message>
        <source>This exam needs a real camera.</source>
        <translation>This exam needs a real camera.</translation>
    </message>
    <message>
        <source>Choose the computer's own camera from the list. Simulated devices are only for rehearsals.</source>
        <translation>Choose the computer's own camera from the list. Simulated devices are only for rehearsals.</translation>
    </message>
    <message>
        <source>The list of cameras and microphones could not be read.</source>
        <translation>The list of cameras and microphones could not be read.</translation>
    </message>
    <message>
        <source>Unplug devices you do not need, then try again.</source>
        <translation>Unplug devices you do not need, then try again.</translation>
    </message>
    <message>
        <source>A part of this program that writes pictures is missing.</source>
        <translation>A part of this program that writes pictures is missing.</translation>
    </message>
    <message>
        <source>Install Senim anew, or call the help line.</source>
        <translation>Install Senim anew, or call the help line.</translation>
    </message>
    <message>
        <source>A device does not do its work.</source>
        <translation>A device does not do its work.</translation>
    </message>
    <message>
        <source>Unplug it, wait three seconds, plug it in. Then try again.</source>
        <translation>Unplug it, wait three seconds, plug it in. Then try again.</translation>
    </message>
    <message>
        <source>The camera stopped.</source>
        <translation>The camera stopped.</translation>
    </message>
    <message>
        <source>Check its cable. Then try again.</source>
        <translation>Check its cable. Then try again.</translation>
    </message>
    <message>
        <source>We hear you.</source>
        <translation>We hear you.</translation>
    </message>
    <message>
        <source>No microphone was found.</source>
        <translation>No microphone was found.</translation>
    </message>
    <message>
        <source>Plug a microphone or a headset in. Then try again.</source>
        <translation>Plug a microphone or a headset in. Then try again.</translation>
    </message>
    <message>
        <source>The microphone gives no sound.</source>
        <translation>The microphone gives no sound.</translation>
    </message>
    <message>
        <source>Say a few words. Check that it is not muted, or choose another one.</source>
        <translation>Say a few words. Check that it is not muted, or choose another one.</translation>
    </message>
    <message>
        <source>The system does not let us use the microphone.</source>
        <translation>The system does not let us use the microphone.</translation>
    </message>
    <message>
        <source>Allow the microphone for Senim in the system's privacy settings. Then try again.</source>
        <translation>Allow the microphone for Senim in the system's privacy settings. Then try again.</translation>
    </message>
    <message>
        <source>The microphone stopped.</source>
        <translation>The microphone stopped.</translation>
    </message>
    <message>
        <source>The screen's picture is black or empty.</source>
        <translation>The screen's picture is black or empty.</translation>
    </message>
    <message>
        <source>Allow the recording of the screen when the system asks, start Senim anew if it says so. Under Wayland choose the whole screen in the system's question.</source>
        <translation>Allow the recording of the screen when the system asks, start Senim anew if it says so. Under Wayland choose the whole screen in the system's question.</translation>
    </message>
    <message>
        <source>The system gives no picture of the screen.</source>
        <translation>The system gives no picture of the screen.</translation>
    </message>
    <message>
        <source>The system does not let us record the screen.</source>
        <translation>The system does not let us record the screen.</translation>
    </message>
    <message>
        <source>Allow screen recording for Senim in the system's privacy settings, then start Senim anew.</source>
        <translation>Allow screen recording for Senim in the system's privacy settings, then start Senim anew.</translation>
    </message>
    <message>
        <source>No screen was found.</source>
        <translation>No screen was found.</translation>
    </message>
    <message>
        <source>Check the screen's cable. Then try again.</source>
        <translation>Check the screen's cable. Then try again.</translation>
    </message>
    <message>
        <source>The picture of this screen stopped.</source>
        <translation>The picture of this screen stopped.</translation>
    </message>
</context>
<context>
    <name>CheckWords</name>
    <message>
        <source>This computer is ready.</source>
        <translation>This computer is ready.</translation>
    </message>
    <message>
        <source>This computer is not ready yet.</source>
        <translation>This computer is not ready yet.</translation>
    </message>
</context>
<context>
    <name>CloseQuestion</name>
    <message>
        <source>Close before everything is delivered?</source>
        <translation>Close before everything is delivered?</translation>
    </message>
    <message>
        <source>Your exam is handed in and sealed on this computer. The rest is sent in the background, or when Senim is started here again.</source>
        <translation>Your exam is handed in and sealed on this computer. The rest is sent in the background, or when Senim is started here again.</translation>
    </message>
    <message>
        <source>The receipt is shown once everything has arrived.</source>
        <translation>The receipt is shown once everything has arrived.</translation>
    </message>
    <message>
        <source>Close in the middle of the exam?</source>
        <translation>Close in the middle of the exam?</translation>
    </message>
    <message>
        <source>Nothing is lost: your answers and the recording until now are kept.</source>
        <translation>Nothing is lost: your answers and the recording until now are kept.</translation>
    </message>
    <message>
        <source>The exam's clock goes on, the recording stops, and the gap is noted. Start Senim again to go on; you show your face once more.</source>
        <translation>The exam's clock goes on, the recording stops, and the gap is noted. Start Senim again to go on; you show your face once more.</translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation>Stay here</translation>
    </message>
    <message>
        <source>Close Senim</source>
        <translation>Close Senim</translation>
    </message>
</context>
<context>
    <name>ConsentPage</name>
    <message>
        <source>Go on on this computer</source>
        <translation>Go on on this computer</translation>
    </message>
    <message>
        <source>What is recorded, and why</source>
        <translation>What is recorded, and why</translation>
    </message>
    <message>
        <source>The days count from your hand-in. If the decision about your exam is still open then, the recording is kept until it is made.</source>
        <translation>The days count from your hand-in. If the decision about your exam is still open then, the recording is kept until it is made.</translation>
    </message>
    <message>
        <source>This is a rehearsal: the result of the next check goes to the institution, so that its invigilators and administrators can help you before the exam. It tells the state of camera, microphone, screens, disk and network, other programs that disturb, this program's version and the system: no picture, no sound. Only the newest result of this computer is kept.</source>
        <translation>This is a rehearsal: the result of the next check goes to the institution, so that its invigilators and administrators can help you before the exam. It tells the state of camera, microphone, screens, disk and network, other programs that disturb, this program's version and the system: no picture, no sound. Only the newest result of this computer is kept.</translation>
    </message>
    <message>
        <source>The program only marks moments to look at. It gives no grade and no verdict: a person decides, and you can answer and appeal.</source>
        <translation>The program only marks moments to look at. It gives no grade and no verdict: a person decides, and you can answer and appeal.</translation>
    </message>
    <message>
        <source>I have read this and agree to the recording of this exam</source>
        <translation>I have read this and agree to the recording of this exam</translation>
    </message>
    <message>
        <source>Version of this text: {version}. It is kept with the time of your consent. If you do not agree, go back: nothing is recorded. Then ask the institution for another way to sit the exam.</source>
        <translation>Version of this text: {version}. It is kept with the time of your consent. If you do not agree, go back: nothing is recorded. Then ask the institution for another way to sit the exam.</translation>
    </message>
    <message>
        <source>Back to my exams</source>
        <translation>Back to my exams</translation>
    </message>
    <message>
        <source>Opening the exam…</source>
        <translation>Opening the exam…</translation>
    </message>
    <message>
        <source>I agree, continue</source>
        <translation>I agree, continue</translation>
    </message>
    <message>
        <source>Next: a check of camera, microphone and screen. Nothing is recorded yet.</source>
        <translation>Next: a check of camera, microphone and screen. Nothing is recorded yet.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>What</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>Who sees it</source>
        <translation>Who sees it</translation>
    </message>
    <message>
        <source>Until when</source>
        <translation>Until when</translation>
    </message>
    <message>
        <source>invigilators and the commission</source>
        <translation>invigilators and the commission</translation>
    </message>
    <message>
        <source>All your screens</source>
        <translation>All your screens</translation>
    </message>
    <message>
        <source>to show how the work was done</source>
        <translation>to show how the work was done</translation>
    </message>
    <message>
        <source>The camera's picture</source>
        <translation>The camera's picture</translation>
    </message>
    <message>
        <source>to show who sits the exam</source>
        <translation>to show who sits the exam</translation>
    </message>
    <message>
        <source>The microphone's sound</source>
        <translation>The microphone's sound</translation>
    </message>
    <message>
        <source>to show that nobody dictates</source>
        <translation>to show that nobody dictates</translation>
    </message>
    <message>
        <source>A comparison of your face</source>
        <translation>A comparison of your face</translation>
    </message>
    <message>
        <source>to confirm that it is you, with the picture the institution has</source>
        <translation>to confirm that it is you, with the picture the institution has</translation>
    </message>
    <message>
        <source>The program in front, the network, how much is copied (never what), hints about the computer</source>
        <translation>The program in front, the network, how much is copied (never what), hints about the computer</translation>
    </message>
    <message>
        <source>your teachers, invigilators and the commission</source>
        <translation>your teachers, invigilators and the commission</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s), then erased</source>
        <translation>
            <numerusform>%n day, then erased</numerusform>
            <numerusform>%n days, then erased</numerusform>
        </translation>
    </message>
    <message>
        <source>to explain gaps and moments</source>
        <translation>to explain gaps and moments</translation>
    </message>
    <message>
        <source>Your answers</source>
        <translation>Your answers</translation>
    </message>
    <message>
        <source>to be graded</source>
        <translation>to be graded</translation>
    </message>
    <message>
        <source>as long as exam papers are kept</source>
        <translation>as long as exam papers are kept</translation>
    </message>
    <message>
        <source>as the institution's rules say</source>
        <translation>as the institution's rules say</translation>
    </message>
</context>
<context>
    <name>DeliverySaver</name>
    <message>
        <source>Save somewhere else…</source>
        <translation>Save somewhere else…</translation>
    </message>
    <message>
        <source>Save for delivery…</source>
        <translation>Save for delivery…</translation>
    </message>
    <message>
        <source>Writing {done} of {total} MB. Leave the stick in.</source>
        <translation>Writing {done} of {total} MB. Leave the stick in.</translation>
    </message>
    <message>
        <source>Saved as {file}, {size} MB. You may take the stick out now. Bring the file to the institution, or hand it in at its site from any computer: it ends in the same receipt. Code to compare: {code}.</source>
        <translation>Saved as {file}, {size} MB. You may take the stick out now. Bring the file to the institution, or hand it in at its site from any computer: it ends in the same receipt. Code to compare: {code}.</translation>
    </message>
    <message>
        <source>Save for delivery</source>
        <translation>Save for delivery</translation>
    </message>
</context>
<context>
    <name>DeviceTexts</name>
    <message>
        <source>The exam goes on; it is noted how long this lasts.</source>
        <translation>The exam goes on; it is noted how long this lasts.</translation>
    </message>
    <message>
        <source>The camera's picture is black.</source>
        <translation>The camera's picture is black.</translation>
    </message>
    <message>
        <source>Open its cover, or switch on the light.</source>
        <translation>Open its cover, or switch on the light.</translation>
    </message>
    <message>
        <source>The camera shows hardly anything.</source>
        <translation>The camera shows hardly anything.</translation>
    </message>
    <message>
        <source>If something lies over the lens, take it away. If all is well, just go on.</source>
        <translation>If something lies over the lens, take it away. If all is well, just go on.</translation>
    </message>
    <message>
        <source>The camera's picture does not move.</source>
        <translation>The camera's picture does not move.</translation>
    </message>
    <message>
        <source>If you can, unplug the camera and plug it in again. Else just go on.</source>
        <translation>If you can, unplug the camera and plug it in again. Else just go on.</translation>
    </message>
    <message>
        <source>The camera's picture is back.</source>
        <translation>The camera's picture is back.</translation>
    </message>
    <message>
        <source>We cannot see your face.</source>
        <translation>We cannot see your face.</translation>
    </message>
    <message>
        <source>The exam goes on; a person may look at this moment later.</source>
        <translation>The exam goes on; a person may look at this moment later.</translation>
    </message>
    <message>
        <source>If you can, sit so that the camera sees your face. Nothing should cover it, or the lens.</source>
        <translation>If you can, sit so that the camera sees your face. Nothing should cover it, or the lens.</translation>
    </message>
    <message>
        <source>Another camera is recorded now: {name}.</source>
        <translation>Another camera is recorded now: {name}.</translation>
    </message>
    <message>
        <source>The exam goes on; the change is noted.</source>
        <translation>The exam goes on; the change is noted.</translation>
    </message>
    <message>
        <source>If you did not want this, plug the other camera in again.</source>
        <translation>If you did not want this, plug the other camera in again.</translation>
    </message>
    <message>
        <source>The microphone is muted.</source>
        <translation>The microphone is muted.</translation>
    </message>
    <message>
        <source>Switch it on: a button on the headset or keyboard, or the system's sound settings.</source>
        <translation>Switch it on: a button on the headset or keyboard, or the system's sound settings.</translation>
    </message>
    <message>
        <source>The microphone gives hardly any sound.</source>
        <translation>The microphone gives hardly any sound.</translation>
    </message>
    <message>
        <source>Check its cable and its volume in the system's sound settings.</source>
        <translation>Check its cable and its volume in the system's sound settings.</translation>
    </message>
    <message>
        <source>The microphone gives sound again.</source>
        <translation>The microphone gives sound again.</translation>
    </message>
    <message>
        <source>Another microphone is recorded now: {name}.</source>
        <translation>Another microphone is recorded now: {name}.</translation>
    </message>
    <message>
        <source>If you did not want this, plug the other microphone in again.</source>
        <translation>If you did not want this, plug the other microphone in again.</translation>
    </message>
</context>
<context>
    <name>ExamBar</name>
    <message>
        <source>Hand in…</source>
        <translation>Hand in…</translation>
    </message>
    <message>
        <source>kept in this window</source>
        <translation>kept in this window</translation>
    </message>
    <message>
        <source>no answers yet</source>
        <translation>no answers yet</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>saving…</translation>
    </message>
    <message numerus="yes">
        <source>saved on this computer, %n answer(s) on the way</source>
        <translation>
            <numerusform>saved on this computer, %n answer on the way</numerusform>
            <numerusform>saved on this computer, %n answers on the way</numerusform>
        </translation>
    </message>
    <message>
        <source>saved and delivered</source>
        <translation>saved and delivered</translation>
    </message>
    <message>
        <source>online</source>
        <translation>online</translation>
    </message>
    <message>
        <source>slow network, {size} MB waiting</source>
        <translation>slow network, {size} MB waiting</translation>
    </message>
    <message>
        <source>no network, {size} MB kept here</source>
        <translation>no network, {size} MB kept here</translation>
    </message>
    <message>
        <source>Time left: {time}</source>
        <translation>Time left: {time}</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>until {time}</translation>
    </message>
    <message>
        <source>until {time}, by this computer's clock</source>
        <translation>until {time}, by this computer's clock</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>paused</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>%n minute left</numerusform>
            <numerusform>%n minutes left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExamCard</name>
    <message>
        <source>opens later</source>
        <translation>opens later</translation>
    </message>
    <message>
        <source>open now</source>
        <translation>open now</translation>
    </message>
    <message>
        <source>begun, you can go on</source>
        <translation>begun, you can go on</translation>
    </message>
    <message>
        <source>handed in</source>
        <translation>handed in</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>closed</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n extra minute(s) for you</source>
        <translation>
            <numerusform>and %n extra minute for you</numerusform>
            <numerusform>and %n extra minutes for you</numerusform>
        </translation>
    </message>
    <message>
        <source>a rehearsal: it does not count</source>
        <translation>a rehearsal: it does not count</translation>
    </message>
</context>
<context>
    <name>ExamFoot</name>
    <message>
        <source>Marked</source>
        <translation>Marked</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Mark</translation>
    </message>
    <message>
        <source>Hide my picture</source>
        <translation>Hide my picture</translation>
    </message>
    <message>
        <source>Show my picture</source>
        <translation>Show my picture</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Smaller text</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Larger text</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Keyboard shortcuts</translation>
    </message>
    <message>
        <source>Keyboard shortcuts (F1)</source>
        <translation>Keyboard shortcuts (F1)</translation>
    </message>
</context>
<context>
    <name>ExamPage</name>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Question {number} of {total}</source>
        <translation>Question {number} of {total}</translation>
    </message>
    <message>
        <source>{points} points</source>
        <translation>{points} points</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose one answer.</source>
        <translation>Choose one answer.</translation>
    </message>
    <message>
        <source>Choose every right answer.</source>
        <translation>Choose every right answer.</translation>
    </message>
    <message>
        <source>Clear my choice</source>
        <translation>Clear my choice</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>Your answer</translation>
    </message>
    <message>
        <source>Question {number}</source>
        <translation>Question {number}</translation>
    </message>
    <message>
        <source>to read, no answer is needed</source>
        <translation>to read, no answer is needed</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>answered</translation>
    </message>
    <message>
        <source>open</source>
        <translation>open</translation>
    </message>
    <message>
        <source>marked</source>
        <translation>marked</translation>
    </message>
</context>
<context>
    <name>ExamsPage</name>
    <message>
        <source>My exams</source>
        <translation>My exams</translation>
    </message>
    <message>
        <source>Signed in as {name}.</source>
        <translation>Signed in as {name}.</translation>
    </message>
    <message>
        <source>Refresh the list</source>
        <translation>Refresh the list</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>No exam is planned for you at present. If you expected one, tell the help line.</source>
        <translation>No exam is planned for you at present. If you expected one, tell the help line.</translation>
    </message>
    <message>
        <source>Asking the institution for your exams…</source>
        <translation>Asking the institution for your exams…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Back to the questions…</source>
        <translation>Back to the questions…</translation>
    </message>
    <message>
        <source>Next: your questions and answers. The recording goes on at once.</source>
        <translation>Next: your questions and answers. The recording goes on at once.</translation>
    </message>
    <message>
        <source>Choose an exam that is open.</source>
        <translation>Choose an exam that is open.</translation>
    </message>
    <message>
        <source>Next: what will be recorded, and why.</source>
        <translation>Next: what will be recorded, and why.</translation>
    </message>
</context>
<context>
    <name>FileBox</name>
    <message>
        <source>“{name}” was removed.</source>
        <translation>“{name}” was removed.</translation>
    </message>
    <message>
        <source>Attached files</source>
        <translation>Attached files</translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation>Attach a file…</translation>
    </message>
    <message>
        <source>Attach a file. Files can also be dropped here.</source>
        <translation>Attach a file. Files can also be dropped here.</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Bring it back</translation>
    </message>
</context>
<context>
    <name>FileDesk</name>
    <message>
        <source>Attach a file</source>
        <translation>Attach a file</translation>
    </message>
    <message>
        <source>“{name}” is attached</source>
        <translation>“{name}” is attached</translation>
    </message>
    <message>
        <source>being copied, {percent} %</source>
        <translation>being copied, {percent} %</translation>
    </message>
</context>
<context>
    <name>FileDialog</name>
    <message>
        <source>Folder</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>File name</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Up</translation>
    </message>
    <message>
        <source>One folder up</source>
        <translation>One folder up</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Files in {folder}</source>
        <translation>Files in {folder}</translation>
    </message>
    <message>
        <source>Reading the folder…</source>
        <translation>Reading the folder…</translation>
    </message>
    <message>
        <source>This name cannot be used here. Choose another.</source>
        <translation>This name cannot be used here. Choose another.</translation>
    </message>
    <message>
        <source>This folder cannot be read. Choose another.</source>
        <translation>This folder cannot be read. Choose another.</translation>
    </message>
    <message>
        <source>There is nothing to show in this folder.</source>
        <translation>There is nothing to show in this folder.</translation>
    </message>
</context>
<context>
    <name>FileLine</name>
    <message>
        <source>Replace…</source>
        <translation>Replace…</translation>
    </message>
    <message>
        <source>Replace “{name}”</source>
        <translation>Replace “{name}”</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Remove “{name}”</source>
        <translation>Remove “{name}”</translation>
    </message>
</context>
<context>
    <name>FileList</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>{name}, folder</source>
        <translation>{name}, folder</translation>
    </message>
</context>
<context>
    <name>FileTexts</name>
    <message>
        <source>What is attached already stays attached, and the exam goes on.</source>
        <translation>What is attached already stays attached, and the exam goes on.</translation>
    </message>
    <message>
        <source>This file is empty and was not attached.</source>
        <translation>This file is empty and was not attached.</translation>
    </message>
    <message>
        <source>Save your work in its program once more, then attach the file again.</source>
        <translation>Save your work in its program once more, then attach the file again.</translation>
    </message>
    <message>
        <source>This file is too large and was not attached; {most_mb} MB are allowed.</source>
        <translation>This file is too large and was not attached; {most_mb} MB are allowed.</translation>
    </message>
    <message>
        <source>Save it smaller, for example with smaller pictures, and attach that.</source>
        <translation>Save it smaller, for example with smaller pictures, and attach that.</translation>
    </message>
    <message>
        <source>This kind of file is not taken here. These are: {kinds}.</source>
        <translation>This kind of file is not taken here. These are: {kinds}.</translation>
    </message>
    <message>
        <source>Save your work in one of these kinds and attach that file.</source>
        <translation>Save your work in one of these kinds and attach that file.</translation>
    </message>
    <message>
        <source>This file is not there any more and was not attached.</source>
        <translation>This file is not there any more and was not attached.</translation>
    </message>
    <message>
        <source>Look where it lies now; if it was on a stick, plug the stick in. Then attach it again.</source>
        <translation>Look where it lies now; if it was on a stick, plug the stick in. Then attach it again.</translation>
    </message>
    <message>
        <source>This file cannot be read and was not attached.</source>
        <translation>This file cannot be read and was not attached.</translation>
    </message>
    <message>
        <source>Close it in the program that has it open, or save a copy of it, and attach that.</source>
        <translation>Close it in the program that has it open, or save a copy of it, and attach that.</translation>
    </message>
    <message>
        <source>This is no file but a folder or something else, and was not attached.</source>
        <translation>This is no file but a folder or something else, and was not attached.</translation>
    </message>
    <message>
        <source>Choose the file itself. Several files can be packed into one archive if archives are taken.</source>
        <translation>Choose the file itself. Several files can be packed into one archive if archives are taken.</translation>
    </message>
    <message>
        <source>No more files can be attached to this question.</source>
        <translation>No more files can be attached to this question.</translation>
    </message>
    <message>
        <source>Remove one that is not needed, or replace it.</source>
        <translation>Remove one that is not needed, or replace it.</translation>
    </message>
    <message>
        <source>There is not enough room on this computer: {needed_mb} MB are needed, {free_mb} MB are free.</source>
        <translation>There is not enough room on this computer: {needed_mb} MB are needed, {free_mb} MB are free.</translation>
    </message>
    <message>
        <source>Delete files you do not need, then attach this one again.</source>
        <translation>Delete files you do not need, then attach this one again.</translation>
    </message>
    <message>
        <source>All that was attached in this exam would be more than {most_mb} MB.</source>
        <translation>All that was attached in this exam would be more than {most_mb} MB.</translation>
    </message>
    <message>
        <source>Files that were removed or replaced count too, because they stay in the recording.</source>
        <translation>Files that were removed or replaced count too, because they stay in the recording.</translation>
    </message>
    <message>
        <source>Attach a smaller file, or call the help line.</source>
        <translation>Attach a smaller file, or call the help line.</translation>
    </message>
    <message>
        <source>This file could not be kept on this computer and was not attached.</source>
        <translation>This file could not be kept on this computer and was not attached.</translation>
    </message>
    <message>
        <source>Try once more. If it stays so, call the help line now.</source>
        <translation>Try once more. If it stays so, call the help line now.</translation>
    </message>
    <message>
        <source>The exam ended before this file was copied, so it was not attached.</source>
        <translation>The exam ended before this file was copied, so it was not attached.</translation>
    </message>
    <message>
        <source>Everything that was attached before is handed in.</source>
        <translation>Everything that was attached before is handed in.</translation>
    </message>
    <message>
        <source>Tell the invigilator if this file belongs to your work.</source>
        <translation>Tell the invigilator if this file belongs to your work.</translation>
    </message>
    <message>
        <source>The institution's server takes no more attached files of this exam.</source>
        <translation>The institution's server takes no more attached files of this exam.</translation>
    </message>
    <message>
        <source>The files are kept sealed on this computer; the exam goes on.</source>
        <translation>The files are kept sealed on this computer; the exam goes on.</translation>
    </message>
    <message>
        <source>Tell the invigilator: the institution can raise its limit, and the files are sent then.</source>
        <translation>Tell the invigilator: the institution can raise its limit, and the files are sent then.</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>{size} KB</source>
        <translation>{size} KB</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Up to %n file(s), each up to {size}.</source>
        <translation>
            <numerusform>%n file of up to {size}.</numerusform>
            <numerusform>Up to %n files, each up to {size}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Kinds: {kinds}.</source>
        <translation>Kinds: {kinds}.</translation>
    </message>
    <message numerus="yes">
        <source>At least %n is expected.</source>
        <translation>
            <numerusform>At least %n is expected.</numerusform>
            <numerusform>At least %n are expected.</numerusform>
        </translation>
    </message>
    <message>
        <source>attached on another computer</source>
        <translation>attached on another computer</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>delivered</translation>
    </message>
    <message>
        <source>saved on this computer</source>
        <translation>saved on this computer</translation>
    </message>
</context>
<context>
    <name>HandInPage</name>
    <message>
        <source>Your exam is being handed in</source>
        <translation>Your exam is being handed in</translation>
    </message>
    <message>
        <source>Your answers are fixed. The recording has ended.</source>
        <translation>Your answers are fixed. The recording has ended.</translation>
    </message>
    <message>
        <source>Sealing the last piece of the recording</source>
        <translation>Sealing the last piece of the recording</translation>
    </message>
    <message>
        <source>Sending the rest of the recording to the institution</source>
        <translation>Sending the rest of the recording to the institution</translation>
    </message>
    <message>
        <source>The institution checks that everything arrived</source>
        <translation>The institution checks that everything arrived</translation>
    </message>
    <message>
        <source>Everything has arrived</source>
        <translation>Everything has arrived</translation>
    </message>
    <message>
        <source>Sealed, to be delivered: waiting for the network</source>
        <translation>Sealed, to be delivered: waiting for the network</translation>
    </message>
    <message>
        <source>Sealed, to be delivered: the recording waits for a line you do not pay for</source>
        <translation>Sealed, to be delivered: the recording waits for a line you do not pay for</translation>
    </message>
    <message>
        <source>The sending was interrupted and is being restarted</source>
        <translation>The sending was interrupted and is being restarted</translation>
    </message>
    <message>
        <source>Your work is sealed under the code {code}. Write it down.</source>
        <translation>Your work is sealed under the code {code}. Write it down.</translation>
    </message>
    <message>
        <source>Everything is sealed and safe on this computer. You may close Senim; start it here again when there is a network, and the rest is sent. The institution sees when you handed in.</source>
        <translation>Everything is sealed and safe on this computer. You may close Senim; start it here again when there is a network, and the rest is sent. The institution sees when you handed in.</translation>
    </message>
    <message>
        <source>Please stay until the receipt appears. If you must leave, nothing is lost: the rest is sent when Senim runs on this computer again.</source>
        <translation>Please stay until the receipt appears. If you must leave, nothing is lost: the rest is sent when Senim runs on this computer again.</translation>
    </message>
    <message>
        <source>Next: your receipt.</source>
        <translation>Next: your receipt.</translation>
    </message>
    <message>
        <source>Sent {sent} of {total} MB at {rate} kB/s, {time} left</source>
        <translation>Sent {sent} of {total} MB at {rate} kB/s, {time} left</translation>
    </message>
    <message>
        <source>Sent {sent} of {total} MB, {time} left</source>
        <translation>Sent {sent} of {total} MB, {time} left</translation>
    </message>
    <message>
        <source>Sent {sent} of {total} MB</source>
        <translation>Sent {sent} of {total} MB</translation>
    </message>
</context>
<context>
    <name>HandInQuestion</name>
    <message numerus="yes">
        <source>%n question(s) have no answer yet:</source>
        <translation>
            <numerusform>%n question has no answer yet:</numerusform>
            <numerusform>%n questions have no answer yet:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n question(s) have an answer.</source>
        <translation>
            <numerusform>The question has an answer.</numerusform>
            <numerusform>All %n questions have an answer.</numerusform>
        </translation>
    </message>
    <message>
        <source>Hand in now?</source>
        <translation>Hand in now?</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) are marked to look at again:</source>
        <translation>
            <numerusform>%n question is marked to look at again:</numerusform>
            <numerusform>%n questions are marked to look at again:</numerusform>
        </translation>
    </message>
    <message>
        <source>After handing in, answers cannot be changed. Recording ends.</source>
        <translation>After handing in, answers cannot be changed. Recording ends.</translation>
    </message>
    <message>
        <source>Back to the questions</source>
        <translation>Back to the questions</translation>
    </message>
    <message>
        <source>Hand in now</source>
        <translation>Hand in now</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are still being copied. Handed in now, they would be left out.</source>
        <translation>
            <numerusform>%n file is still being copied. Handed in now, it would be left out.</numerusform>
            <numerusform>%n files are still being copied. Handed in now, they would be left out.</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to question {number}</source>
        <translation>Go to question {number}</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IdentityPage</name>
    <message>
        <source>Is it you?</source>
        <translation>Is it you?</translation>
    </message>
    <message>
        <source>We compare your face with the picture your institution has of you.</source>
        <translation>We compare your face with the picture your institution has of you.</translation>
    </message>
    <message>
        <source>The comparison is made on this computer, and again by your institution from the recording. Invigilators see the results and the pictures; if it is unclear, a person decides.</source>
        <translation>The comparison is made on this computer, and again by your institution from the recording. Invigilators see the results and the pictures; if it is unclear, a person decides.</translation>
    </message>
    <message>
        <source>Live picture of your camera</source>
        <translation>Live picture of your camera</translation>
    </message>
    <message>
        <source>The camera's picture appears here.</source>
        <translation>The camera's picture appears here.</translation>
    </message>
    <message>
        <source>Progress of the comparison</source>
        <translation>Progress of the comparison</translation>
    </message>
    <message>
        <source>I cannot do this</source>
        <translation>I cannot do this</translation>
    </message>
    <message>
        <source>Ask me for another movement</source>
        <translation>Ask me for another movement</translation>
    </message>
    <message>
        <source>Try once more</source>
        <translation>Try once more</translation>
    </message>
    <message>
        <source>Sit so that your face fits the oval.</source>
        <translation>Sit so that your face fits the oval.</translation>
    </message>
    <message>
        <source>You will be asked to look straight, to turn your head and to blink. It takes half a minute. If you cannot do a movement, you can ask for another one. When you press the button, the recording of the exam begins.</source>
        <translation>You will be asked to look straight, to turn your head and to blink. It takes half a minute. If you cannot do a movement, you can ask for another one. When you press the button, the recording of the exam begins.</translation>
    </message>
    <message>
        <source>Look straight at the camera</source>
        <translation>Look straight at the camera</translation>
    </message>
    <message>
        <source>Turn your head to the left</source>
        <translation>Turn your head to the left</translation>
    </message>
    <message>
        <source>Turn your head to the right</source>
        <translation>Turn your head to the right</translation>
    </message>
    <message>
        <source>Blink once or twice</source>
        <translation>Blink once or twice</translation>
    </message>
    <message>
        <source>Lower your head, then look straight again</source>
        <translation>Lower your head, then look straight again</translation>
    </message>
    <message>
        <source>Raise your head, then look straight again</source>
        <translation>Raise your head, then look straight again</translation>
    </message>
    <message>
        <source>Open your mouth, then close it again</source>
        <translation>Open your mouth, then close it again</translation>
    </message>
    <message>
        <source>Come closer to the camera, or bring it closer, and stay there</source>
        <translation>Come closer to the camera, or bring it closer, and stay there</translation>
    </message>
    <message>
        <source>Hold still for a moment</source>
        <translation>Hold still for a moment</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Comparing…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>We cannot see your face. Please move into the oval.</source>
        <translation>We cannot see your face. Please move into the oval.</translation>
    </message>
    <message>
        <source>We see more than one face. Please sit alone before the camera.</source>
        <translation>We see more than one face. Please sit alone before the camera.</translation>
    </message>
    <message>
        <source>Please come a little closer.</source>
        <translation>Please come a little closer.</translation>
    </message>
    <message>
        <source>Please move back a little.</source>
        <translation>Please move back a little.</translation>
    </message>
    <message>
        <source>It is too dark. Please move into the light.</source>
        <translation>It is too dark. Please move into the light.</translation>
    </message>
    <message>
        <source>It is too bright. Please turn away from the window or lamp.</source>
        <translation>It is too bright. Please turn away from the window or lamp.</translation>
    </message>
    <message>
        <source>The picture is blurred. Please hold still, or wipe the camera.</source>
        <translation>The picture is blurred. Please hold still, or wipe the camera.</translation>
    </message>
    <message>
        <source>Please face the camera.</source>
        <translation>Please face the camera.</translation>
    </message>
    <message>
        <source>A part of your face is covered. If you can, uncover it; if not, choose “I cannot do this”.</source>
        <translation>A part of your face is covered. If you can, uncover it; if not, choose “I cannot do this”.</translation>
    </message>
    <message>
        <source>Thank you, it is you.</source>
        <translation>Thank you, it is you.</translation>
    </message>
    <message>
        <source>The pictures agree.</source>
        <translation>The pictures agree.</translation>
    </message>
    <message>
        <source>The pictures do not agree well enough.</source>
        <translation>The pictures do not agree well enough.</translation>
    </message>
    <message>
        <source>This happens with new glasses, light or an old picture. You can try once more or go on: an invigilator looks at it and decides.</source>
        <translation>This happens with new glasses, light or an old picture. You can try once more or go on: an invigilator looks at it and decides.</translation>
    </message>
    <message>
        <source>An invigilator will confirm that it is you.</source>
        <translation>An invigilator will confirm that it is you.</translation>
    </message>
    <message>
        <source>You can go on now. Nothing is held against you.</source>
        <translation>You can go on now. Nothing is held against you.</translation>
    </message>
    <message>
        <source>Begin the recording</source>
        <translation>Begin the recording</translation>
    </message>
    <message>
        <source>Next: the recording begins and you are asked to look and turn.</source>
        <translation>Next: the recording begins and you are asked to look and turn.</translation>
    </message>
    <message>
        <source>Open the questions</source>
        <translation>Open the questions</translation>
    </message>
    <message>
        <source>Next: the questions. Your time has not started.</source>
        <translation>Next: the questions. Your time has not started.</translation>
    </message>
    <message>
        <source>Please wait…</source>
        <translation>Please wait…</translation>
    </message>
    <message numerus="yes">
        <source>Your time starts with the questions: %n minute(s).</source>
        <translation>
            <numerusform>Your time starts with the questions: %n minute.</numerusform>
            <numerusform>Your time starts with the questions: %n minutes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your time starts with the questions.</source>
        <translation>Your time starts with the questions.</translation>
    </message>
    <message>
        <source>Nothing else can be asked for here. If you cannot do this either, choose “I cannot do this”.</source>
        <translation>Nothing else can be asked for here. If you cannot do this either, choose “I cannot do this”.</translation>
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
        <source>Network lost for {length}: the exam's clock went on</source>
        <translation>Network lost for {length}: the exam's clock went on</translation>
    </message>
    <message>
        <source>Network lost for {length}: given back</source>
        <translation>Network lost for {length}: given back</translation>
    </message>
    <message>
        <source>Network lost for {length}: {back} given back</source>
        <translation>Network lost for {length}: {back} given back</translation>
    </message>
    <message>
        <source>Program stopped for {length}: the exam's clock went on</source>
        <translation>Program stopped for {length}: the exam's clock went on</translation>
    </message>
    <message>
        <source>Program stopped for {length}: given back</source>
        <translation>Program stopped for {length}: given back</translation>
    </message>
    <message>
        <source>Program stopped for {length}: {back} given back</source>
        <translation>Program stopped for {length}: {back} given back</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} min {seconds} s</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Exam</source>
        <translation>Exam</translation>
    </message>
</context>
<context>
    <name>MeteredBox</name>
    <message>
        <source>I pay for my data: send recordings later</source>
        <translation>I pay for my data: send recordings later</translation>
    </message>
    <message>
        <source>Answers still go at once. The recording stays on this computer until you take the tick away; the receipt comes when it has arrived.</source>
        <translation>Answers still go at once. The recording stays on this computer until you take the tick away; the receipt comes when it has arrived.</translation>
    </message>
</context>
<context>
    <name>NoticeBanner</name>
    <message>
        <source>An invigilator asks you to take note</source>
        <translation>An invigilator asks you to take note</translation>
    </message>
    <message>
        <source>An invigilator asks you to call</source>
        <translation>An invigilator asks you to call</translation>
    </message>
    <message>
        <source>An invigilator asks you to come to the camera</source>
        <translation>An invigilator asks you to come to the camera</translation>
    </message>
    <message numerus="yes">
        <source>You have %n more minute(s)</source>
        <translation>
            <numerusform>You have %n more minute</numerusform>
            <numerusform>You have %n more minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>An invigilator writes</source>
        <translation>An invigilator writes</translation>
    </message>
    <message>
        <source>Sent at {time}, written in Kazakh</source>
        <translation>Sent at {time}, written in Kazakh</translation>
    </message>
    <message>
        <source>Sent at {time}, written in Russian</source>
        <translation>Sent at {time}, written in Russian</translation>
    </message>
    <message>
        <source>Sent at {time}, written in English</source>
        <translation>Sent at {time}, written in English</translation>
    </message>
    <message>
        <source>Sent at {time}</source>
        <translation>Sent at {time}</translation>
    </message>
    <message>
        <source>I have read this</source>
        <translation>I have read this</translation>
    </message>
</context>
<context>
    <name>OpenDialog</name>
    <message>
        <source>Choose</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>There is no such file.</translation>
    </message>
    <message>
        <source>Only files of these kinds are taken: {kinds}.</source>
        <translation>Only files of these kinds are taken: {kinds}.</translation>
    </message>
</context>
<context>
    <name>PauseCover</name>
    <message>
        <source>The exam is paused</source>
        <translation>The exam is paused</translation>
    </message>
    <message>
        <source>The questions are covered until an invigilator lets the exam go on. Your answers are saved and your time stands still. Recording goes on.</source>
        <translation>The questions are covered until an invigilator lets the exam go on. Your answers are saved and your time stands still. Recording goes on.</translation>
    </message>
</context>
<context>
    <name>PermissionHelp</name>
    <message>
        <source>The system asks what may be shown. Choose the whole screen:</source>
        <translation>The system asks what may be shown. Choose the whole screen:</translation>
    </message>
    <message>
        <source>It is allowed here:</source>
        <translation>It is allowed here:</translation>
    </message>
    <message>
        <source>If that does not help, the system may be keeping Senim from it. It is allowed here:</source>
        <translation>If that does not help, the system may be keeping Senim from it. It is allowed here:</translation>
    </message>
</context>
<context>
    <name>PlaceList</name>
    <message>
        <source>Places</source>
        <translation>Places</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>Desktop</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Home folder</source>
        <translation>Home folder</translation>
    </message>
</context>
<context>
    <name>ProblemTexts</name>
    <message>
        <source>Something went wrong that this program has no words for.</source>
        <translation>Something went wrong that this program has no words for.</translation>
    </message>
    <message>
        <source>What you have done so far is kept on this computer.</source>
        <translation>What you have done so far is kept on this computer.</translation>
    </message>
    <message>
        <source>Try again. If it stays, tell the help line the code below.</source>
        <translation>Try again. If it stays, tell the help line the code below.</translation>
    </message>
    <message>
        <source>The exam goes on; what is missing is noted with its cause.</source>
        <translation>The exam goes on; what is missing is noted with its cause.</translation>
    </message>
    <message>
        <source>Code for the help line: {code}</source>
        <translation>Code for the help line: {code}</translation>
    </message>
    <message>
        <source>This login and password do not belong together.</source>
        <translation>This login and password do not belong together.</translation>
    </message>
    <message>
        <source>Check the keyboard's language and Caps Lock, then type the password once more.</source>
        <translation>Check the keyboard's language and Caps Lock, then type the password once more.</translation>
    </message>
    <message>
        <source>We do not know this code.</source>
        <translation>We do not know this code.</translation>
    </message>
    <message>
        <source>Check each letter, or ask the invigilator to read the code to you again.</source>
        <translation>Check each letter, or ask the invigilator to read the code to you again.</translation>
    </message>
    <message>
        <source>This code was valid only for a while, and that time is over.</source>
        <translation>This code was valid only for a while, and that time is over.</translation>
    </message>
    <message>
        <source>Ask the invigilator for a new code.</source>
        <translation>Ask the invigilator for a new code.</translation>
    </message>
    <message>
        <source>This code was already used once.</source>
        <translation>This code was already used once.</translation>
    </message>
    <message>
        <source>Ask the invigilator for a new code. If it was not you who used it, say so.</source>
        <translation>Ask the invigilator for a new code. If it was not you who used it, say so.</translation>
    </message>
    <message>
        <source>There were too many tries in a short time.</source>
        <translation>There were too many tries in a short time.</translation>
    </message>
    <message>
        <source>Nothing is lost; the sign-in is only paused to protect your account.</source>
        <translation>Nothing is lost; the sign-in is only paused to protect your account.</translation>
    </message>
    <message>
        <source>Wait {seconds} s, then try again, or ask the invigilator for a one-time code.</source>
        <translation>Wait {seconds} s, then try again, or ask the invigilator for a one-time code.</translation>
    </message>
    <message>
        <source>You were signed out.</source>
        <translation>You were signed out.</translation>
    </message>
    <message>
        <source>Your answers are kept.</source>
        <translation>Your answers are kept.</translation>
    </message>
    <message>
        <source>Please sign in again.</source>
        <translation>Please sign in again.</translation>
    </message>
    <message>
        <source>The institution no longer accepts this sign-in; what you do is not being sent now.</source>
        <translation>The institution no longer accepts this sign-in; what you do is not being sent now.</translation>
    </message>
    <message>
        <source>Nothing is lost: answers and recording are kept on this computer.</source>
        <translation>Nothing is lost: answers and recording are kept on this computer.</translation>
    </message>
    <message>
        <source>Close this window, start Senim again and sign in: you go on where you were. If you cannot sign in, call the invigilator.</source>
        <translation>Close this window, start Senim again and sign in: you go on where you were. If you cannot sign in, call the invigilator.</translation>
    </message>
    <message>
        <source>This exam is not planned for you.</source>
        <translation>This exam is not planned for you.</translation>
    </message>
    <message>
        <source>Choose another exam from the list, or ask the invigilator.</source>
        <translation>Choose another exam from the list, or ask the invigilator.</translation>
    </message>
    <message>
        <source>The institution has no picture of you to compare with.</source>
        <translation>The institution has no picture of you to compare with.</translation>
    </message>
    <message>
        <source>You can sit the exam; an invigilator confirms who you are.</source>
        <translation>You can sit the exam; an invigilator confirms who you are.</translation>
    </message>
    <message>
        <source>Please go on.</source>
        <translation>Please go on.</translation>
    </message>
    <message>
        <source>The exam has not opened yet.</source>
        <translation>The exam has not opened yet.</translation>
    </message>
    <message>
        <source>Come back when it opens. You can try the rehearsal until then.</source>
        <translation>Come back when it opens. You can try the rehearsal until then.</translation>
    </message>
    <message>
        <source>The time to enter this exam is over.</source>
        <translation>The time to enter this exam is over.</translation>
    </message>
    <message>
        <source>If you were kept from entering, tell the help line now, with the reason.</source>
        <translation>If you were kept from entering, tell the help line now, with the reason.</translation>
    </message>
    <message>
        <source>This exam is already handed in.</source>
        <translation>This exam is already handed in.</translation>
    </message>
    <message>
        <source>Your work is with the institution.</source>
        <translation>Your work is with the institution.</translation>
    </message>
    <message>
        <source>Your receipt was shown at the end; the institution can show it to you again.</source>
        <translation>Your receipt was shown at the end; the institution can show it to you again.</translation>
    </message>
    <message>
        <source>This exam is running on another computer right now.</source>
        <translation>This exam is running on another computer right now.</translation>
    </message>
    <message>
        <source>Answers that are already saved move with you. The other computer's recording ends.</source>
        <translation>Answers that are already saved move with you. The other computer's recording ends.</translation>
    </message>
    <message>
        <source>Go on here only if you yourself changed computers. Otherwise call the invigilator.</source>
        <translation>Go on here only if you yourself changed computers. Otherwise call the invigilator.</translation>
    </message>
    <message>
        <source>The exam goes on at another computer; this one no longer records.</source>
        <translation>The exam goes on at another computer; this one no longer records.</translation>
    </message>
    <message>
        <source>Everything made here until now is kept and delivered.</source>
        <translation>Everything made here until now is kept and delivered.</translation>
    </message>
    <message>
        <source>If it was not you, call the invigilator at once.</source>
        <translation>If it was not you, call the invigilator at once.</translation>
    </message>
    <message>
        <source>The institution still waits for pieces of the recording that are not on this computer.</source>
        <translation>The institution still waits for pieces of the recording that are not on this computer.</translation>
    </message>
    <message>
        <source>Your answers and everything recorded here have arrived.</source>
        <translation>Your answers and everything recorded here have arrived.</translation>
    </message>
    <message>
        <source>If you began on another computer, start Senim there and sign in: it sends the rest. Else tell the help line the code below.</source>
        <translation>If you began on another computer, start Senim there and sign in: it sends the rest. Else tell the help line the code below.</translation>
    </message>
    <message>
        <source>The questions are almost here; the beginning of the recording is still on its way.</source>
        <translation>The questions are almost here; the beginning of the recording is still on its way.</translation>
    </message>
    <message>
        <source>Your time has not started yet.</source>
        <translation>Your time has not started yet.</translation>
    </message>
    <message>
        <source>Please wait. We ask again by ourselves.</source>
        <translation>Please wait. We ask again by ourselves.</translation>
    </message>
    <message>
        <source>The time for answers is over.</source>
        <translation>The time for answers is over.</translation>
    </message>
    <message>
        <source>Everything saved before the end counts.</source>
        <translation>Everything saved before the end counts.</translation>
    </message>
    <message>
        <source>Hand in now if it has not happened by itself.</source>
        <translation>Hand in now if it has not happened by itself.</translation>
    </message>
    <message>
        <source>Your time is up; the exam is being handed in by itself.</source>
        <translation>Your time is up; the exam is being handed in by itself.</translation>
    </message>
    <message>
        <source>Everything you answered is kept.</source>
        <translation>Everything you answered is kept.</translation>
    </message>
    <message>
        <source>Leave the program open until the receipt appears.</source>
        <translation>Leave the program open until the receipt appears.</translation>
    </message>
    <message>
        <source>No break can be taken now.</source>
        <translation>No break can be taken now.</translation>
    </message>
    <message>
        <source>The exam goes on as before.</source>
        <translation>The exam goes on as before.</translation>
    </message>
    <message>
        <source>If you need one, tell the invigilator.</source>
        <translation>If you need one, tell the invigilator.</translation>
    </message>
    <message>
        <source>The institution cannot be reached, so nobody can allow a break now.</source>
        <translation>The institution cannot be reached, so nobody can allow a break now.</translation>
    </message>
    <message>
        <source>The exam goes on; your answers are kept.</source>
        <translation>The exam goes on; your answers are kept.</translation>
    </message>
    <message>
        <source>Try again once the network is back. If you must leave, the recording shows it, and you can explain it afterwards.</source>
        <translation>Try again once the network is back. If you must leave, the recording shows it, and you can explain it afterwards.</translation>
    </message>
    <message>
        <source>The institution already has a newer version of this answer.</source>
        <translation>The institution already has a newer version of this answer.</translation>
    </message>
    <message>
        <source>The newer one counts.</source>
        <translation>The newer one counts.</translation>
    </message>
    <message>
        <source>Look at the answer once more and change it if it is not what you want.</source>
        <translation>Look at the answer once more and change it if it is not what you want.</translation>
    </message>
    <message>
        <source>The exam clock runs on this computer's own time for now.</source>
        <translation>The exam clock runs on this computer's own time for now.</translation>
    </message>
    <message>
        <source>It is set right as soon as the institution is reached again.</source>
        <translation>It is set right as soon as the institution is reached again.</translation>
    </message>
    <message>
        <source>We cannot reach the institution over the network.</source>
        <translation>We cannot reach the institution over the network.</translation>
    </message>
    <message>
        <source>During an exam you can go on: everything is kept here and sent later.</source>
        <translation>During an exam you can go on: everything is kept here and sent later.</translation>
    </message>
    <message>
        <source>Check the cable or Wi-Fi. We try again by ourselves.</source>
        <translation>Check the cable or Wi-Fi. We try again by ourselves.</translation>
    </message>
    <message>
        <source>The address answered, but it could not prove that it is the institution.</source>
        <translation>The address answered, but it could not prove that it is the institution.</translation>
    </message>
    <message>
        <source>For your safety nothing was sent.</source>
        <translation>For your safety nothing was sent.</translation>
    </message>
    <message>
        <source>Use another network, without a sign-in page of its own, or call the help line.</source>
        <translation>Use another network, without a sign-in page of its own, or call the help line.</translation>
    </message>
    <message>
        <source>The institution's server gave an answer we do not understand.</source>
        <translation>The institution's server gave an answer we do not understand.</translation>
    </message>
    <message>
        <source>What you have done is kept on this computer.</source>
        <translation>What you have done is kept on this computer.</translation>
    </message>
    <message>
        <source>Try again in a minute. If it stays, call the help line.</source>
        <translation>Try again in a minute. If it stays, call the help line.</translation>
    </message>
    <message>
        <source>The institution's server is very busy.</source>
        <translation>The institution's server is very busy.</translation>
    </message>
    <message>
        <source>Nothing is lost; sending goes on more slowly.</source>
        <translation>Nothing is lost; sending goes on more slowly.</translation>
    </message>
    <message>
        <source>Please go on. We try again by ourselves.</source>
        <translation>Please go on. We try again by ourselves.</translation>
    </message>
    <message>
        <source>The institution's server had a fault of its own.</source>
        <translation>The institution's server had a fault of its own.</translation>
    </message>
    <message>
        <source>The network is gone.</source>
        <translation>The network is gone.</translation>
    </message>
    <message>
        <source>The exam goes on: answers and recording are kept on this computer and sent later.</source>
        <translation>The exam goes on: answers and recording are kept on this computer and sent later.</translation>
    </message>
    <message>
        <source>Please go on. If you can, check the cable or Wi-Fi.</source>
        <translation>Please go on. If you can, check the cable or Wi-Fi.</translation>
    </message>
    <message>
        <source>The network is back.</source>
        <translation>The network is back.</translation>
    </message>
    <message>
        <source>What was kept on this computer is being sent.</source>
        <translation>What was kept on this computer is being sent.</translation>
    </message>
    <message>
        <source>The camera stopped.</source>
        <translation>The camera stopped.</translation>
    </message>
    <message>
        <source>The exam goes on; the gap is noted with its cause.</source>
        <translation>The exam goes on; the gap is noted with its cause.</translation>
    </message>
    <message>
        <source>Plug the camera in again, or close the program that took it.</source>
        <translation>Plug the camera in again, or close the program that took it.</translation>
    </message>
    <message>
        <source>The camera works again.</source>
        <translation>The camera works again.</translation>
    </message>
    <message>
        <source>The microphone stopped.</source>
        <translation>The microphone stopped.</translation>
    </message>
    <message>
        <source>Plug the microphone in again, or close the program that took it.</source>
        <translation>Plug the microphone in again, or close the program that took it.</translation>
    </message>
    <message>
        <source>The microphone works again.</source>
        <translation>The microphone works again.</translation>
    </message>
    <message>
        <source>The picture of the screen stopped.</source>
        <translation>The picture of the screen stopped.</translation>
    </message>
    <message>
        <source>If you were asked to allow the recording of the screen, allow it. Else call the help line.</source>
        <translation>If you were asked to allow the recording of the screen, allow it. Else call the help line.</translation>
    </message>
    <message>
        <source>The screen is recorded again.</source>
        <translation>The screen is recorded again.</translation>
    </message>
    <message>
        <source>There is not enough room there: {needed_mb} MB are needed, {free_mb} MB are free.</source>
        <translation>There is not enough room there: {needed_mb} MB are needed, {free_mb} MB are free.</translation>
    </message>
    <message>
        <source>Nothing was written; the exam is safe on this computer.</source>
        <translation>Nothing was written; the exam is safe on this computer.</translation>
    </message>
    <message>
        <source>Use another stick or folder, or delete files there.</source>
        <translation>Use another stick or folder, or delete files there.</translation>
    </message>
    <message>
        <source>The stick or folder is not there any more.</source>
        <translation>The stick or folder is not there any more.</translation>
    </message>
    <message>
        <source>Put the stick in again, or choose another folder.</source>
        <translation>Put the stick in again, or choose another folder.</translation>
    </message>
    <message>
        <source>Nothing may be written there.</source>
        <translation>Nothing may be written there.</translation>
    </message>
    <message>
        <source>The exam is safe on this computer.</source>
        <translation>The exam is safe on this computer.</translation>
    </message>
    <message>
        <source>Take the write protection off, or choose another stick or folder.</source>
        <translation>Take the write protection off, or choose another stick or folder.</translation>
    </message>
    <message>
        <source>This exam cannot be gone on with without the institution.</source>
        <translation>This exam cannot be gone on with without the institution.</translation>
    </message>
    <message>
        <source>Its questions were not opened on this computer, or it is already handed in. Nothing is lost.</source>
        <translation>Its questions were not opened on this computer, or it is already handed in. Nothing is lost.</translation>
    </message>
    <message>
        <source>Sign in as soon as there is a network, or call the invigilator.</source>
        <translation>Sign in as soon as there is a network, or call the invigilator.</translation>
    </message>
    <message>
        <source>The recording goes on in its lowest quality.</source>
        <translation>The recording goes on in its lowest quality.</translation>
    </message>
    <message>
        <source>This computer, its disk or its connection has little to spare. Nothing changes for you.</source>
        <translation>This computer, its disk or its connection has little to spare. Nothing changes for you.</translation>
    </message>
    <message>
        <source>The institution's server is still waiting for the end of the ledger.</source>
        <translation>The institution's server is still waiting for the end of the ledger.</translation>
    </message>
    <message>
        <source>The institution's server does not know this session.</source>
        <translation>The institution's server does not know this session.</translation>
    </message>
    <message>
        <source>The ledger of the session does not fit together at the institution's server.</source>
        <translation>The ledger of the session does not fit together at the institution's server.</translation>
    </message>
    <message>
        <source>The institution's server holds another version of the ledger of this session.</source>
        <translation>The institution's server holds another version of the ledger of this session.</translation>
    </message>
    <message>
        <source>The institution's server could not confirm a signature in the ledger.</source>
        <translation>The institution's server could not confirm a signature in the ledger.</translation>
    </message>
    <message>
        <source>The comparison of your face cannot run on this computer.</source>
        <translation>The comparison of your face cannot run on this computer.</translation>
    </message>
    <message>
        <source>The disk of this computer is nearly full: {free_gb} GB are left.</source>
        <translation>The disk of this computer is nearly full: {free_gb} GB are left.</translation>
    </message>
    <message>
        <source>The recording goes on in lower quality.</source>
        <translation>The recording goes on in lower quality.</translation>
    </message>
    <message>
        <source>Delete files you do not need, if you can do so quickly.</source>
        <translation>Delete files you do not need, if you can do so quickly.</translation>
    </message>
    <message>
        <source>Your last answer could not be written to the disk; it is kept only in this window.</source>
        <translation>Your last answer could not be written to the disk; it is kept only in this window.</translation>
    </message>
    <message>
        <source>The disk of this computer is full.</source>
        <translation>The disk of this computer is full.</translation>
    </message>
    <message>
        <source>Do not close this window. Delete files you do not need, or call the help line now.</source>
        <translation>Do not close this window. Delete files you do not need, or call the help line now.</translation>
    </message>
    <message>
        <source>Answers are still kept, but the recording has stopped; the gap is noted.</source>
        <translation>Answers are still kept, but the recording has stopped; the gap is noted.</translation>
    </message>
    <message>
        <source>Delete files you do not need, or call the help line now.</source>
        <translation>Delete files you do not need, or call the help line now.</translation>
    </message>
    <message>
        <source>The recording was interrupted and is being restarted.</source>
        <translation>The recording was interrupted and is being restarted.</translation>
    </message>
    <message>
        <source>Your answers are kept; you can go on working.</source>
        <translation>Your answers are kept; you can go on working.</translation>
    </message>
    <message>
        <source>You need not do anything.</source>
        <translation>You need not do anything.</translation>
    </message>
    <message>
        <source>The recording was interrupted for a moment and goes on.</source>
        <translation>The recording was interrupted for a moment and goes on.</translation>
    </message>
    <message>
        <source>Your answers are kept; the gap is noted with its cause.</source>
        <translation>Your answers are kept; the gap is noted with its cause.</translation>
    </message>
    <message>
        <source>The recording keeps stopping on this computer.</source>
        <translation>The recording keeps stopping on this computer.</translation>
    </message>
    <message>
        <source>Your answers are kept. We go on trying to start the recording.</source>
        <translation>Your answers are kept. We go on trying to start the recording.</translation>
    </message>
    <message>
        <source>Call the invigilator now, and do not close this window.</source>
        <translation>Call the invigilator now, and do not close this window.</translation>
    </message>
    <message>
        <source>Senim is already running on this computer.</source>
        <translation>Senim is already running on this computer.</translation>
    </message>
    <message>
        <source>Only one program can record at a time.</source>
        <translation>Only one program can record at a time.</translation>
    </message>
    <message>
        <source>Use the window that is already open, or close it first.</source>
        <translation>Use the window that is already open, or close it first.</translation>
    </message>
    <message>
        <source>A part of what was kept on this computer cannot be read.</source>
        <translation>A part of what was kept on this computer cannot be read.</translation>
    </message>
    <message>
        <source>What can be read is used; the rest is noted as a gap.</source>
        <translation>What can be read is used; the rest is noted as a gap.</translation>
    </message>
    <message>
        <source>Please go on, and tell the help line the code below.</source>
        <translation>Please go on, and tell the help line the code below.</translation>
    </message>
    <message>
        <source>Window and recording both stopped, so the recording has to begin anew.</source>
        <translation>Window and recording both stopped, so the recording has to begin anew.</translation>
    </message>
    <message>
        <source>Your answers are kept, and the exam goes on where it was.</source>
        <translation>Your answers are kept, and the exam goes on where it was.</translation>
    </message>
    <message>
        <source>Please show your face once more; it is short.</source>
        <translation>Please show your face once more; it is short.</translation>
    </message>
    <message>
        <source>The key that should protect your recording was not signed by the institution.</source>
        <translation>The key that should protect your recording was not signed by the institution.</translation>
    </message>
    <message>
        <source>For your safety nothing is recorded.</source>
        <translation>For your safety nothing is recorded.</translation>
    </message>
    <message>
        <source>Call the help line; this cannot be solved on this computer.</source>
        <translation>Call the help line; this cannot be solved on this computer.</translation>
    </message>
    <message>
        <source>The institution's server refused a piece of the recording; it will look into it.</source>
        <translation>The institution's server refused a piece of the recording; it will look into it.</translation>
    </message>
    <message>
        <source>The institution's server did not understand this program.</source>
        <translation>The institution's server did not understand this program.</translation>
    </message>
    <message>
        <source>The institution's server found something this program sent too large.</source>
        <translation>The institution's server found something this program sent too large.</translation>
    </message>
    <message>
        <source>The institution's server does not know what this program asked for.</source>
        <translation>The institution's server does not know what this program asked for.</translation>
    </message>
    <message>
        <source>The institution's server does not know this question.</source>
        <translation>The institution's server does not know this question.</translation>
    </message>
    <message>
        <source>The institution's server does not know this message.</source>
        <translation>The institution's server does not know this message.</translation>
    </message>
    <message>
        <source>The institution's server refused a name this program used.</source>
        <translation>The institution's server refused a name this program used.</translation>
    </message>
    <message>
        <source>The institution's server does not expect one part of the recording.</source>
        <translation>The institution's server does not expect one part of the recording.</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>Handed in. Thank you.</source>
        <translation>Handed in. Thank you.</translation>
    </message>
    <message>
        <source>Code of your receipt</source>
        <translation>Code of your receipt</translation>
    </message>
    <message>
        <source>What was recorded</source>
        <translation>What was recorded</translation>
    </message>
    <message>
        <source>What happens next</source>
        <translation>What happens next</translation>
    </message>
    <message>
        <source>Save the receipt…</source>
        <translation>Save the receipt…</translation>
    </message>
    <message>
        <source>After that you may close Senim.</source>
        <translation>After that you may close Senim.</translation>
    </message>
    <message>
        <source>Back to my exams</source>
        <translation>Back to my exams</translation>
    </message>
    <message>
        <source>Code of your receipt: {code}</source>
        <translation>Code of your receipt: {code}</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) delivered.</source>
        <translation>
            <numerusform>%n answer delivered.</numerusform>
            <numerusform>%n answers delivered.</numerusform>
        </translation>
    </message>
    <message>
        <source>Anyone can check the receipt without signing in, at {address} or by the QR code.</source>
        <translation>Anyone can check the receipt without signing in, at {address} or by the QR code.</translation>
    </message>
    <message>
        <source>Screen {number}</source>
        <translation>Screen {number}</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Events</translation>
    </message>
    <message>
        <source>tiny gaps: {seconds} s</source>
        <translation>tiny gaps: {seconds} s</translation>
    </message>
    <message>
        <source>tiny gaps</source>
        <translation>tiny gaps</translation>
    </message>
    <message>
        <source>no gap</source>
        <translation>no gap</translation>
    </message>
    <message numerus="yes">
        <source>one gap of %n s: {cause}</source>
        <translation>
            <numerusform>one gap of %n s: {cause}</numerusform>
            <numerusform>one gap of %n s: {cause}</numerusform>
        </translation>
    </message>
    <message>
        <source>the device was gone</source>
        <translation>the device was gone</translation>
    </message>
    <message>
        <source>the device was starting</source>
        <translation>the device was starting</translation>
    </message>
    <message>
        <source>the exam went on at another computer</source>
        <translation>the exam went on at another computer</translation>
    </message>
    <message>
        <source>the recording was restarted</source>
        <translation>the recording was restarted</translation>
    </message>
    <message>
        <source>the program was closed</source>
        <translation>the program was closed</translation>
    </message>
    <message>
        <source>With this code the institution finds your session. Write it down or save the receipt.</source>
        <translation>With this code the institution finds your session. Write it down or save the receipt.</translation>
    </message>
    <message>
        <source>Invigilators and the commission look at the recording, teachers at the answers. A person decides, never the program. Your institution tells you the outcome; you may ask who watched, answer and appeal.</source>
        <translation>Invigilators and the commission look at the recording, teachers at the answers. A person decides, never the program. Your institution tells you the outcome; you may ask who watched, answer and appeal.</translation>
    </message>
    <message>
        <source>The recording is kept until {day}, then erased; if the decision is still open then, once it is made.</source>
        <translation>The recording is kept until {day}, then erased; if the decision is still open then, once it is made.</translation>
    </message>
    <message>
        <source>QR code of the page that checks this receipt</source>
        <translation>QR code of the page that checks this receipt</translation>
    </message>
    <message>
        <source>Handed in on this computer at {local}, signed. The server confirmed the ledger before that at {anchored} and received its end at {received}.</source>
        <translation>Handed in on this computer at {local}, signed. The server confirmed the ledger before that at {anchored} and received its end at {received}.</translation>
    </message>
    <message>
        <source>Handed in on this computer at {local}, signed. The server received the end at {received}.</source>
        <translation>Handed in on this computer at {local}, signed. The server received the end at {received}.</translation>
    </message>
    <message>
        <source>Data track</source>
        <translation>Data track</translation>
    </message>
    <message>
        <source>one gap of less than 1 s: {cause}</source>
        <translation>one gap of less than 1 s: {cause}</translation>
    </message>
    <message>
        <source>the computer slept</source>
        <translation>the computer slept</translation>
    </message>
    <message>
        <source>the program was held up</source>
        <translation>the program was held up</translation>
    </message>
    <message>
        <source>the screen was locked</source>
        <translation>the screen was locked</translation>
    </message>
    <message>
        <source>the screen saver was on</source>
        <translation>the screen saver was on</translation>
    </message>
    <message>
        <source>another user was at the computer</source>
        <translation>another user was at the computer</translation>
    </message>
    <message>
        <source>the disk did not answer</source>
        <translation>the disk did not answer</translation>
    </message>
    <message>
        <source>the disk was full</source>
        <translation>the disk was full</translation>
    </message>
    <message>
        <source>the cause is not known</source>
        <translation>the cause is not known</translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation>Save the receipt</translation>
    </message>
    <message>
        <source>The receipt could not be saved there.</source>
        <translation>The receipt could not be saved there.</translation>
    </message>
    <message>
        <source>Choose another folder. The institution has the receipt too.</source>
        <translation>Choose another folder. The institution has the receipt too.</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>Saved: {file}</translation>
    </message>
</context>
<context>
    <name>RecordingLight</name>
    <message>
        <source>Recording interrupted, being restarted</source>
        <translation>Recording interrupted, being restarted</translation>
    </message>
    <message>
        <source>Not recording</source>
        <translation>Not recording</translation>
    </message>
    <message>
        <source>Recording: {what}. Missing: {missing}</source>
        <translation>Recording: {what}. Missing: {missing}</translation>
    </message>
    <message>
        <source>Recording since {time}: {what}</source>
        <translation>Recording since {time}: {what}</translation>
    </message>
    <message>
        <source>Recording: {what}</source>
        <translation>Recording: {what}</translation>
    </message>
    <message>
        <source>screen</source>
        <translation>screen</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>camera</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>sound</translation>
    </message>
    <message>
        <source>Simulated camera and microphone</source>
        <translation>Simulated camera and microphone</translation>
    </message>
    <message>
        <source>Simulated camera</source>
        <translation>Simulated camera</translation>
    </message>
    <message>
        <source>Simulated microphone</source>
        <translation>Simulated microphone</translation>
    </message>
</context>
<context>
    <name>RefusedFiles</name>
    <message>
        <source>“{name}” was not attached</source>
        <translation>“{name}” was not attached</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were not attached</source>
        <translation>
            <numerusform>%n file was not attached</numerusform>
            <numerusform>%n files were not attached</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>“{name}”</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>There is no such folder. Choose another.</source>
        <translation>There is no such folder. Choose another.</translation>
    </message>
    <message>
        <source>Nothing can be saved in this folder. Choose another.</source>
        <translation>Nothing can be saved in this folder. Choose another.</translation>
    </message>
    <message>
        <source>A file of this name is there already. “Replace” writes over it.</source>
        <translation>A file of this name is there already. “Replace” writes over it.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Replace</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Keyboard shortcuts</translation>
    </message>
    <message>
        <source>Close the list</source>
        <translation>Close the list</translation>
    </message>
    <message>
        <source>next question</source>
        <translation>next question</translation>
    </message>
    <message>
        <source>previous question</source>
        <translation>previous question</translation>
    </message>
    <message>
        <source>choose an answer</source>
        <translation>choose an answer</translation>
    </message>
    <message>
        <source>to the next or previous control</source>
        <translation>to the next or previous control</translation>
    </message>
    <message>
        <source>mark this question</source>
        <translation>mark this question</translation>
    </message>
    <message>
        <source>attach a file, where the question takes files</source>
        <translation>attach a file, where the question takes files</translation>
    </message>
    <message>
        <source>hand in (you are asked once more)</source>
        <translation>hand in (you are asked once more)</translation>
    </message>
    <message>
        <source>larger or smaller text</source>
        <translation>larger or smaller text</translation>
    </message>
    <message>
        <source>show or hide your camera's picture</source>
        <translation>show or hide your camera's picture</translation>
    </message>
    <message>
        <source>this list</source>
        <translation>this list</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>Sign in</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>Choose the exam</source>
        <translation>Choose the exam</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Consent</translation>
    </message>
    <message>
        <source>System check</source>
        <translation>System check</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identity</translation>
    </message>
    <message>
        <source>Exam</source>
        <translation>Exam</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>Hand in</translation>
    </message>
    <message>
        <source>done</source>
        <translation>done</translation>
    </message>
    <message>
        <source>now</source>
        <translation>now</translation>
    </message>
    <message>
        <source>later</source>
        <translation>later</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Keyboard shortcuts</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>Light colours</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>Dark colours</translation>
    </message>
    <message>
        <source>About Senim</source>
        <translation>About Senim</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Sign in to your exam</source>
        <translation>Sign in to your exam</translation>
    </message>
    <message>
        <source>Login and password</source>
        <translation>Login and password</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>One-time code</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>An invigilator gives you this code. It can be used once.</source>
        <translation>An invigilator gives you this code. It can be used once.</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier exam(s) on this computer are still being sent to the institution:</source>
        <translation>
            <numerusform>%n earlier exam on this computer is still being sent to the institution:</numerusform>
            <numerusform>%n earlier exams on this computer are still being sent to the institution:</numerusform>
        </translation>
    </message>
    <message>
        <source>Your institution goes back to version {version} of this program.</source>
        <translation>Your institution goes back to version {version} of this program.</translation>
    </message>
    <message>
        <source>Version {version} of this program is ready.</source>
        <translation>Version {version} of this program is ready.</translation>
    </message>
    <message>
        <source>Install it from {where} on a day without an exam. You can sign in with this version.</source>
        <translation>Install it from {where} on a day without an exam. You can sign in with this version.</translation>
    </message>
    <message>
        <source>Your institution installs it; you need do nothing. You can sign in with this version.</source>
        <translation>Your institution installs it; you need do nothing. You can sign in with this version.</translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation>Hide the password</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Show the password</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Signing in…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>Next: choose your exam. Nothing is recorded yet.</source>
        <translation>Next: choose your exam. Nothing is recorded yet.</translation>
    </message>
</context>
<context>
    <name>UnsentCard</name>
    <message>
        <source>Handed in on this computer under the code {code}; {size} MB are sent by themselves as soon as there is a network. Without one, save it for delivery.</source>
        <translation>Handed in on this computer under the code {code}; {size} MB are sent by themselves as soon as there is a network. Without one, save it for delivery.</translation>
    </message>
    <message>
        <source>Delivered. Code of the receipt: {code}.</source>
        <translation>Delivered. Code of the receipt: {code}.</translation>
    </message>
    <message>
        <source>Begun here and not handed in. Sign in to go on; nothing is lost.</source>
        <translation>Begun here and not handed in. Sign in to go on; nothing is lost.</translation>
    </message>
    <message>
        <source>Begun here and not handed in. Sign in to go on; if there is no network, go on without it: the questions and your answers are on this computer.</source>
        <translation>Begun here and not handed in. Sign in to go on; if there is no network, go on without it: the questions and your answers are on this computer.</translation>
    </message>
    <message>
        <source>Go on without network</source>
        <translation>Go on without network</translation>
    </message>
    <message>
        <source>Show the receipt</source>
        <translation>Show the receipt</translation>
    </message>
</context>
<context>
    <name>UnsentList</name>
    <message>
        <source>Earlier exams on this computer</source>
        <translation>Earlier exams on this computer</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>d MMMM yyyy</source>
        <extracomment>How a day is written; letters as in Qt's date formats.</extracomment>
        <translation>d MMMM yyyy</translation>
    </message>
    <message numerus="yes">
        <source>about %n s</source>
        <translation>
            <numerusform>about %n s</numerusform>
            <numerusform>about %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n min</source>
        <translation>
            <numerusform>about %n min</numerusform>
            <numerusform>about %n min</numerusform>
        </translation>
    </message>
</context>
</TS>
