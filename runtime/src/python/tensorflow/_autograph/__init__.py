"""AutoGraph: Python's control flow on tensors as ops of a graph. A function is transformed when it is first called from a function that is; whoever it calls, too.

TensorFlow: python/autograph/impl/api.py (converted_call), impl/conversion.py. Only functions of the user's own files are transformed.
"""
import ast
import builtins
import contextlib
import functools
import inspect
import types

from _tape_lens import sites

from .. import errors
from .._graph import executing_eagerly
from . import operators
from .lower import Unconvertible
from .transform import transformed_function

# The transformed code's own name for the operators; no program can have it.
builtins.__dict__["%autograph"] = operators


class StagingError(Exception):
    """What an exception of a kind that cannot be made anew with another message becomes on its way out of a traced function."""


class _Status:
    enabled = True


_trees = {}
_codes = {}
# Code that is transformed already.
_made = set()


def forget():
    """Before each program."""
    _trees.clear()
    _codes.clear()
    _made.clear()


def converted(f):
    """The function transformed; itself where AutoGraph leaves it alone."""
    if not _Status.enabled:
        return f
    if isinstance(f, types.FunctionType):
        return _converted_function(f)
    if isinstance(f, types.MethodType):
        function = converted(f.__func__)
        return f if function is f.__func__ else types.MethodType(function, f.__self__)
    if type(f) is functools.partial:
        return functools.partial(converted(f.func), *f.args, **f.keywords)
    if isinstance(f, type):
        return f
    call = getattr(type(f), "__call__", None)
    if isinstance(call, types.FunctionType):
        function = _converted_function(call)
        return f if function is call else types.MethodType(function, f)
    return f


operators.converted = converted


def in_graph(f):
    """What Keras calls of the user's own: transformed while a function is traced."""
    return f if executing_eagerly() else converted(f)


def _converted_function(f):
    code = f.__code__
    if code in _made or code.co_filename not in sites.texts:
        return f
    if code not in _codes:
        try:
            _codes[code] = _transformed_code(f)
        except Unconvertible:
            _codes[code] = None
    new = _codes[code]
    if new is None:
        return f
    cells = dict(zip(code.co_freevars, f.__closure__ or ()))
    closure = tuple(cells[name] for name in new.co_freevars)
    made = types.FunctionType(new, f.__globals__, f.__name__, f.__defaults__, closure)
    made.__kwdefaults__ = f.__kwdefaults__
    made.__dict__.update(f.__dict__)
    made.__qualname__ = f.__qualname__
    return made


