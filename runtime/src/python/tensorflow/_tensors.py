"""`tf.Tensor` and `tf.Variable`: handles on what the operations hold, with Python's operators."""
import json

from _tape_lens import bridge, sites
from _tape_lens.failures import NotSupported

from . import _graph
from ._dtypes import DTYPES, TensorShape, as_dtype
from .errors import OperatorNotAllowedInGraphError

_call = bridge.call


def _binary(name):
    def forward(self, other):
        return _call(name, (self, other, None))

    def backward(self, other):
        return _call(name, (other, self, None))

    return forward, backward


class _Operators:
    """What tensors and variables have in common."""

    __array_priority__ = 100

    __add__, __radd__ = _binary("tf.__operators__.add")
    __sub__, __rsub__ = _binary("tf.__operators__.sub")
    __mul__, __rmul__ = _binary("tf.__operators__.mul")
    __truediv__, __rtruediv__ = _binary("tf.__operators__.truediv")
    __floordiv__, __rfloordiv__ = _binary("tf.__operators__.floordiv")
    __mod__, __rmod__ = _binary("tf.__operators__.mod")
    __pow__, __rpow__ = _binary("tf.__operators__.pow")
    __lt__, _ = _binary("tf.__operators__.lt")
    __le__, _ = _binary("tf.__operators__.le")
    __gt__, _ = _binary("tf.__operators__.gt")
    __ge__, _ = _binary("tf.__operators__.ge")
    __and__, __rand__ = _binary("tf.logical_and")
    __or__, __ror__ = _binary("tf.logical_or")
    del _
    __hash__ = None

    def __matmul__(self, other):
        return _matmul(self, other)

    def __rmatmul__(self, other):
        return _matmul(other, self)

    def __neg__(self):
        return _call("tf.negative", (self, None))

    def __abs__(self):
        return _call("tf.abs", (self, None))

    def __invert__(self):
        return _call("tf.logical_not", (self, None))

    def __eq__(self, other):
        if other is None:
            return False
        return _call("tf.__operators__.eq", (self, other, None))

    def __ne__(self, other):
        if other is None:
            return True
        return _call("tf.__operators__.ne", (self, other, None))

    def __bool__(self):
        if self.shape.num_elements() != 1:
            raise ValueError("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")
        return bool(self._number())

    def __float__(self):
        return float(self._only())

    def __int__(self):
        return int(self._only())

    def __index__(self):
        if not self.dtype.is_integer:
            raise TypeError(f"only integer scalar arrays can be converted to a scalar index")
        return int(self._only())

    def __complex__(self):
        return complex(self._only())

    def __round__(self, digits=None):
        return round(self._only(), digits)

    def _only(self):
        if self.shape.num_elements() != 1:
            raise TypeError("only size-1 arrays can be converted to Python scalars")
        return self._number()

    def __len__(self):
        if self.shape.rank == 0:
            raise TypeError("Scalar tensor has no `len()`")
        return self.shape[0]

    def __iter__(self):
        if self.shape.rank == 0:
            raise TypeError("Cannot iterate over a scalar tensor.")
        return iter([self[i] for i in range(self.shape[0])])

    def __format__(self, spec):
        if spec and self.shape.rank == 0:
            return format(self.numpy(), spec)
        return format(str(self), spec)

    def __getitem__(self, key):
        return _index(self, key)

    @property
    def ndim(self):
        return self.shape.rank

    def get_shape(self):
        return self.shape

    def _shape_tuple(self):
        return tuple(self.shape)

    def __array__(self, dtype=None):
        return self.numpy()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise AttributeError(f"'{self._class_name_}' object has no attribute '{name}'")


def _matmul(a, b):
    return _call("tf.__operators__.matmul", (a, b, None))


