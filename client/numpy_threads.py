"""One thread for numpy's linear algebra, in every process of the program."""

from __future__ import annotations

from collections.abc import MutableMapping

VARIABLE = "OPENBLAS_NUM_THREADS"


def use_one_thread(environ: MutableMapping[str, str]) -> None:
    """Call before anything loads numpy, which looks once; child processes inherit it.

    The pool of threads in numpy's OpenBLAS was seen to spin for ever when two of our threads use it at once, and our
    matrices are far too small to gain from it.
    """
    environ[VARIABLE] = "1"
