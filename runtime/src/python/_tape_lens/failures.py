"""What is said of an exception that ended a snippet: its type, its message, its line, and the frames that are the user's own."""
import traceback

from .sources import OWN_FILES


class StopProgram(BaseException):
    """The call that was asked for is answered: the program is ended here."""


class NotSupported(BaseException):
    """A name or feature of TensorFlow that Tape Lens does not have. What the program does about errors of TensorFlow's is not for it: nobody knows whether there would be one."""


def describe(error, files):
    """A plain dict for a raised exception; `files` are the file names that are the user's own."""
    kind = "unsupported" if _has(error, NotSupported) else "memory" if _has(error, MemoryError) else "snippet"
    file, line = _place(error, files)
    return {
        "kind": kind,
        "type": _type_name(error),
        "message": _message(error, kind),
        "file": file,
        "line": line,
        "traceback": _traceback(error, files),
    }


def _has(error, kind):
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__
    return False


def _type_name(error):
    kind = type(error)
    name = kind.__qualname__
    return name if kind.__module__ in ("builtins", "__main__") or kind.__module__.startswith(("_tape_lens", "tensorflow")) else f"{kind.__module__}.{name}"


def _message(error, kind):
    if isinstance(error, SyntaxError):
        return error.msg or "invalid syntax"
    if kind == "memory":
        return "The snippet ran out of memory. Use smaller tensors, or fewer of them at once."
    message = str(error)
    if isinstance(error, FileNotFoundError | PermissionError):
        return f"{message}. A snippet run by Tape Lens has no access to files: put the numbers into the snippet itself."
    if isinstance(error, ModuleNotFoundError):
        return f"{message}. A snippet run by Tape Lens has Python's standard library, numpy and tensorflow: take out what needs more."
    if isinstance(error, RecursionError):
        return message or "maximum recursion depth exceeded"
    return message


def _place(error, files):
    """The innermost place in the user's own files."""
    if isinstance(error, SyntaxError) and error.filename in files:
        return error.filename, error.lineno
    place = (None, None)
    walk = error.__traceback__
    while walk is not None:
        if walk.tb_frame.f_code.co_filename in files:
            place = (walk.tb_frame.f_code.co_filename, walk.tb_lineno)
        walk = walk.tb_next
    return place


def _traceback(error, files):
    """As Python prints it, without the frames that are ours."""
    shown = traceback.TracebackException.from_exception(error, compact=True, limit=-200)
    _trim(shown, files, set())
    return "".join(shown.format()).rstrip("\n")


def _trim(shown, files, seen):
    if shown is None or id(shown) in seen:
        return
    seen.add(id(shown))
    kept = [frame for frame in shown.stack if frame.filename in files or not _is_ours(frame.filename)]
    shown.stack = traceback.StackSummary.from_list(kept)
    _trim(shown.__cause__, files, seen)
    _trim(shown.__context__, files, seen)
    for inner in shown.exceptions or []:
        _trim(inner, files, seen)


def _is_ours(file):
    return file.startswith(OWN_FILES)