class Tensor(_Operators):
    _class_name_ = "tensorflow.python.framework.ops.EagerTensor"
    def __init__(self, handle):
        self._h = handle
        self._dtype = None

    def _pack_(self, codes, out):
        codes.append("t")
        out.append(self._h)

    def _describe(self):
        dtype, shape, key = bridge.js().describe(self._h).split("|")
        self._dtype = DTYPES[dtype]
        self._shape = TensorShape([int(d) for d in shape.split(",")] if shape else [])
        self._key = int(key)

    @property
    def dtype(self):
        if self._dtype is None:
            self._describe()
        return self._dtype

    @property
    def shape(self):
        if self._dtype is None:
            self._describe()
        return self._shape

    @property
    def name(self):
        raise AttributeError("Tensor.name is undefined when eager execution is enabled.")

    @property
    def device(self):
        return "/job:localhost/replica:0/task:0/device:CPU:0"

    def _number(self):
        value = bridge.js().number(self._h)
        return int(value) if self.dtype.is_integer else bool(value) if self.dtype.is_bool else float(value)

    def numpy(self):
        import numpy

        return numpy._from_tensor(bridge.js().numbers(self._h), tuple(self.shape), self.dtype.name)

    def ref(self):
        return _Reference(self)

    def experimental_ref(self):
        return _Reference(self)

    def set_shape(self, shape):
        self.shape.assert_is_compatible_with(shape)

    def eval(self, *_, **__):
        raise NotImplementedError("eval is not supported when eager execution is enabled, is .numpy() what you're looking for?")

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __str__(self):
        return f"tf.Tensor({_text(self)}, shape={self.shape}, dtype={self.dtype.name})"

    def __repr__(self):
        return f"<tf.Tensor: shape={self.shape}, dtype={self.dtype.name}, numpy={_literal(self)}>"


_RESOLUTIONS = (
    " is not allowed. You can attempt the following resolutions to the problem: If you are running in Graph mode, use Eager execution mode or decorate this function with @tf.function. "
    "If you are using AutoGraph, you can try decorating this function with @tf.function. If that does not work, then you may be using an unsupported feature or your source code may not be "
    "visible to AutoGraph. See https://github.com/tensorflow/tensorflow/blob/master/tensorflow/python/autograph/g3doc/reference/limitations.md#access-to-source-code for more information."
)


def graph_shape(tensor):
    """What a graph knows of a tensor's shape, which may be less than what is known here."""
    known = json.loads(bridge.js().graphShape(tensor._h))
    if known is False:
        raise NotSupported("a shape that only a graph of TensorFlow's knows is not supported by Tape Lens yet")
    return TensorShape(known)


