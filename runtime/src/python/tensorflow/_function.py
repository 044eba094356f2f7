"""`tf.function`: a function that is traced once for every kind of arguments, and is one op to the tapes around it.

TensorFlow: python/eager/polymorphic_function (polymorphic_function.py, tracing_compilation.py, function_type_utils.py).
"""
import functools
import inspect
import json
import weakref

from _tape_lens import bridge, nest

from . import _autograph, _control, _graph
from ._dtypes import TensorShape, as_dtype
from ._tensors import Tensor, Variable

_CREATED_AGAIN = (
    "tf.function only supports singleton tf.Variables created on the first call. Make sure the tf.Variable is only created once or created outside tf.function. "
    "See https://www.tensorflow.org/guide/function#creating_tfvariables for more information."
)


_CHANGED = "{}() should not modify its Python input arguments. Check if it modifies any lists or dicts passed as arguments. Modifying a copy is allowed."


class _Settings:
    run_eagerly = False


def run_functions_eagerly(run_eagerly):
    _Settings.run_eagerly = bool(run_eagerly)


def functions_run_eagerly():
    return _Settings.run_eagerly


def forget():
    """Before each program."""
    _Settings.run_eagerly = False


class TensorSpec:
    """`tf.TensorSpec`."""

    def __init__(self, shape=None, dtype="float32", name=None):
        self.shape, self.dtype, self.name = TensorShape(shape), as_dtype(dtype), name

    @classmethod
    def from_tensor(cls, tensor, name=None):
        return cls(tensor.shape, tensor.dtype, name)

    def is_compatible_with(self, value):
        return self.dtype == value.dtype and self.shape.is_compatible_with(value.shape)

    def __eq__(self, other):
        return isinstance(other, TensorSpec) and (self.shape, self.dtype) == (other.shape, other.dtype)

    def __hash__(self):
        return hash((self.shape, self.dtype))

    def __repr__(self):
        return f"TensorSpec(shape={self.shape}, dtype={self.dtype!r}, name={self.name!r})"


def function(func=None, input_signature=None, autograph=True, jit_compile=None, reduce_retracing=False, experimental_implements=None, experimental_autograph_options=None, **_):
    """`tf.function`."""

    def decorate(body):
        return Function(body, input_signature, autograph)

    return decorate if func is None else decorate(func)


class Function:
    def __init__(self, python_function, input_signature=None, autograph=True, owner=None):
        if not callable(python_function):
            raise TypeError("python_function is not a callable object.")
        self._python_function = python_function
        self.input_signature = None if input_signature is None else tuple(input_signature)
        self._autograph = autograph
        self._owner = owner
        self._bound = weakref.WeakKeyDictionary()
        self._traces = {}
        # Whether it was ever called: variables may only be made the first time.
        self._initialized = False
        self.__name__ = getattr(python_function, "__name__", type(python_function).__name__)
        functools.update_wrapper(self, python_function, updated=())
        try:
            self._signature = inspect.signature(python_function)
        except (TypeError, ValueError):
            self._signature = None

    @property
    def python_function(self):
        return self._python_function

    def __get__(self, owner, kind=None):
        if owner is None:
            return self
        try:
            known = self._bound.get(owner)
        except TypeError:
            known = None
        if known is None:
            known = Function(self._python_function, self.input_signature, self._autograph, weakref.ref(owner) if _can_be_referenced(owner) else lambda: owner)
            if _can_be_referenced(owner):
                self._bound[owner] = known
        return known

    def get_concrete_function(self, *args, **kwargs):
        return self

    @property
    def experimental_get_tracing_count(self):
        return lambda: len(self._traces)

    @property
    def function_spec(self):
        return self

    def __call__(self, *args, **kwargs):
        if self._owner is not None:
            args = (self._owner(), *args)
        if _Settings.run_eagerly:
            return self._python_function(*args, **kwargs)
        arguments = _Arguments(self, args, kwargs)
        key = arguments.key()
        known = self._traces.get(key)
        if known is None:
            known = self._traces[key] = self._traced(arguments)
        return known.call(arguments)

    def _traced(self, arguments):
        first = not self._initialized
        trace = _Trace(self, arguments)
        if trace.created and first:
            # A first trace that makes variables is thrown away.
            self._initialized = True
            trace = _Trace(self, arguments)
        if trace.created and (self._initialized or not first):
            raise ValueError(_CREATED_AGAIN)
        self._initialized = True
        return trace

    def body(self):
        """What is traced."""
        f = self._python_function
        if self._autograph:
            return _autograph.converted(f)

        def unconverted(*args, **kwargs):
            with _autograph.disabled():
                return f(*args, **kwargs)

        return unconverted


def _can_be_referenced(value):
    try:
        weakref.ref(value)
        hash(value)
        return True
    except TypeError:
        return False


