"""Runs a snippet as the main program, in a namespace of its own, and says how it ended."""
import gc
import json
import linecache
import os
import random
import sys
import types
import warnings

from . import bridge, failures, sites, sources
from .output import Output

_standing = None


def settle():
    """Called once everything of ours is imported: what is loaded now stays, everything a snippet loads goes with it."""
    global _standing
    _standing = set(sys.modules)
    # What stands now is never garbage: without this, each collection walks it all (20 ms).
    gc.collect()
    gc.freeze()


def seed():
    """A memory snapshot repeats one random sequence for ever, unless it is seeded anew."""
    random.seed(os.urandom(32))


def close(refused_json):
    """What Pyodide would hand to the machine, and the modules that lead out of Python, are refused, in words."""

    def system(command):
        raise OSError("a snippet run by Tape Lens starts no other processes")

    import posix

    os.system = posix.system = system
    sources.REFUSED.update(json.loads(refused_json))
    for refused in sources.REFUSED:
        for loaded in [name for name in sys.modules if name == refused or name.startswith(refused + ".")]:
            del sys.modules[loaded]


def run(text, path, modules_json, write, drop, js, ended):
    """
    Runs the program; gives back JSON: null when it came to its end (or was stopped), else what `failures.describe` says. `ended` is told the same while everything of the
    program is still there: functions of its own may be asked for derivatives, and a second argument describes what they raise.
    """
    modules = json.loads(modules_json)
    files = {path, *modules}
    output = Output(write, drop)
    before = (sys.stdout, sys.stderr, sys.argv, sys.path[:], warnings.filters[:])
    _begin(text, path, modules)
    bridge.bind(js)
    sys.stdout = sys.stderr = output
    sys.argv = [path]
    try:
        code = compile(text, path, "exec", dont_inherit=True)
        exec(code, sys.modules["__main__"].__dict__)
        ending = None
    except failures.StopProgram:
        ending = None
    except SystemExit as error:
        ending = None if error.code in (None, 0) else _exit(error, files)
    except BaseException as error:
        ending = failures.describe(error, files)
    finally:
        sys.stdout, sys.stderr, sys.argv, sys.path[:], warnings.filters[:] = before
    output.flush()
    ended(json.dumps(ending), lambda: json.dumps(failures.describe(bridge.raised(), files)))
    # After the namespace is gone, so that what is printed by destructors is still heard.
    _end(files)
    bridge.bind(None)
    output.end()
    return json.dumps(ending)


def _exit(error, files):
    described = failures.describe(error, files)
    return {**described, "message": f"The snippet ended itself: sys.exit({error.code!r})."}


def _begin(text, path, modules):
    main = types.ModuleType("__main__")
    main.__file__ = path
    sys.modules["__main__"] = main
    sources.remember_lines(path, text)
    sites.begin({path: text, **modules})
    for forget in ("tensorflow._tensors", "tensorflow._keras_names", "tensorflow._graph", "tensorflow._function", "tensorflow._autograph"):
        sys.modules[forget].forget()
    sys.modules["numpy"].random.seed()
    folder = path.rpartition("/")[0]
    sources.SNIPPETS.clear()
    for file, source in modules.items():
        relative = file.removeprefix(folder + "/") if folder else file
        name, source, package = sources.add(sources.SNIPPETS, relative, source)
        sources.SNIPPETS[name] = (file, source, package)
        sources.remember_lines(file, source)


def _end(files):
    """Forgets everything that the snippet brought with it."""
    for name in [name for name in sys.modules if name not in _standing]:
        module = sys.modules[name]
        if name == "__main__" or name in sources.SNIPPETS:
            del sys.modules[name]
            module.__dict__.clear()
    sources.SNIPPETS.clear()
    for file in files:
        linecache.cache.pop(file, None)
    sys.last_exc = sys.last_value = sys.last_traceback = None
    gc.collect()