class SymbolicTensor(Tensor):
    """A tensor of a function that is being traced: it stands for those of every run, and has no number."""

    _class_name_ = "SymbolicTensor"

    def __init__(self, handle, name="Tensor"):
        super().__init__(handle)
        self.graph = _graph.current()
        self._op_name = self.graph.unique_name(name)

    def _pack_(self, codes, out):
        if self.graph not in _graph.stack:
            raise TypeError(f"The tensor {self!r} cannot be accessed from here, because it was defined in FuncGraph(name={self.graph.name}, id={id(self.graph)}), which is out of scope.")
        codes.append("t")
        out.append(self._h)

    @property
    def name(self):
        return f"{self._op_name}:0"

    # Here the size of everything is known, and TensorFlow knows what the program is told.
    @property
    def shape(self):
        return graph_shape(self) if sites.is_asked_by_program() else super().shape

    @property
    def ndim(self):
        return (graph_shape(self) if sites.is_asked_by_program() else super().shape).rank

    def set_shape(self, shape):
        shape = TensorShape(shape)
        super().set_shape(shape)
        if shape.dims is not None:
            bridge.js().refineShape(self._h, json.dumps(shape.dims))

    def get_shape(self):
        return graph_shape(self) if sites.is_asked_by_program() else super().shape

    @property
    def numpy(self):
        raise AttributeError("'SymbolicTensor' object has no attribute 'numpy'")

    def __bool__(self):
        raise OperatorNotAllowedInGraphError("Using a symbolic `tf.Tensor` as a Python `bool`" + _RESOLUTIONS)

    def __iter__(self):
        raise OperatorNotAllowedInGraphError("Iterating over a symbolic `tf.Tensor`" + _RESOLUTIONS)

    def __len__(self):
        raise TypeError(f"len is not well defined for a symbolic Tensor ({self.name}). Please call `x.shape` rather than `len(x)` for shape information.")

    def __array__(self, dtype=None):
        raise NotImplementedError(
            f"Cannot convert a symbolic tf.Tensor ({self.name}) to a numpy array. This error may indicate that you're trying to pass a Tensor to a NumPy call, which is not supported."
        )

    def __float__(self):
        raise TypeError("float() argument must be a string or a real number, not 'SymbolicTensor'")

    def __int__(self):
        raise TypeError("int() argument must be a string, a bytes-like object or a real number, not 'SymbolicTensor'")

    def __index__(self):
        raise TypeError("'SymbolicTensor' object cannot be interpreted as an integer")

    def __complex__(self):
        raise TypeError("complex() first argument must be a string or a number, not 'SymbolicTensor'")

    def __round__(self, digits=None):
        raise TypeError("type SymbolicTensor doesn't define __round__ method")

    def __format__(self, spec):
        return format(str(self), spec)

    def __str__(self):
        return f'Tensor("{self.name}", shape={self.shape}, dtype={self.dtype.name})'

    def __repr__(self):
        return f"<tf.Tensor '{self.name}' shape={self.shape} dtype={self.dtype.name}>"


class IndexedSlices(Tensor):
    """The gradient of a gather: dense to every op, with its rows and where they belong. Of operators it has only `-`; others need a tensor on the other side."""

    _class_name_ = "IndexedSlices"
    __hash__ = object.__hash__

    def __init__(self, handle):
        super().__init__(handle)
        bridge.slices_met = True

    def __getattribute__(self, name):
        if name in _NOT_OF_SLICES:
            raise AttributeError(f"'IndexedSlices' object has no attribute '{name}'")
        return object.__getattribute__(self, name)

    def __neg__(self):
        return _wrap_tensor(bridge.check(bridge.js().negatedSlices(self._h)))

    def __bool__(self):
        return True

    def __eq__(self, other):
        return Tensor.__eq__(self, other) if _is_dense(other) else self is other

    def __ne__(self, other):
        return Tensor.__ne__(self, other) if _is_dense(other) else self is not other

    def __abs__(self):
        raise TypeError("bad operand type for abs(): 'IndexedSlices'")

    def __invert__(self):
        raise TypeError("bad operand type for unary ~: 'IndexedSlices'")

    def __len__(self):
        raise TypeError("object of type 'IndexedSlices' has no len()")

    def __iter__(self):
        raise TypeError("'IndexedSlices' object is not iterable")

    def __getitem__(self, key):
        raise TypeError("'IndexedSlices' object is not subscriptable")

    def __float__(self):
        raise TypeError("float() argument must be a string or a real number, not 'IndexedSlices'")

    def __int__(self):
        raise TypeError("int() argument must be a string, a bytes-like object or a real number, not 'IndexedSlices'")

    def __index__(self):
        raise TypeError("'IndexedSlices' object cannot be interpreted as an integer")

    def __complex__(self):
        raise TypeError("complex() first argument must be a string or a number, not 'IndexedSlices'")

    def __round__(self, digits=None):
        raise TypeError("type IndexedSlices doesn't define __round__ method")

    def __format__(self, spec):
        return object.__format__(self, spec)

    def __str__(self):
        return f"IndexedSlices(indices={self.indices}, values={self.values}, dense_shape={self.dense_shape})"

    __repr__ = __str__

    def _parts(self):
        return bridge.wrap(bridge.check(bridge.js().slices(self._h)))

    @property
    def values(self):
        return self._parts()[0]

    @property
    def indices(self):
        return self._parts()[1]

    @property
    def dense_shape(self):
        return bridge.call("tf.shape", (self, DTYPES["int32"], None))


