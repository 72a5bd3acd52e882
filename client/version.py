"""The program's version, for the window, the recorder and what they tell the server."""

VERSION = "0.1.0"
