"""A part of numpy: arrays of numbers with shapes, arithmetic with broadcasting, reductions, and numpy's way of printing them."""
import builtins as _python
import math as _math
import random as _random
import struct as _struct

from _tape_lens.failures import NotSupported as _NotSupported

pi, e, inf, nan, newaxis, euler_gamma = _math.pi, _math.e, _math.inf, _math.nan, None, 0.5772156649015329
Inf, NaN = inf, nan
__version__ = "1.26.4"


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise _NotSupported(f"numpy.{name} is not supported by Tape Lens yet")


# ------------------------------------------------------------------------------------------------ dtypes and scalars


class dtype:
    def __init__(self, name):
        self.name = _name_of(name)

    @property
    def kind(self):
        return "f" if "float" in self.name else "b" if self.name == "bool" else "u" if self.name[0] == "u" else "i"

    def __eq__(self, other):
        try:
            return self.name == _name_of(other)
        except TypeError:
            return False

    def __hash__(self):
        return hash(self.name)

    def __str__(self):
        return self.name

    def __repr__(self):
        return f"dtype('{self.name}')"


# What arrays and scalars have in numpy and not here: it is not known, and no mistake of the program's.
_ELSEWHERE = set(
    "argpartition base byteswap choose compress conj conjugate ctypes data diagonal dump dumps flags flat getfield imag itemset newbyteorder nonzero partition "
    "ptp put real repeat resize searchsorted setfield setflags sort strides swapaxes take tobytes tofile tostring trace view argsort fill nbytes itemsize".split()
)


def _not_here(x, name):
    if name in _ELSEWHERE:
        raise _NotSupported(f"numpy.ndarray.{name} is not supported by Tape Lens yet")
    raise AttributeError(f"'numpy.{type(x).__name__}' object has no attribute {name!r}")


class generic:
    dtype_name = ""

    def __getattr__(self, name):
        """The methods of arrays: a scalar has them all."""
        if name.startswith("_") or name not in _SCALAR_METHODS:
            _not_here(self, name)
        return getattr(asarray(self), name)

    def _pack_(self, codes, out):
        from _tape_lens import bridge

        bridge.pack_array(self.dtype_name, [], [self], codes, out)

    @property
    def dtype(self):
        return dtype(self.dtype_name)

    shape = ()
    ndim = 0
    size = 1

    def item(self):
        return int(self) if isinstance(self, int) else float(self)

    def tolist(self):
        return self.item()

    def astype(self, kind):
        return _scalar(self.item(), _name_of(kind))

    def __neg__(self):
        return _scalar(-self.item(), self.dtype_name)

    def __pos__(self):
        return self

    def __abs__(self):
        return _scalar(_python.abs(self.item()), self.dtype_name)

    def __round__(self, digits=None):
        return _python.round(self.item()) if digits is None else _scalar(_python.round(self.item(), digits), self.dtype_name)


class _Float(generic, float):
    def __str__(self):
        return _shortest(float(self), self.dtype_name)

    __repr__ = __str__

    def __format__(self, spec):
        return format(float(self), spec) if spec else str(self)


class _Int(generic, int):
    def __str__(self):
        return int.__repr__(self)

    __repr__ = __str__


def _kinds():
    made = {}
    for name in ("float16", "float32", "float64"):
        made[name] = type(name, (_Float,), {"dtype_name": name, "__new__": lambda cls, x=0.0: float.__new__(cls, _store(float(x), cls.dtype_name))})
    for name in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"):
        made[name] = type(name, (_Int,), {"dtype_name": name})
    return made


_KINDS = _kinds()
globals().update(_KINDS)
bool_ = _python.bool
floating, integer, number = _Float, _Int, generic
double, single, int_, float_, intp = _KINDS["float64"], _KINDS["float32"], _KINDS["int64"], _KINDS["float64"], _KINDS["int64"]


def _name_of(kind):
    if isinstance(kind, dtype):
        return kind.name
    if isinstance(kind, str):
        return {"float": "float64", "int": "int64", "f4": "float32", "f8": "float64"}.get(kind, kind)
    if kind is _python.float:
        return "float64"
    if kind is _python.int:
        return "int64"
    if kind is _python.bool:
        return "bool"
    name = getattr(kind, "dtype_name", None) or getattr(kind, "name", None)
    if name:
        return name
    raise TypeError(f"Cannot interpret {kind!r} as a data type")


def _store(value, name):
    """A Python float as this dtype holds it."""
    if name == "float32" and _math.isfinite(value):
        try:
            return _struct.unpack("f", _struct.pack("f", value))[0]
        except OverflowError:
            return _math.copysign(inf, value)
    return value


def _scalar(value, name):
    return _python.bool(value) if name == "bool" else _KINDS[name](value)


def _cast(value, name):
    if name == "bool":
        return _python.bool(value)
    return _store(float(value), name) if "float" in name else int(value)


# ------------------------------------------------------------------------------------------------ arrays


_SCALAR_METHODS = {"T", "all", "any", "argmax", "argmin", "clip", "copy", "cumprod", "cumsum", "dot", "flatten", "max", "mean", "min", "prod", "ravel", "reshape", "round", "squeeze", "std", "sum", "transpose", "var"}