# What tensors have and it has not.
_NOT_OF_SLICES = frozenset(("numpy", "ndim", "get_shape", "set_shape", "eval", "ref", "experimental_ref"))


def _is_dense(value):
    return isinstance(value, (Tensor, Variable)) and not isinstance(value, IndexedSlices)


def _beside_a_tensor(name):
    of_tensors = getattr(Tensor, name)

    def operate(self, other):
        return of_tensors(self, other) if _is_dense(other) else NotImplemented

    return operate


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "and", "or", "matmul"):
    for _dunder in (f"__{_name}__", f"__r{_name}__"):
        setattr(IndexedSlices, _dunder, _beside_a_tensor(_dunder))
for _name in ("lt", "le", "gt", "ge"):
    setattr(IndexedSlices, f"__{_name}__", _beside_a_tensor(f"__{_name}__"))


class _Reference:
    def __init__(self, referent):
        self._referent = referent

    def deref(self):
        return self._referent

    def __eq__(self, other):
        return isinstance(other, _Reference) and self._identity() == other._identity()

    def __hash__(self):
        return hash(self._identity())

    def _identity(self):
        return id(self._referent)


def _text(tensor):
    value = tensor.numpy()
    return str(value)


def _literal(tensor):
    import numpy

    text = numpy._literal(tensor.numpy())
    return "\n" + text if "\n" in text else text


_known_variables = {}


def forget():
    """Before each program."""
    _known_variables.clear()


def _not_in_place(operator):
    def refuse(self, other):
        raise RuntimeError(f"`variable {operator}= value` with `tf.Variable`s is not supported.")

    return refuse


