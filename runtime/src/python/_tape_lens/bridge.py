"""The Python end of the border to the operations (`bridge.ts` is the other): packs arguments, wraps results, raises what was raised there."""
import array

from . import sites
from .failures import NotSupported, StopProgram

# Bound anew for every program; a memory snapshot holds none.
_js = None
_kept = []

# Filled by `tensorflow`: how results are wrapped, and which exceptions TensorFlow has beyond Python's own.
wrap_tensor = None
wrap_gradient = None
wrap_variable = None
errors = {}

# Whether the program has met an IndexedSlices: from then on each result is asked whether it is one.
slices_met = False

# Filled by Keras: what a public function gives where an argument is the symbol of a value.
on_symbols = None


class Symbolic(TypeError):
    """An argument has no value: it is a symbol of Keras."""


# A list of numbers longer than this crosses as one array.
_LONG = 256


def bind(js):
    global _js, slices_met
    _js = js
    slices_met = False
    for proxy in _kept:
        proxy.destroy()
    _kept.clear()


def js():
    if _js is None:
        raise RuntimeError("no program is running")
    return _js


def pack(values):
    """The codes of some values, and the values that stand behind them."""
    codes = []
    out = []
    for value in values:
        _pack(value, codes, out)
    return "".join(codes), out


def _pack(value, codes, out):
    kind = type(value)
    if kind is float:
        codes.append("f")
        out.append(value)
    elif kind is int:
        codes.append("i")
        out.append(value)
    elif kind is bool:
        codes.append("b")
        out.append(value)
    elif kind is str:
        codes.append("s")
        out.append(value)
    elif value is None:
        codes.append("n")
    elif hasattr(kind, "_pack_"):
        value._pack_(codes, out)
    elif kind is list or kind is tuple or isinstance(value, (list, tuple)):
        if not _pack_long(value, codes, out):
            codes.append("[")
            for item in value:
                _pack(item, codes, out)
            codes.append("]")
    elif isinstance(value, float):
        codes.append("f")
        out.append(float(value))
    elif isinstance(value, int):
        codes.append("i")
        out.append(int(value))
    elif isinstance(value, range):
        _pack(list(value), codes, out)
    elif isinstance(value, complex):
        raise NotSupported("complex numbers are not supported by Tape Lens yet")
    elif isinstance(value, dict):
        raise ValueError("Attempt to convert a value with an unsupported type (<class 'dict'>) to a Tensor.")
    elif callable(value):
        codes.append("c")
        out.append(_function(value))
    else:
        raise ValueError(f"Attempt to convert a value ({value!r}) with an unsupported type ({kind!r}) to a Tensor.")


def _pack_long(value, codes, out):
    """A long rectangular list of plain numbers goes over as one array."""
    shape = []
    walk = value
    while type(walk) in (list, tuple) and walk:
        shape.append(len(walk))
        walk = walk[0]
    size = 1
    for d in shape:
        size *= d
    if size <= _LONG or type(walk) not in (int, float):
        return False
    flat = value
    for depth in range(1, len(shape)):
        if any(type(row) not in (list, tuple) or len(row) != shape[depth] for row in flat):
            return False
        flat = [item for row in flat for item in row]
    kinds = {type(item) for item in flat}
    if not kinds <= {int, float}:
        return False
    pack_array("float32" if float in kinds else "int32", shape, flat, codes, out)
    return True


def pack_array(dtype, shape, flat, codes, out):
    """Numbers that no tape follows."""
    from pyodide.ffi import to_js

    codes.append("a")
    out.append(dtype)
    out.append(",".join(map(str, shape)))
    out.append(to_js(memoryview(array.array("d", flat))))


def keep(f):
    """A Python function as JavaScript calls it, kept until the program ends."""
    proxy = proxy_of(f)
    _kept.append(proxy)
    return proxy


# What a Python function raised that JavaScript called: it is raised again where Python called JavaScript.
_raised = None


def proxy_of(f):
    """A Python function as JavaScript calls it; False where it raises."""
    from pyodide.ffi import create_proxy

    def run(*handles):
        global _raised
        try:
            return f(*handles)
        except BaseException as error:
            _raised = error
            return False

    return create_proxy(run)


def raised():
    """What the last Python function raised that JavaScript called."""
    global _raised
    error, _raised = _raised, None
    return error


def _function(f):
    """A Python function that the operations call with tensors."""

    from pyodide.ffi import JsArray

    def called(*handles):
        # A shape comes as an array of numbers, everything else as a handle.
        result = f(*[handle.to_py() if isinstance(handle, JsArray) else wrap(handle) for handle in handles])
        return result._h if hasattr(result, "_h") else convert(result)._h

    return keep(called)


def wrap(result):
    """What came back, as Python's: a tensor, a list, None, a plain value."""
    kind = type(result)
    if result is None or kind is float or kind is str or kind is bool and result:
        return result
    if kind is bool:
        fail()
    if kind is int:
        take = js().take
        # A nested list overwrites the parts of the one around it, so all parts are taken first.
        return [wrap_handle(take(i)) for i in range(result)]
    return wrap_handle(result)


def wrap_nested(result):
    """As `wrap`, for a list that may have lists in it."""
    flat = wrap(result)
    form = js().structure() if type(result) is int else ""
    if not form:
        return flat
    parts = iter(flat)
    stack = [[]]
    for sign in form:
        if sign == "[":
            stack.append([])
        elif sign == "]":
            whole = stack.pop()
            stack[-1].append(whole)
        else:
            stack[-1].append(next(parts))
    return stack[0][0]


def wrap_handle(handle):
    if handle is None or type(handle) in (int, float, bool, str):
        return handle
    return wrap_variable(handle) if hasattr(handle, "trainable") else wrap_tensor(handle)


def call(name, args):
    """A public function by its full name, with its arguments in the order of its signature."""
    try:
        codes, values = pack(args)
    except Symbolic:
        return on_symbols(name, args)
    result = js().call(sites.line(), name, codes, *values)
    if type(result) is int:
        return wrap_nested(result)
    return wrap(result) if result is False or result is None else wrap_tensor(result)


def convert(value, dtype=None):
    """`tf.convert_to_tensor`."""
    if dtype is None and getattr(value, "_class_name_", "") == "KerasTensor":
        return value
    codes, values = pack((value, dtype))
    result = js().convert(codes, *values)
    if result is False:
        fail()
    return wrap_tensor(result)


def fail():
    """Raises what the last call raised."""
    kind, _, message = js().error().partition("\n")
    if kind == "PythonError":
        raise raised()
    if kind == "StopProgram":
        raise StopProgram()
    if kind == "NotSupported":
        raise NotSupported(message)
    import builtins

    raise (errors.get(kind) or getattr(builtins, kind, RuntimeError))(message)


def check(result):
    if result is False:
        fail()
    return result
