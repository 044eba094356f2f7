"""TensorFlow as Tape Lens has it: the names and protocols of TensorFlow 2.15 over the operations that Tape Lens knows."""
import sys
import types

from _tape_lens import bridge, catalog, nest as _nest
from _tape_lens.failures import NotSupported

from . import _autograph, _data, _functions, _keras, errors
from ._dtypes import DTYPES, DType, TensorShape, as_dtype
from ._functions import Module
from ._gradient_calls import UnconnectedGradients
from ._tape import GradientTape
from ._tensors import IndexedSlices, Tensor, Variable, is_tensor

bridge.errors.update({name: kind for name, kind in vars(errors).items() if isinstance(kind, type)}, StagingError=_autograph.StagingError)

_HERE = sys.modules[__name__]
__version__ = "2.15.1"
newaxis = None


class _Namespace(types.ModuleType):
    """A module of TensorFlow: a name that it does not have is told by its full name."""

    def __getattr__(self, name):
        raise _not_there(self.__name__, name)


def __getattr__(name):
    raise _not_there("tensorflow", name)


def _not_there(module, name):
    """What a module raises for a name that it does not have here: TensorFlow may have it, except where its names are known."""
    if name.startswith("__"):
        return AttributeError(name)
    names = catalog.modules.get("tf" + module.removeprefix("tensorflow"))
    if names is None or name in names or name.startswith("_"):
        return NotSupported(f"{module}.{name} is not supported by Tape Lens yet")
    path = module if module == "tensorflow" else f"tensorflow._api.v2{module.removeprefix('tensorflow')}"
    return AttributeError(f"module '{path}' has no attribute '{name}'")


def _namespace(path):
    """The module of a dotted path below `tf`, made where it does not exist."""
    module = _HERE
    full = "tensorflow"
    for part in path:
        full += "." + part
        inner = module.__dict__.get(part)
        if inner is None:
            inner = _Namespace(full)
            inner.__path__ = []
            setattr(module, part, inner)
        sys.modules[full] = inner
        module = inner
    return module


def _put(name, value):
    *path, last = name.removeprefix("tf.").split(".")
    setattr(_namespace(path), last, value)


for _name, _dtype in DTYPES.items():
    globals()[_name] = _dtype
double, half, = DTYPES["float64"], DTYPES["float16"]

_scope = {"tf": types.SimpleNamespace(**DTYPES)}
for _entry in catalog.functions:
    for _name in _entry["names"]:
        _put(_name, catalog.make_function(_name, _entry["signature"], _scope, _entry["fields"]))
for _name, _value in {**_functions.table(_HERE), **_data.table(), **_keras.table(_HERE)}.items():
    _put(_name, _value)
for _name in ("errors", "_keras"):
    sys.modules[f"tensorflow.{_name}"] = globals()[_name]
# `import keras` is `tf.keras`.
for _name in [n for n in sys.modules if n == "tensorflow.keras" or n.startswith("tensorflow.keras.")]:
    sys.modules[_name.removeprefix("tensorflow.")] = sys.modules[_name]
del _name, _entry, _dtype, _value, _scope