class _Arguments:
    """The arguments of one call: a structure, and what of it are tensors and variables."""

    def __init__(self, owner, args, kwargs):
        self._owner = owner
        if owner._signature is not None:
            try:
                bound = owner._signature.bind(*args, **kwargs)
            except TypeError as error:
                raise TypeError(
                    f"Binding inputs to tf.function failed due to `{error}`. Received args: {args} and kwargs: {kwargs} for signature: {owner._signature}."
                ) from None
            bound.apply_defaults()
            args, kwargs = bound.args, bound.kwargs
        # What a graph knows of the shapes of some, by the tensor.
        self.shapes = {}
        if owner.input_signature is not None:
            args = self._under(owner.input_signature, args, kwargs)
        self.structure = (args, kwargs)
        self.flat = [_canonical(leaf) for leaf in nest.flatten(self.structure)]
        self.tensors = [i for i, leaf in enumerate(self.flat) if isinstance(leaf, Tensor)]
        self.variables = [i for i, leaf in enumerate(self.flat) if isinstance(leaf, Variable)]

    def _under(self, signature, args, kwargs):
        """The positional arguments as tensors of what the `input_signature` says. TensorFlow: python/framework/tensor.py, TensorSpec.cast."""
        skipped = 0 if self._owner._owner is None else 1
        try:
            cast = [self._cast(value, spec) for value, spec in zip(args[skipped:], signature)]
        except (TypeError, ValueError) as error:
            raise TypeError(
                f"Binding inputs to tf.function failed due to `{error}`. Received args: {args} and kwargs: {kwargs} for signature: {self._owner._signature}."
            ) from error
        return (*args[:skipped], *cast, *args[skipped + len(cast) :])

    def _cast(self, value, spec):
        if isinstance(spec, dict) and isinstance(value, dict):
            return {key: self._cast(item, spec[key]) if key in spec else item for key, item in value.items()}
        if nest.is_sequence(spec) and nest.is_sequence(value):
            return [self._cast(*pair) for pair in zip(value, spec)]
        if not isinstance(spec, TensorSpec):
            return value
        tensor = value.value() if isinstance(value, Variable) else value if isinstance(value, Tensor) else bridge.convert(value, spec.dtype)
        if not spec.is_compatible_with(tensor):
            raise TypeError(f"Can not cast {TensorSpec.from_tensor(tensor)} to {spec}")
        self.shapes[id(tensor)] = spec.shape
        return tensor

    def key(self):
        """What two calls have in common that share a trace."""
        aliases = {}
        leaves = [_kind_of(leaf, aliases, self.shapes.get(id(leaf))) for leaf in self.flat]
        return (_form(self.structure), tuple(leaves))

    def handles(self):
        return [self.flat[i]._h for i in self.tensors] + [self.flat[i]._v for i in self.variables]

    def names(self):
        """What placeholders are called."""
        args, kwargs = self.structure
        known = list(self._owner._signature.parameters) if self._owner._signature is not None else []
        out = []
        for at, value in enumerate(args):
            out += [known[at] if at < len(known) else "args"] * len(nest.flatten(value))
        for name in sorted(kwargs):
            out += [name] * len(nest.flatten(kwargs[name]))
        return out


def _canonical(leaf):
    """Arrays are tensors."""
    return bridge.convert(leaf) if type(leaf).__module__ == "numpy" and hasattr(leaf, "dtype") and hasattr(leaf, "shape") else leaf


def _kind_of(leaf, aliases, declared=None):
    if isinstance(leaf, Tensor):
        return ("tensor", leaf.dtype.name, str(leaf.shape if declared is None else declared))
    if isinstance(leaf, Variable):
        return ("variable", leaf.dtype.name, tuple(leaf.shape), leaf.trainable, aliases.setdefault(id(leaf), len(aliases)))
    if leaf is None or isinstance(leaf, (int, float, bool, str, bytes, complex)):
        return ("literal", leaf)
    # Objects are told apart as they are; the key keeps them, so that no other one can take their place.
    return _Same(leaf)


class _Same:
    """An object by its identity."""

    def __init__(self, value):
        self._value = value

    def __eq__(self, other):
        return isinstance(other, _Same) and self._value is other._value

    def __hash__(self):
        return id(self._value)


def _form(structure):
    """The shape of a structure, to compare."""
    if isinstance(structure, dict):
        return ("dict", tuple((key, _form(structure[key])) for key in sorted(structure)))
    if nest.is_sequence(structure):
        return (type(structure).__name__, tuple(_form(item) for item in structure))
    return None


class _Trace:
    """A function for one kind of arguments. TensorFlow: ConcreteFunction."""

    def __init__(self, owner, arguments):
        self._name = owner.__name__
        graph = _graph.Graph(self._name)
        body = owner.body()
        names = arguments.names()

        def run(*given):
            inner = list(arguments.flat)
            for place, tensor in zip(arguments.tensors, given):
                tensor._op_name = graph.unique_name(names[place] if place < len(names) else "args")
                declared = arguments.shapes.get(id(arguments.flat[place]))
                if declared is not None:
                    bridge.js().declareShape(tensor._h, json.dumps(declared.dims))
                inner[place] = tensor
            args, kwargs = nest.pack_sequence_as(arguments.structure, inner)
            try:
                self._result = body(*args, **kwargs)
            except Exception as error:
                made = _autograph.staged(error) if owner._autograph else error
                if made is error:
                    raise
                raise made from error
            left = nest.flatten((args, kwargs))
            if len(left) != len(inner) or any(a is not b for a, b in zip(left, inner)):
                raise ValueError(_CHANGED.format(owner.__name__))
            return _control.tensors_of(self._result, f"{owner._python_function}")

        count = len(arguments.tensors)
        self._body = _graph.body(lambda *given: run(*given[:count]), graph)
        bridge.check(bridge.js().trace(self._name, self._body, *arguments.handles()))
        self.created = graph.created
        self._form = _without_tensors(self._result)
        self._result = None

    def call(self, arguments):
        found = bridge.wrap(bridge.js().callFunction(self._name, self._body, *arguments.handles()))
        return _control.filled(self._form, found)


def _without_tensors(structure):
    """A structure that says where its tensors are and keeps none."""
    from ._tensor_array import TensorArray

    return nest.map_structure(lambda leaf: leaf if leaf is None or isinstance(leaf, TensorArray) else True, structure)
