"""The start of the frozen program: window, recorder and device list in one executable."""

from client.main import main

if __name__ == "__main__":
    raise SystemExit(main())