class ndarray:
    __array_priority__ = 1

    def __getattr__(self, name):
        _not_here(self, name)

    def __init__(self, flat, shape, name):
        self._flat = flat
        self.shape = tuple(shape)
        self._name = name

    def _pack_(self, codes, out):
        from _tape_lens import bridge

        bridge.pack_array(self._name, self.shape, self._flat, codes, out)

    @property
    def dtype(self):
        return dtype(self._name)

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        return len(self._flat)

    @property
    def T(self):
        return transpose(self)

    def item(self, *at):
        return self[at] if at else self._only()

    def _only(self):
        if self.size != 1:
            raise TypeError("only size-1 arrays can be converted to Python scalars")
        return self._flat[0]

    def __float__(self):
        return float(self._only())

    def __int__(self):
        return int(self._only())

    def __bool__(self):
        if self.size != 1:
            raise ValueError("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")
        return _python.bool(self._flat[0])

    def __len__(self):
        if not self.shape:
            raise TypeError("len() of unsized object")
        return self.shape[0]

    def __iter__(self):
        return iter([self[i] for i in range(len(self))])

    def tolist(self):
        return _nested(self._flat, self.shape)

    def round(self, decimals=0):
        return round(self, decimals)

    def dot(self, other):
        return dot(self, other)

    def clip(self, low=None, high=None):
        return clip(self, low, high)

    def squeeze(self, axis=None):
        return squeeze(self, axis)

    def astype(self, kind, copy=True):
        name = _name_of(kind)
        return ndarray([_cast(v, name) for v in self._flat], self.shape, name)

    def copy(self):
        return ndarray(list(self._flat), self.shape, self._name)

    def reshape(self, *shape):
        shape = list(shape[0]) if len(shape) == 1 and isinstance(shape[0], (list, tuple)) else list(shape)
        if -1 in shape:
            known = _math.prod(d for d in shape if d != -1)
            shape[shape.index(-1)] = self.size // known if known else 0
        if _math.prod(shape) != self.size:
            raise ValueError(f"cannot reshape array of size {self.size} into shape {_tuple_text(shape)}")
        return ndarray(self._flat, shape, self._name)

    def flatten(self):
        return ndarray(list(self._flat), (self.size,), self._name)

    ravel = flatten

    def transpose(self, *axes):
        return transpose(self, axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes or None)

    def __getitem__(self, key):
        if isinstance(key, ndarray) and key._name == "bool":
            return array([v for v, k in zip(self._flat, key._flat) if k], dtype=self._name)
        if isinstance(key, (list, ndarray)):
            return stack([self[int(i)] for i in key])
        return _item(self, key)

    def __setitem__(self, key, value):
        if isinstance(key, ndarray) and key._name == "bool":
            given = _broadcast_flat(asarray(value), self.shape)
            for i, k in enumerate(key._flat):
                if k:
                    self._flat[i] = _cast(given[i], self._name)
            return
        places, shape = _places(self.shape, key)
        for place, item in zip(places, _broadcast_flat(asarray(value), shape)):
            self._flat[place] = _cast(item, self._name)

    def __str__(self):
        return _array_text(self, " ", "")

    def __repr__(self):
        return f"array({_array_text(self, ', ', ' ' * 6)}{_dtype_text(self)})"

    def __format__(self, spec):
        if spec and not self.shape:
            return format(self._flat[0], spec)
        return str(self)

    def __neg__(self):
        return _map(lambda v: -v, self)

    def __abs__(self):
        return _map(_python.abs, self)

    def __invert__(self):
        return _map(lambda v: not v, self)

    def __matmul__(self, other):
        return NotImplemented if _is_tensor(other) else matmul(self, other)

    def __rmatmul__(self, other):
        return matmul(other, self)

    __hash__ = None


def _is_tensor(value):
    return type(value).__module__.startswith("tensorflow")


def _from_tensor(numbers, shape, name):
    flat = numbers.to_py().tolist() if hasattr(numbers, "to_py") else list(numbers)
    if name == "bool":
        flat = [_python.bool(v) for v in flat]
    if not shape:
        return _scalar(flat[0], name)
    return ndarray(flat, shape, name)