def _transformed_code(f):
    code = f.__code__
    if inspect.isgeneratorfunction(f) or inspect.iscoroutinefunction(f) or inspect.isasyncgenfunction(f):
        raise Unconvertible("a generator")
    node = transformed_function(_node_of(code))
    _mangle(node, f.__qualname__)
    if isinstance(node, ast.Lambda):
        inner = ast.copy_location(ast.Expr(node), node)
    else:
        # Its own name is one of the module, or of the class, and not of the function around.
        node.name = "%function"
        node.decorator_list = []
        _without_annotations(node)
        node.args.defaults = [ast.copy_location(ast.Constant(None), node) for _ in node.args.defaults]
        node.args.kw_defaults = [d and ast.copy_location(ast.Constant(None), node) for d in node.args.kw_defaults]
        inner = node
    # The names of cells have to be names of a function around.
    around = ast.FunctionDef("around", ast.arguments([], [ast.arg(name) for name in code.co_freevars], None, [], [], None, []), [inner], [], None, None, [])
    module = ast.fix_missing_locations(ast.Module([ast.copy_location(around, node)], []))
    try:
        compiled = compile(module, code.co_filename, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise Unconvertible(str(error)) from error
    outer = next(c for c in compiled.co_consts if isinstance(c, types.CodeType))
    return _named(next(c for c in outer.co_consts if isinstance(c, types.CodeType)), f.__name__)


def _without_annotations(node):
    """Python compiles them to a function of their own, beside the one that is looked for."""
    arguments = node.args
    node.returns = None
    for argument in arguments.posonlyargs + arguments.args + arguments.kwonlyargs + [a for a in (arguments.vararg, arguments.kwarg) if a]:
        argument.annotation = None


def _named(code, name):
    """Functions that are blocks of the user's function go by its name in tracebacks."""
    own = name if code.co_name.startswith("%") else code.co_name
    constants = tuple(_named(c, own) if isinstance(c, types.CodeType) else c for c in code.co_consts)
    code = code.replace(co_name=own, co_consts=constants)
    _made.add(code)
    return code


def _node_of(code):
    """The definition that a code object was compiled from."""
    file = code.co_filename
    if file not in _trees:
        _trees[file] = list(ast.walk(ast.parse(sites.texts[file])))
    line = code.co_firstlineno
    if code.co_name == "<lambda>":
        found = [node for node in _trees[file] if isinstance(node, ast.Lambda) and node.lineno <= line <= node.end_lineno]
        if len(found) > 1:
            found = [node for node in found if _parameters(node) == _parameters_of(code)]
        # Of several that look alike nobody knows which it is.
        if len(found) != 1:
            raise Unconvertible("a lambda among others like it")
        return found[0]
    for node in _trees[file]:
        if isinstance(node, ast.FunctionDef) and node.name == code.co_name and min([node.lineno, *[d.lineno for d in node.decorator_list]]) == line:
            return node
    raise Unconvertible("no source")


def _parameters(node):
    arguments = node.args
    names = [a.arg for a in arguments.posonlyargs + arguments.args + arguments.kwonlyargs]
    return names + [a.arg for a in (arguments.vararg, arguments.kwarg) if a]


def _parameters_of(code):
    count = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & inspect.CO_VARARGS) + bool(code.co_flags & inspect.CO_VARKEYWORDS)
    return list(code.co_varnames[:count])


def _mangle(node, qualified):
    """Private names of a class (`__x`) as Python's compiler spells them inside of it."""
    _, _, owner = qualified.rpartition(".")[0].rpartition(".")
    owner = owner.lstrip("_")
    if not owner or owner == "<locals>":
        return
    for inner in ast.walk(node):
        for field in ("id", "attr", "arg"):
            name = getattr(inner, field, None)
            if isinstance(name, str) and name.startswith("__") and not name.endswith("__"):
                setattr(inner, field, f"_{owner}{name}")


# ------------------------------------------------------------------------------------------------ what programs say of it


@contextlib.contextmanager
def disabled(off=True):
    before, _Status.enabled = _Status.enabled, not off
    try:
        yield
    finally:
        _Status.enabled = before


def do_not_convert(func=None):
    """`tf.autograph.experimental.do_not_convert`."""
    if func is None:
        return do_not_convert

    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        with disabled():
            return func(*args, **kwargs)

    return wrapper


_MADE_ANEW = (AssertionError, AttributeError, NameError, NotImplementedError, RuntimeError, StopIteration, TypeError, UnboundLocalError, ValueError, KeyError, Exception)


def staged(error):
    """The exception that leaves a traced function: only kinds that can be made anew keep theirs. TensorFlow: api.py, _ErrorMetadata.create_exception."""
    kind = type(error)
    kept = (StagingError, errors.OpError, errors.OperatorNotAllowedInGraphError)
    if not _Status.enabled or not isinstance(error, Exception) or isinstance(error, kept) or kind in _MADE_ANEW or _is_plain(kind):
        return error
    made = StagingError(f"in user code:\n\n    {kind.__name__}: {error}")
    made.__cause__ = error
    return made.with_traceback(error.__traceback__)


def _is_plain(kind):
    """A class of the program's own that adds nothing to `Exception` that its making would need."""
    for base in kind.__mro__:
        if base.__module__ == "builtins":
            return base is Exception
        if "__init__" in vars(base):
            return False
    return False
