"""One line a check on standard output, `done` at the end; the exit code says whether all held."""

import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])
_failures = 0


def text(name):
    return (FOLDER / name).read_text(encoding="utf-8")


def check(what, is_true, why=""):
    """Says whether a fact holds."""
    global _failures
    _failures += 0 if is_true else 1
    print(f"{'ok' if is_true else 'FAIL'}\t{what}" + ("" if is_true else f"\t{why or 'it does not hold'}"))


def accepts(what, verify):
    """Says whether a verification passes; `verify` raises when it refuses. Gives back what it gave."""
    try:
        result = verify()
    except Exception as error:  # whatever the library raises is a refusal
        check(what, False, repr(error))
        return None
    check(what, True)
    return result


def refuses(what, errors, verify):
    """Says whether a verification refuses by one of the errors that a library documents, and not by breaking down."""
    try:
        verify()
    except errors:
        return check(what, True)
    except Exception as error:
        return check(what, False, f"it broke down: {error!r}")
    return check(what, False, "it was accepted")


def finish():
    """Says that nothing was left out, and ends."""
    print("done")
    sys.exit(1 if _failures else 0)
