"""What window and recorder say to each other over the inherited pipe.

Each message is one frozen dataclass: the window's in ``from_window``, the recorder's in ``from_recorder`` and
``views``. Both directions use the same ``codec``; a frame of an unknown type or with other fields raises
``MalformedMessage`` (the two ends are one program, so that is always a defect or a hostile parent).

Codes (``Problem.code``, ``CheckItem.code``, ``IdentityView.prompt`` ...) are stable words; the
window owns their sentences in three languages (``client/ui/problems.py``, ``client/ui/check_texts.py``:
a word that is missing there gets an honest general sentence with the word itself).
"""

from client.messages.codec import MAX_FRAME_BYTES, MalformedMessage, Message, decode, encode, read
from client.messages.from_recorder import (
    AnswerSaved,
    ExamItem,
    Exams,
    FileAttached,
    FileRefused,
    Notice,
    Problem,
    Ready,
    SessionKeyCopy,
    SignedIn,
    StateChanged,
)
from client.messages.from_window import (
    AnotherPrompt,
    AttachedFile,
    AttachFile,
    BreakWish,
    GoOnOffline,
    HandIn,
    LeaveIdentityToPerson,
    ListExams,
    MarkQuestion,
    NoticeRead,
    OpenPaper,
    OpenSeat,
    Quit,
    RestoreSession,
    RetryCheck,
    RetryIdentity,
    SaveForDelivery,
    SetAnswer,
    SetLanguage,
    ShowQuestion,
    ShowReceipt,
    SignIn,
    SignInWithCode,
    SignOut,
    StartCheck,
    StartIdentity,
    UseDevices,
    UseMeteredLine,
    WantPreview,
    WindowEvent,
)
from client.messages.views import (
    BreakView,
    CheckItem,
    CheckView,
    ClockView,
    DeviceChoice,
    FilesView,
    HandInView,
    IdentityView,
    Level,
    LostView,
    NetworkView,
    PaperView,
    Preview,
    ReceiptView,
    RecordingView,
    SavingView,
    UnsentItem,
    UnsentView,
    UpdateView,
)

__all__ = [
    "AnotherPrompt", "AnswerSaved", "AttachFile", "AttachedFile", "FileAttached", "FileRefused", "FilesView",
    "BreakView", "BreakWish", "CheckItem", "CheckView", "ClockView", "DeviceChoice",
    "ExamItem", "Exams", "GoOnOffline", "HandIn", "HandInView", "IdentityView", "LeaveIdentityToPerson", "Level",
    "ListExams", "MAX_FRAME_BYTES",
    "MalformedMessage", "MarkQuestion", "Message", "NetworkView", "Notice", "NoticeRead", "OpenPaper", "OpenSeat",
    "PaperView", "Preview", "Problem", "Quit", "Ready", "ReceiptView", "RecordingView", "RestoreSession",
    "RetryCheck", "RetryIdentity", "SessionKeyCopy", "SetAnswer", "SetLanguage", "ShowQuestion", "SignIn",
    "SignInWithCode", "SignOut", "SignedIn", "StartCheck", "StartIdentity", "StateChanged", "UseDevices",
    "WantPreview", "WindowEvent", "LostView", "SaveForDelivery", "SavingView", "ShowReceipt", "UnsentItem",
    "UnsentView", "UpdateView", "UseMeteredLine", "decode", "encode", "read",
]  # fmt: skip