class Variable(_Operators):
    _class_name_ = "ResourceVariable"
    __iadd__, __isub__, __imul__, __itruediv__, __ipow__ = map(_not_in_place, ("+", "-", "*", "/", "**"))

    def __init__(
        self,
        initial_value=None,
        trainable=None,
        validate_shape=True,
        caching_device=None,
        name=None,
        variable_def=None,
        dtype=None,
        import_scope=None,
        constraint=None,
        synchronization=None,
        aggregation=None,
        shape=None,
        experimental_enable_variable_lifting=True,
    ):
        if initial_value is None:
            raise ValueError("The `initial_value` arg to `tf.Variable` must be specified except when you are not providing a `variable_def`. You provided neither.")
        value = initial_value() if callable(initial_value) and not isinstance(initial_value, _Operators) else initial_value
        first = bridge.convert(value, None if dtype is None else as_dtype(dtype))
        self._attach(bridge.js().variable(first._h, trainable is not False, f"{name or 'Variable'}:0"))
        self.constraint = constraint
        if _graph.stack:
            _graph.stack[-1].created.append(self)

    def _attach(self, handle):
        self._v = handle
        self._trainable = handle.trainable
        self._name = handle.name
        self._read_shape()
        _known_variables[handle.handle.id] = self

    @classmethod
    def _of(cls, handle):
        """The one Python variable of a handle."""
        known = _known_variables.get(handle.handle.id)
        if known is None:
            known = cls.__new__(cls)
            known.constraint = None
            known._attach(handle)
        return known

    def _read_shape(self):
        now = Tensor(bridge.js().peek(self._v))
        self.dtype, self.shape = now.dtype, now.shape

    def _pack_(self, codes, out):
        codes.append("v")
        out.append(self._v)

    @property
    def trainable(self):
        return self._trainable

    @property
    def name(self):
        return self._name

    @property
    def handle(self):
        return self

    @property
    def device(self):
        return "/job:localhost/replica:0/task:0/device:CPU:0"

    def value(self):
        return _wrap_tensor(bridge.js().read(self._v))

    def read_value(self):
        return self.value()

    def _peek(self):
        return _wrap_tensor(bridge.js().peek(self._v))

    def _number(self):
        return self.value()._number()

    def numpy(self):
        if not _graph.executing_eagerly():
            raise NotImplementedError("numpy() is only available when eager execution is enabled.")
        return self._peek().numpy()

    def __bool__(self):
        return bool(self.value())

    def __float__(self):
        return float(self.value())

    def __int__(self):
        return int(self.value())

    def __index__(self):
        return self.value().__index__()

    def __iter__(self):
        return iter(self.value())

    def __array__(self, dtype=None):
        return self.value().__array__()

    def assign(self, value, use_locking=False, name=None, read_value=True):
        given = bridge.convert(value, None if isinstance(value, _Operators) else self.dtype)
        if given.dtype != self.dtype:
            raise ValueError(f"Tensor conversion requested dtype {self.dtype.name} for Tensor with dtype {given.dtype.name}: {given!r}")
        if given.shape != self.shape:
            raise ValueError(
                f"Cannot assign value to variable '{self.name}': Shape mismatch.The variable shape {self.shape}, and the assigned value shape {given.shape} are incompatible."
            )
        bridge.js().assign(self._v, given._h)
        return self

    def assign_add(self, delta, use_locking=False, name=None, read_value=True):
        return self.assign(_call("tf.add", (self._peek(), delta, None)))

    def assign_sub(self, delta, use_locking=False, name=None, read_value=True):
        return self.assign(_call("tf.subtract", (self._peek(), delta, None)))

    def ref(self):
        return _Reference(self)

    def experimental_ref(self):
        return _Reference(self)

    def initialized_value(self):
        return self.value()

    def __deepcopy__(self, memo):
        return Variable(self._peek(), trainable=self.trainable, name=self.name.partition(":")[0])

    def __str__(self):
        return repr(self)

    def __repr__(self):
        if not _graph.executing_eagerly():
            return f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.dtype.name}>"
        return f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.dtype.name}, numpy={_literal(self)}>"


def _wrap_tensor(handle):
    if bridge.slices_met and handle.indexedSlices:
        return IndexedSlices(handle)
    return SymbolicTensor(handle) if _graph.stack else Tensor(handle)


def wrap_gradient(handle):
    """As any tensor; a gradient is where the first IndexedSlices comes from."""
    if handle.indexedSlices:
        bridge.slices_met = True
    return _wrap_tensor(handle)


bridge.wrap_tensor = _wrap_tensor
bridge.wrap_gradient = wrap_gradient
bridge.wrap_variable = Variable._of


def is_tensor(value):
    return isinstance(value, (Tensor, Variable))


# ------------------------------------------------------------------------------------------------ indexing


def _index(x, key):
    """Basic indexing as one strided slice; a boolean mask and a tensor of indices are TensorFlow's other functions."""
    x = x.value() if isinstance(x, Variable) else x
    if getattr(key, "dtype", None) == "bool" and getattr(key, "shape", ()) != ():
        return _call("tf.boolean_mask", (x, key, None, None))
    codes, values = bridge.pack([_part(k) for k in (key if isinstance(key, tuple) else (key,))])
    return _wrap_tensor(bridge.check(bridge.js().index(x._h, codes, *values)))


def _part(key):
    if key is None:
        return None
    if key is Ellipsis:
        return "..."
    if isinstance(key, slice):
        return ["slice", *[None if part is None else _whole(part) for part in (key.start, key.stop, key.step)]]
    return _whole(key)


def _whole(part):
    if type(part) is int:
        return part
    if isinstance(part, _Operators):
        if part.shape.rank == 0 and part.dtype.is_integer:
            return part
    elif hasattr(part, "__index__"):
        return part.__index__()
    raise TypeError(f"Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are valid indices, got {part!r}")