def _nested(flat, shape):
    if not shape:
        return flat[0]
    if len(shape) == 1:
        return list(flat)
    step = _math.prod(shape[1:])
    return [_nested(flat[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]


def array(value, dtype=None, copy=True, ndmin=0):
    if isinstance(value, ndarray):
        made = value.copy()
    elif _is_tensor(value):
        made = asarray(value.__array__())
    elif isinstance(value, (list, tuple)) or hasattr(value, "__iter__") and not isinstance(value, str):
        parts = [array(item) for item in value]
        if not parts:
            made = ndarray([], (0,), "float64")
        else:
            if _python.any(part.shape != parts[0].shape for part in parts):
                raise ValueError("setting an array element with a sequence. The requested array has an inhomogeneous shape.")
            name = _together(*[part._name for part in parts])
            made = ndarray([_cast(v, name) for part in parts for v in part._flat], (len(parts), *parts[0].shape), name)
    else:
        name = getattr(value, "dtype_name", None) or ("bool" if isinstance(value, _python.bool) else "int64" if isinstance(value, int) else "float64")
        made = ndarray([_cast(value, name)], (), name)
    if dtype is not None:
        made = made.astype(dtype)
    return made.reshape([1] * (ndmin - made.ndim) + list(made.shape)) if made.ndim < ndmin else made


def asarray(value, dtype=None):
    if isinstance(value, ndarray) and (dtype is None or value._name == _name_of(dtype)):
        return value
    return array(value, dtype)


_ORDER = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64"]


def _together(*names):
    name = _python.max(names, key=lambda n: _ORDER.index(n) if n in _ORDER else 5)
    if name == "float32" and _python.any(n in ("int32", "int64") for n in names):
        return "float64"
    return name


def _floating_name(*arrays):
    name = _together(*[x._name for x in arrays])
    return name if "float" in name else "float64"


def _done(array_):
    """A result without axes is a scalar."""
    return _scalar(array_._flat[0], array_._name) if not array_.shape else array_


def _map(f, x, name=None):
    x = asarray(x)
    name = name or x._name
    return _done(ndarray([_cast(f(v), name) for v in x._flat], x.shape, name))


def _broadcast_shape(a, b):
    rank = _python.max(len(a), len(b))
    out = []
    for x, y in zip((1,) * (rank - len(a)) + tuple(a), (1,) * (rank - len(b)) + tuple(b)):
        if x != y and 1 not in (x, y):
            raise ValueError(f"operands could not be broadcast together with shapes {_tuple_text(a)} {_tuple_text(b)}")
        out.append(y if x == 1 else x)
    return tuple(out)


def _tuple_text(shape):
    return "(" + ",".join(map(str, shape)) + (",)" if len(shape) == 1 else ")")


def _broadcast_flat(x, shape):
    if x.shape == tuple(shape):
        return x._flat
    if x.size == 1:
        return x._flat * _math.prod(shape)
    own = (1,) * (len(shape) - x.ndim) + x.shape
    strides = _strides(own)
    places = [0]
    for d, o, s in zip(shape, own, strides):
        places = [p + (0 if o == 1 else i * s) for p in places for i in range(d)]
    return [x._flat[p] for p in places]


def _strides(shape):
    strides, step = [], 1
    for d in reversed(shape):
        strides.append(step)
        step *= d
    return strides[::-1]


def _binary(f, a, b, name=None, divides=False):
    x, y = asarray(a), asarray(b)
    if name is None:
        name = _promoted(x, y)
        if divides and "float" not in name:
            name = "float64"
    shape = _broadcast_shape(x.shape, y.shape)
    pairs = zip(_broadcast_flat(x, shape), _broadcast_flat(y, shape))
    return _done(ndarray([_cast(f(p, q), name) for p, q in pairs], shape, name))


def _promoted(x, y):
    """The dtype of what two arrays make. Beside an array with axes one without says no more than its kind, and Python's numbers are such."""
    if (x.shape == ()) != (y.shape == ()):
        whole, scalar = (x, y) if x.shape else (y, x)
        if _kind(scalar._name) <= _kind(whole._name):
            return whole._name
    return _together(x._name, y._name)


def _kind(name):
    return 0 if name == "bool" else 2 if "float" in name else 1


def _divide(p, q):
    try:
        return p / q
    except ZeroDivisionError:
        return nan if p == 0 or p != p else _math.copysign(inf, p) * _math.copysign(1.0, q)


def _power(p, q):
    try:
        found = p**q
        return nan if isinstance(found, complex) else found
    except ZeroDivisionError:
        return inf
    except OverflowError:
        return inf


def _operators():
    import operator

    table = {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "truediv": _divide, "floordiv": operator.floordiv, "mod": operator.mod, "pow": _power}
    for name, f in table.items():

        def forward(self, other, f=f, name=name):
            return NotImplemented if _is_tensor(other) else _binary(f, self, other, divides=name == "truediv")

        def backward(self, other, f=f, name=name):
            return NotImplemented if _is_tensor(other) else _binary(f, other, self, divides=name == "truediv")

        setattr(ndarray, f"__{name}__", forward)
        setattr(ndarray, f"__r{name}__", backward)
    for kind in (_Float, _Int):
        for name, f in table.items():

            def of_scalars(self, other, f=f, divides=name == "truediv"):
                return _binary(f, self, other, divides=divides) if isinstance(other, (int, float)) else NotImplemented

            def from_right(self, other, f=f, divides=name == "truediv"):
                return _binary(f, other, self, divides=divides) if isinstance(other, (int, float)) else NotImplemented

            setattr(kind, f"__{name}__", of_scalars)
            setattr(kind, f"__r{name}__", from_right)
    for name in ("lt", "le", "gt", "ge", "eq", "ne"):

        def compare(self, other, f=getattr(operator, name)):
            return NotImplemented if _is_tensor(other) else _binary(f, self, other, name="bool")

        setattr(ndarray, f"__{name}__", compare)
    for name in ("and", "or"):

        def logical(self, other, f=getattr(operator, f"{name}_")):
            return _binary(f, self, other)

        setattr(ndarray, f"__{name}__", logical)


_operators()


def _places(shape, key):
    """The places in the flat list that a basic index takes, and the shape of the result."""
    keys = key if isinstance(key, tuple) else (key,)
    used = _python.sum(1 for k in keys if k is not None and k is not Ellipsis)
    if used > len(shape):
        raise IndexError(f"too many indices for array: array is {len(shape)}-dimensional, but {used} were indexed")
    if Ellipsis not in [k for k in keys if k is Ellipsis]:
        keys = (*keys, Ellipsis)
    strides = _strides(shape)
    places, out, axis = [0], [], 0
    for k in keys:
        if k is Ellipsis:
            for _ in range(len(shape) - used):
                places = [p + i * strides[axis] for p in places for i in range(shape[axis])]
                out.append(shape[axis])
                axis += 1
        elif k is None:
            out.append(1)
        elif isinstance(k, slice):
            picked = range(shape[axis])[k]
            places = [p + i * strides[axis] for p in places for i in picked]
            out.append(len(picked))
            axis += 1
        else:
            at = int(k)
            if not -shape[axis] <= at < shape[axis]:
                raise IndexError(f"index {at} is out of bounds for axis {axis} with size {shape[axis]}")
            at %= shape[axis]
            places = [p + at * strides[axis] for p in places]
            axis += 1
    return places, tuple(out)


def _item(x, key):
    places, shape = _places(x.shape, key)
    return _done(ndarray([x._flat[p] for p in places], shape, x._name))


# ------------------------------------------------------------------------------------------------ making arrays


def _shape_of(shape):
    return (int(shape),) if isinstance(shape, int) else tuple(int(d) for d in shape)


def full(shape, fill_value, dtype=None):
    shape = _shape_of(shape)
    name = _name_of(dtype) if dtype is not None else asarray(fill_value)._name
    return ndarray([_cast(fill_value, name)] * _math.prod(shape), shape, name)


def zeros(shape, dtype="float64"):
    return full(shape, 0, dtype)


def ones(shape, dtype="float64"):
    return full(shape, 1, dtype)


empty = zeros


def zeros_like(x, dtype=None):
    return zeros(asarray(x).shape, dtype or asarray(x)._name)


def ones_like(x, dtype=None):
    return ones(asarray(x).shape, dtype or asarray(x)._name)


def eye(n, m=None, dtype="float64"):
    m = n if m is None else m
    name = _name_of(dtype)
    return ndarray([_cast(i == j, name) for i in range(n) for j in range(m)], (n, m), name)


identity = eye


def arange(start, stop=None, step=1, dtype=None):
    if stop is None:
        start, stop = 0, start
    count = _python.max(0, _math.ceil((stop - start) / step))
    kind = _name_of(dtype or ("float64" if _python.any(isinstance(v, float) for v in (start, stop, step)) else "int64"))
    return ndarray([_cast(start + i * step, kind) for i in range(count)], (count,), kind)


def linspace(start, stop, num=50, endpoint=True, dtype=None):
    step = (stop - start) / _python.max(num - (1 if endpoint else 0), 1)
    return array([float(start + i * step) for i in range(num)], dtype)


def stack(arrays, axis=0):
    arrays = [asarray(a) for a in arrays]
    axis = axis + arrays[0].ndim + 1 if axis < 0 else axis
    return concatenate([a.reshape(list(a.shape[:axis]) + [1] + list(a.shape[axis:])) for a in arrays], axis)


def concatenate(arrays, axis=0):
    arrays = [asarray(a) for a in arrays]
    axis = axis + arrays[0].ndim if axis < 0 else axis
    name = _together(*[a._name for a in arrays])
    outer = _math.prod(arrays[0].shape[:axis])
    flat = []
    for row in range(outer):
        for a in arrays:
            width = _math.prod(a.shape[axis:])
            flat += [_cast(v, name) for v in a._flat[row * width : (row + 1) * width]]
    shape = list(arrays[0].shape)
    shape[axis] = _python.sum(a.shape[axis] for a in arrays)
    return ndarray(flat, shape, name)


def transpose(x, axes=None):
    x = asarray(x)
    axes = list(axes) if axes else list(range(x.ndim))[::-1]
    strides = _strides(x.shape)
    places = [0]
    for axis in axes:
        places = [p + i * strides[axis] for p in places for i in range(x.shape[axis])]
    return ndarray([x._flat[p] for p in places], [x.shape[a] for a in axes], x._name)


def reshape(x, shape):
    return asarray(x).reshape(shape)


def ravel(x):
    return asarray(x).flatten()


def atleast_1d(x):
    x = asarray(_plain(x))
    return x if x.ndim else x.reshape(1)


def atleast_2d(x):
    x = atleast_1d(x)
    return x if x.ndim > 1 else x.reshape(1, -1)


def vstack(arrays):
    return concatenate([atleast_2d(a) for a in arrays], 0)


def hstack(arrays):
    arrays = [atleast_1d(a) for a in arrays]
    return concatenate(arrays, 0 if arrays[0].ndim == 1 else 1)


def column_stack(arrays):
    return concatenate([a.reshape(-1, 1) if a.ndim < 2 else a for a in map(asarray, arrays)], 1)


def append(x, values, axis=None):
    return concatenate([ravel(x), ravel(values)], 0) if axis is None else concatenate([x, values], axis)


def tile(x, reps):
    x, reps = asarray(x), _shape_of(reps)
    x = x.reshape([1] * (len(reps) - x.ndim) + list(x.shape))
    for axis, times in enumerate((1,) * (x.ndim - len(reps)) + reps):
        x = concatenate([x] * times, axis)
    return x


def roll(x, shift, axis=None):
    x = asarray(x)
    flat = ravel(x) if axis is None else x
    size = flat.shape[axis or 0]
    return take(flat, [(i - shift) % size for i in range(size)], axis or 0).reshape(x.shape)


def flip(x, axis=None):
    x = asarray(x)
    axes = range(x.ndim) if axis is None else (axis,) if isinstance(axis, int) else axis
    return x[tuple(slice(None, None, -1) if i in [a % x.ndim for a in axes] else slice(None) for i in range(x.ndim))]


def diff(x, n=1, axis=-1):
    x = asarray(x)
    before = (slice(None),) * (axis % x.ndim)
    for _ in range(n):
        x = x[(*before, slice(1, None))] - x[(*before, slice(None, -1))]
    return x


def diag(x, k=0):
    x = asarray(_plain(x))
    if x.ndim == 1:
        n = x.shape[0] + _python.abs(k)
        start = k if k >= 0 else -k * n
        flat = [_cast(0, x._name)] * (n * n)
        for i, v in enumerate(x._flat):
            flat[start + i * (n + 1)] = v
        return ndarray(flat, (n, n), x._name)
    rows, columns = x.shape
    return array([x._flat[i * columns + i + k] for i in range(rows) if 0 <= i + k < columns], dtype=x._name)


def trace(x):
    return diag(x).sum()


def triu(x, k=0):
    return _band(x, lambda i, j: j - i >= k)


def tril(x, k=0):
    return _band(x, lambda i, j: j - i <= k)


def _band(x, keeps):
    x = asarray(x)
    width = x.shape[-1]
    return ndarray([v if keeps(p // width, p % width) else _cast(0, x._name) for p, v in enumerate(x._flat)], x.shape, x._name)


def meshgrid(*arrays, indexing="xy"):
    arrays = [asarray(a) for a in arrays]
    n = len(arrays)
    places = [1, 0, *range(2, n)] if indexing == "xy" and n > 1 else list(range(n))
    shape = [0] * n
    for a, place in zip(arrays, places):
        shape[place] = a.size
    made = [a.reshape([-1 if i == place else 1 for i in range(n)]) for a, place in zip(arrays, places)]
    return [ndarray(list(_broadcast_flat(a, shape)), shape, a._name) for a in made]


def logspace(start, stop, num=50, endpoint=True, base=10.0):
    return base ** linspace(start, stop, num, endpoint)


def full_like(x, fill_value, dtype=None):
    x = asarray(x)
    return full(x.shape, fill_value, dtype or x._name)


def empty_like(x, dtype=None):
    return zeros_like(x, dtype)


def ascontiguousarray(x, dtype=None):
    return asarray(x, dtype)


def expand_dims(x, axis):
    x = asarray(x)
    axis = axis + x.ndim + 1 if axis < 0 else axis
    return x.reshape(list(x.shape[:axis]) + [1] + list(x.shape[axis:]))


def copy(x):
    return asarray(_plain(x)).copy()


def repeat(x, repeats, axis=None):
    x = asarray(_plain(x))
    x, axis = (reshape(x, (-1,)), 0) if axis is None else (x, axis % x.ndim)
    return take(x, [i for i in range(x.shape[axis]) for _ in range(repeats if isinstance(repeats, int) else repeats[i])], axis)


def take(x, indices, axis=None):
    x = asarray(_plain(x))
    x, axis = (reshape(x, (-1,)), 0) if axis is None else (x, axis % x.ndim)
    indices = asarray(_plain(indices))
    if indices.ndim > 1:
        raise _NotSupported("numpy.take of more than a row of indices is not supported by Tape Lens yet")
    found = [x[(slice(None),) * axis + (int(i),)] for i in indices._flat]
    return stack(found, axis) if indices.ndim else found[0]


def outer(a, b):
    return asarray(_plain(a)).reshape(-1, 1) * asarray(_plain(b)).reshape(1, -1)


def squeeze(x, axis=None):
    x = asarray(x)
    return x.reshape([d for i, d in enumerate(x.shape) if d != 1 or axis is not None and i != axis % x.ndim])


# ------------------------------------------------------------------------------------------------ arithmetic


def _floating(name, f):
    def function(x):
        if _is_tensor(x):
            x = x.__array__()
        x = asarray(x)

        def safe(v):
            try:
                return f(v)
            except OverflowError:
                return inf
            except ValueError:
                return nan if not (name.startswith("log") and v == 0) else -inf

        return _map(safe, x, x._name if "float" in x._name else "float64")

    function.__name__ = name
    return function


for _n, _f in {
    **{n: getattr(_math, n) for n in "sin cos tan sinh cosh tanh exp expm1 log log2 log10 log1p sqrt floor ceil".split()},
    "arcsin": _math.asin,
    "arccos": _math.acos,
    "arctan": _math.atan,
    "arcsinh": _math.asinh,
    "arccosh": _math.acosh,
    "arctanh": _math.atanh,
    "cbrt": lambda v: _math.copysign(_python.abs(v) ** (1 / 3), v),
    "exp2": lambda v: 2.0**v,
    "sinc": lambda v: 1.0 if v == 0 else _math.sin(pi * v) / (pi * v),
    "deg2rad": _math.radians,
    "radians": _math.radians,
    "rad2deg": _math.degrees,
    "degrees": _math.degrees,
    "rint": round,
    "square": lambda v: v * v,
    "reciprocal": lambda v: _divide(1.0, v),
}.items():
    globals()[_n] = _floating(_n, _f)
del _n, _f


def absolute(x):
    return _map(_python.abs, x)


abs = absolute


def negative(x):
    return _map(lambda v: -v, x)


def logical_and(a, b):
    return _binary(lambda p, q: p and q, a, b, name="bool")


def logical_or(a, b):
    return _binary(lambda p, q: p or q, a, b, name="bool")


def logical_not(x):
    return _map(lambda v: not v, x, "bool")


def arctan2(a, b):
    return _binary(_math.atan2, _plain(a), _plain(b), divides=True)


def hypot(a, b):
    return _binary(_math.hypot, _plain(a), _plain(b), divides=True)


def mod(a, b):
    return asarray(a) % b


def sign(x):
    return _map(lambda v: (v > 0) - (v < 0), x)


def isnan(x):
    return _map(lambda v: v != v, x, "bool")


def isinf(x):
    return _map(lambda v: _math.isinf(v), x, "bool")


def isfinite(x):
    return _map(lambda v: _math.isfinite(v), x, "bool")


def round(x, decimals=0):
    return _map(lambda v: _python.round(v, decimals), x)


around = round


def add(a, b):
    return asarray(a) + b


def subtract(a, b):
    return asarray(a) - b


def multiply(a, b):
    return asarray(a) * b


def divide(a, b):
    return asarray(a) / b


def power(a, b):
    return asarray(a) ** b


def maximum(a, b):
    return _binary(_python.max, a, b)


def minimum(a, b):
    return _binary(_python.min, a, b)


def clip(x, low=None, high=None):
    x = x if low is None else maximum(x, low)
    return x if high is None else minimum(x, high)


def where(condition, x=None, y=None):
    if x is None:
        raise _NotSupported("numpy.where with one argument is not supported by Tape Lens yet")
    c, x, y = asarray(condition), asarray(x), asarray(y)
    shape = _broadcast_shape(c.shape, _broadcast_shape(x.shape, y.shape))
    name = _together(x._name, y._name)
    flats = [_broadcast_flat(v, shape) for v in (c, x, y)]
    return _done(ndarray([_cast(p if k else q, name) for k, p, q in zip(*flats)], shape, name))


def matmul(a, b):
    a, b = asarray(a), asarray(b)
    left = a.reshape(1, -1) if a.ndim == 1 else a
    right = b.reshape(-1, 1) if b.ndim == 1 else b
    if left.ndim != 2 or right.ndim != 2:
        raise _NotSupported("numpy.matmul of more than two dimensions is not supported by Tape Lens yet")
    (n, m), (k, p) = left.shape, right.shape
    if m != k:
        raise ValueError(f"matmul: Input operand 1 has a mismatch in its core dimension 0 (size {k} is different from {m})")
    name = _together(a._name, b._name)
    columns = [right._flat[j::p] for j in range(p)]
    flat = [_cast(_python.sum(x * y for x, y in zip(left._flat[i * m : (i + 1) * m], column)), name) for i in range(n) for column in columns]
    shape = ([n] if a.ndim > 1 else []) + ([p] if b.ndim > 1 else [])
    return _done(ndarray(flat, shape, name))


dot = matmul


# ------------------------------------------------------------------------------------------------ reductions


def _reduction(name, f, result=None):
    def function(x, axis=None, keepdims=False, **_):
        x = x.__array__() if _is_tensor(x) else x
        x = asarray(x)
        kind = result(x._name) if result else x._name
        axes = tuple(range(x.ndim)) if axis is None else tuple(a % x.ndim for a in ((axis,) if isinstance(axis, int) else axis))
        kept = [i for i in range(x.ndim) if i not in axes]
        moved = transpose(x, kept + list(axes)) if x.ndim > 1 else x
        width = _math.prod(x.shape[a] for a in axes)
        flat = [_cast(f(moved._flat[i : i + width]), kind) for i in range(0, _python.max(x.size, 1), _python.max(width, 1))]
        shape = [1 if i in axes else d for i, d in enumerate(x.shape)] if keepdims else [x.shape[i] for i in kept]
        return _done(ndarray(flat, shape, kind))

    function.__name__ = name
    setattr(ndarray, name, function)
    return function


_float_of = lambda name: name if "float" in name else "float64"
_sum_of = lambda name: "int64" if name == "bool" else name
sum = _reduction("sum", _math.fsum, _sum_of)
prod = _reduction("prod", _math.prod, _sum_of)
mean = _reduction("mean", lambda v: _math.fsum(v) / len(v), _float_of)
max = _reduction("max", _python.max)
min = _reduction("min", _python.min)
any = _reduction("any", _python.any, lambda _: "bool")
all = _reduction("all", _python.all, lambda _: "bool")
argmax = _reduction("argmax", lambda v: v.index(_python.max(v)), lambda _: "int64")
argmin = _reduction("argmin", lambda v: v.index(_python.min(v)), lambda _: "int64")
var = _reduction("var", lambda v: _math.fsum((x - _math.fsum(v) / len(v)) ** 2 for x in v) / len(v), _float_of)
std = _reduction("std", lambda v: _math.sqrt(_math.fsum((x - _math.fsum(v) / len(v)) ** 2 for x in v) / len(v)), _float_of)
amax, amin = max, min


def _middle(values):
    values, n = sorted(values), len(values)
    return (values[(n - 1) // 2] + values[n // 2]) / 2


median = _reduction("median", _middle, _float_of)
del ndarray.median


def average(x, axis=None, weights=None):
    return mean(x, axis) if weights is None else sum(asarray(x) * weights, axis) / sum(weights)


def _running(name, f):
    """What comes of one number after the other, along an axis or through all of them."""

    def function(x, axis=None, dtype=None):
        x = asarray(x.__array__() if _is_tensor(x) else x)
        kind = _name_of(dtype) if dtype is not None else _sum_of(x._name)
        if axis is None:
            x = reshape(x, (-1,))
        axis = 0 if axis is None else axis % x.ndim
        kept = [i for i in range(x.ndim) if i != axis]
        moved = transpose(x, kept + [axis]) if x.ndim > 1 else x
        width = x.shape[axis]
        flat = []
        for i in range(0, x.size, _python.max(width, 1)):
            total = None
            for value in moved._flat[i : i + width]:
                total = _cast(value if total is None else f(total, value), kind)
                flat.append(total)
        back = ndarray(flat, tuple(moved.shape), kind)
        return transpose(back, sorted(range(x.ndim), key=(kept + [axis]).__getitem__)) if x.ndim > 1 else back

    function.__name__ = name
    setattr(ndarray, name, function)
    return function


cumsum = _running("cumsum", lambda a, b: a + b)
cumprod = _running("cumprod", lambda a, b: a * b)


def _along(x, axis, f, kind):
    """What a function makes of each row along an axis, of the same length."""
    x = asarray(_plain(x))
    if axis is None:
        x, axis = reshape(x, (-1,)), 0
    axis %= x.ndim
    kept = [i for i in range(x.ndim) if i != axis]
    moved = transpose(x, kept + [axis]) if x.ndim > 1 else x
    width = x.shape[axis]
    flat = [v for i in range(0, x.size, _python.max(width, 1)) for v in f(moved._flat[i : i + width])]
    made = ndarray(flat, tuple(moved.shape), kind or x._name)
    return transpose(made, sorted(range(x.ndim), key=(kept + [axis]).__getitem__)) if x.ndim > 1 else made


def argsort(x, axis=-1, kind=None, order=None):
    """Of equal numbers the first comes first, as in numpy's stable ways."""
    return _along(x, axis, lambda row: sorted(range(len(row)), key=row.__getitem__), "int64")


def sort(x, axis=-1, kind=None, order=None):
    return _along(x, axis, sorted, None)


ndarray.argsort = argsort


def isclose(a, b, rtol=1e-05, atol=1e-08):
    return _binary(lambda p, q: p == q or _python.abs(p - q) <= atol + rtol * _python.abs(q), _plain(a), _plain(b), name="bool")


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return _python.bool(all(_binary(lambda p, q: _python.abs(p - q) <= atol + rtol * _python.abs(q) or (equal_nan and p != p and q != q), _plain(a), _plain(b), name="bool")))


def array_equal(a, b):
    a, b = asarray(_plain(a)), asarray(_plain(b))
    return a.shape == b.shape and a._flat == b._flat


def shape(x):
    return asarray(x).shape


def ndim(x):
    return asarray(x).ndim


def size(x):
    return asarray(x).size


def _plain(x):
    return x.__array__() if _is_tensor(x) else x


# ------------------------------------------------------------------------------------------------ printing


def _shortest(value, name):
    """The fewest digits that give the same number back."""
    if value != value:
        return "nan"
    if _math.isinf(value):
        return "inf" if value > 0 else "-inf"
    text = _digits(value, name)
    size = _python.abs(value)
    if size != 0 and (size >= 1e16 or size < 1e-4):
        mantissa, _, exponent = f"{float(text):e}".partition("e")
        digits = _digits(float(text), name, True)
        return digits
    text = _fixed(float(text))
    return text


def _digits(value, name, exponent=False):
    if name == "float64":
        return _scientific(repr(value)) if exponent else repr(value)
    for precision in range(1, 10):
        text = f"{value:.{precision}g}"
        if _store(float(text), name if name != "float16" else "float32") == value:
            return _scientific(f"{value:.{precision - 1}e}") if exponent else text
    return _scientific(f"{value:.8e}") if exponent else text


def _scientific(text):
    mantissa, _, power = (text if "e" in text else f"{float(text):e}").partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{power[0] if power[0] in '+-' else '+'}{power.lstrip('+-').zfill(2)}"


def _fixed(value):
    text = repr(value)
    if "e" in text:
        text = f"{value:.20f}".rstrip("0")
    return text + "0" if text.endswith(".") else text


def _element_texts(x):
    """Every element as numpy writes it in an array: aligned, with as many digits as the most demanding one, at most eight."""
    flat = x._flat
    if x._name == "bool":
        texts = [" True" if v else "False" for v in flat]
    elif "float" not in x._name:
        texts = [str(int(v)) for v in flat]
    else:
        # As many digits as the most demanding element needs; a fixed point unless the sizes are too far apart.
        finite = [float(v) for v in flat if _math.isfinite(v)]
        sizes = [_python.abs(v) for v in finite if v != 0]
        if sizes and (_python.max(sizes) >= 1e8 or _python.min(sizes) < 1e-4 or _python.max(sizes) / _python.min(sizes) > 1000):
            texts = _exponent_texts(flat, x._name)
        else:
            digits = 0
            for v in finite:
                text = _fixed(float(f"{float(_digits(v, x._name)):.8f}"))
                digits = _python.max(digits, len(text.partition(".")[2].rstrip("0")))
            texts = [_trimmed(_padded(v, digits), digits) for v in flat]
    return _right(texts)


def _padded(v, digits):
    if not _math.isfinite(v):
        return "nan" if v != v else "inf" if v > 0 else "-inf"
    return f"{float(v):.{digits}f}" + ("." if digits == 0 else "")


def _trimmed(text, digits):
    """Zeros at the end are spaces, so that the points stay aligned."""
    if "." not in text:
        return text
    return text.rstrip("0").ljust(len(text)) if digits else text


def _exponent_texts(flat, name):
    digits = 0
    for v in flat:
        if _math.isfinite(v):
            digits = _python.max(digits, _python.min(8, len(_digits(float(v), name, True).partition("e")[0].partition(".")[2])))
    texts = []
    for v in flat:
        if not _math.isfinite(v):
            texts.append("nan" if v != v else "inf" if v > 0 else "-inf")
        else:
            mantissa, _, power = f"{float(v):.{digits}e}".partition("e")
            texts.append(f"{mantissa}{'.' if digits == 0 else ''}e{power}")
    return texts


def _right(texts):
    width = _python.max((len(t) for t in texts), default=0)
    return [t.rjust(width) for t in texts]


_LINE = 75
_THRESHOLD = 1000
_EDGE = 3


def _array_text(x, separator, indent):
    if not x.shape:
        return str(_scalar(x._flat[0], x._name))
    if x.size == 0:
        return "[]"
    summary = x.size > _THRESHOLD
    places = _summarised(x.shape, summary)
    shown = ndarray([x._flat[p] for p in _leaves(places)], (len(list(_leaves(places))),), x._name)
    texts = dict(zip(_leaves(places), _element_texts(shown)))
    return _block(places, texts, separator, indent + " ", len(x.shape))


def _summarised(shape, summary, start=0):
    if not shape:
        return start
    step = _math.prod(shape[1:])
    rows = range(shape[0])
    picked = list(rows) if not summary or shape[0] <= 2 * _EDGE else [*rows[:_EDGE], None, *rows[-_EDGE:]]
    return [None if r is None else _summarised(shape[1:], summary, start + r * step) for r in picked]


def _leaves(places):
    for p in places:
        if isinstance(p, list):
            yield from _leaves(p)
        elif p is not None:
            yield p


def _block(places, texts, separator, indent, rank):
    if rank == 1:
        lines, line = [], ""
        for i, p in enumerate(places):
            word = "..." if p is None else texts[p]
            last = i == len(places) - 1
            if line and len(indent) + len(line) + len(word) + (1 if last else len(separator.rstrip())) > _LINE:
                lines.append(line.rstrip())
                line = ""
            line += word + ("" if last else separator)
        lines.append(line)
        return "[" + f"\n{indent}".join(lines) + "]"
    blank = separator.rstrip() + "\n" * (rank - 1) + indent
    return "[" + blank.join("..." if p is None else _block(p, texts, separator, indent + " ", rank - 1) for p in places) + "]"


def _dtype_text(x):
    return "" if x._name in ("float64", "int64", "bool") else f", dtype={x._name}"


def _literal(value):
    """As a tensor's repr shows its numbers."""
    return repr(value) if isinstance(value, ndarray) else str(value)


def set_printoptions(**_):
    return None


# ------------------------------------------------------------------------------------------------ random numbers


# How far from one probabilities may sum up to: the root of what a dtype can tell apart.
_TOLERANCES = {"float32": 3.5e-4, "float16": 3.2e-2}


class _Random:
    """What draws numbers, as `numpy.random` and its generators do: the names that programs use most. The numbers are not numpy's own."""

    # Methods that the other kinds have: to ask for them is a mistake of the program's.
    _strange = frozenset()

    def __init__(self, seed=None):
        self._begin(seed)

    def __getattr__(self, name):
        if name.startswith("_") or name in self._strange:
            raise AttributeError(f"'{self._class_name}' object has no attribute {name!r}")
        raise _NotSupported(f"numpy.random.{name} is not supported by Tape Lens yet")

    def _begin(self, seed=None):
        self._seed, self._drawn_from = seed, None

    @property
    def _source(self):
        """Made when the first number is drawn: most programs draw none."""
        if self._drawn_from is None:
            self._drawn_from = _random.Random(self._seed)
        return self._drawn_from

    def _draw(self, size, draw, *parameters, name="float64"):
        """As many as asked for; without a size, a number for each of the parameters'."""
        given = [asarray(_plain(p)) for p in parameters]
        shape = () if size is None else _shape_of(size)
        if size is None:
            for p in given:
                shape = _broadcast_shape(shape, p.shape)
        flats = [_broadcast_flat(p, shape) for p in given]
        return _done(ndarray([_cast(draw(*(flat[i] for flat in flats)), name) for i in range(_math.prod(shape))], shape, name))

    def random(self, size=None):
        return self._draw(size, self._source.random)

    def normal(self, loc=0.0, scale=1.0, size=None):
        return self._draw(size, self._source.gauss, loc, scale)

    def standard_normal(self, size=None, dtype="float64"):
        return self._draw(size, lambda: self._source.gauss(0.0, 1.0), name=_name_of(dtype))

    def uniform(self, low=0.0, high=1.0, size=None):
        return self._draw(size, self._source.uniform, low, high)

    def exponential(self, scale=1.0, size=None):
        return self._draw(size, lambda s: self._source.expovariate(1.0) * s, scale)

    def laplace(self, loc=0.0, scale=1.0, size=None):
        return self._draw(size, lambda m, s: m + s * (self._source.expovariate(1.0) - self._source.expovariate(1.0)), loc, scale)

    def _whole_numbers(self, low, high=None, size=None, dtype="int64"):
        low, high = (0, low) if high is None else (low, high)
        return self._draw(size, lambda a, b: self._source.randrange(int(a), int(b)), low, high, name=_name_of(dtype))

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        items = range(a) if isinstance(a, int) else asarray(_plain(a))
        count = 1 if size is None else _math.prod(_shape_of(size))
        if not replace and p is not None:
            raise _NotSupported("numpy.random.choice with probabilities and without replacement is not supported by Tape Lens yet")
        if p is not None:
            p = asarray(_plain(p))
            if _python.abs(_math.fsum(p._flat) - 1.0) > _TOLERANCES.get(p._name, 1.5e-8):
                raise ValueError("probabilities do not sum to 1")
            places = self._source.choices(range(len(items)), p._flat, k=count)
        else:
            places = self._source.choices(range(len(items)), k=count) if replace else self._source.sample(range(len(items)), count)
        if size is None:
            return _scalar(places[0], "int64") if isinstance(a, int) else items[places[0]]
        found = array(places) if isinstance(a, int) else stack([items[i] for i in places])
        return found.reshape(*_shape_of(size), *found.shape[1:])

    def shuffle(self, x):
        items = [row.copy() if isinstance(row, ndarray) else row for row in x]
        self._source.shuffle(items)
        for at, item in enumerate(items):
            x[at] = item

    def permutation(self, n):
        items = list(range(n)) if isinstance(n, int) else list(n)
        self._source.shuffle(items)
        return array(items)


class _Generator(_Random):
    _class_name = "numpy.random._generator.Generator"
    _strange = frozenset(["rand", "randn", "randint", "random_sample", "sample", "ranf", "seed", "get_state", "set_state"])

    integers = _Random._whole_numbers


class _RandomState(_Random):
    _class_name = "numpy.random.mtrand.RandomState"
    _strange = frozenset(["integers", "permuted", "spawn"])

    seed = _Random._begin
    randint = _Random._whole_numbers
    random_sample = _Random.random

    def rand(self, *shape):
        return self.random(shape or None)

    def randn(self, *shape):
        return self.standard_normal(shape or None)


class _Module(_RandomState):
    RandomState = _RandomState
    Generator = _Generator

    def default_rng(self, seed=None):
        return _Generator(seed)


random = _Module()

from .linalg import LinAlgError as _LinAlgError  # noqa: E402
