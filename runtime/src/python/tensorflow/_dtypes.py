"""`tf.DType` and `tf.TensorShape`."""

_NAMES = (
    "float16 bfloat16 float32 float64 complex64 complex128 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool string resource"
).split()


class DType:
    def __init__(self, name):
        self.name = name

    def _pack_(self, codes, out):
        codes.append("d")
        out.append(self.name)

    @property
    def is_floating(self):
        return "float" in self.name

    @property
    def is_integer(self):
        return "int" in self.name

    @property
    def is_complex(self):
        return self.name.startswith("complex")

    @property
    def is_bool(self):
        return self.name == "bool"

    @property
    def is_differentiable(self):
        return self.is_floating or self.is_complex or self.name == "resource"

    @property
    def as_numpy_dtype(self):
        import numpy

        return getattr(numpy, {"bool": "bool_", "string": "object_"}.get(self.name, self.name))

    @property
    def base_dtype(self):
        return self

    @property
    def real_dtype(self):
        return {"complex64": DTYPES["float32"], "complex128": DTYPES["float64"]}.get(self.name, self)

    def __eq__(self, other):
        try:
            return other is not None and self.name == as_dtype(other).name
        except TypeError:
            return False

    def __hash__(self):
        return hash(self.name)

    def __repr__(self):
        return f"tf.{self.name}"

    def __str__(self):
        return f"<dtype: '{self.name}'>"


DTYPES = {name: DType(name) for name in _NAMES}
_PYTHON = {float: "float32", int: "int32", bool: "bool", str: "string", complex: "complex128"}
# The numbers of TensorFlow's own enumeration: core/framework/types.proto.
_ENUMERATED = dict(zip(
    (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 17, 18, 19, 20, 22, 23),
    "float32 float64 int32 uint8 int16 int8 string complex64 int64 bool bfloat16 uint16 complex128 float16 resource uint32 uint64".split(),
))


def as_dtype(value):
    """`tf.as_dtype`: a dtype from a dtype, its name, its number, a Python or numpy type, or what has a dtype."""
    if isinstance(value, DType):
        return value
    if isinstance(value, str) and value in DTYPES:
        return DTYPES[value]
    if isinstance(value, type) and value in _PYTHON:
        return DTYPES[_PYTHON[value]]
    if isinstance(value, (int, float)) and value in _ENUMERATED:
        return DTYPES[_ENUMERATED[value]]
    name = getattr(value, "name", None) or getattr(value, "__name__", None)
    name = {"bool_": "bool", "str_": "string"}.get(name, name)
    if isinstance(name, str) and name in DTYPES:
        return DTYPES[name]
    if not isinstance(value, str) and getattr(value, "dtype", None) is not None:
        return as_dtype(value.dtype)
    raise TypeError(f"Cannot convert the argument `type_value`: {value!r} to a TensorFlow DType.")


class Dimension(int):
    """A size as an object, as TensorFlow 1 had it."""

    @staticmethod
    def compatible(first, second):
        """Whether two sizes may be the same; None may be any."""
        return first is None or second is None or first == second


class TensorShape:
    _is_leaf_ = True

    def __init__(self, dims):
        if isinstance(dims, TensorShape):
            dims = dims._dims
        elif isinstance(dims, int):
            dims = (dims,)
        self._dims = None if dims is None else tuple(None if d is None or d == -1 else int(d) for d in dims)

    def _pack_(self, codes, out):
        if not self.is_fully_defined():
            raise ValueError(f"Cannot convert a partially known TensorShape {self} to a Tensor.")
        codes.append("[")
        for d in self._dims:
            codes.append("i")
            out.append(d)
        codes.append("]")

    @property
    def rank(self):
        return None if self._dims is None else len(self._dims)

    @property
    def ndims(self):
        return self.rank

    @property
    def dims(self):
        return None if self._dims is None else list(self._dims)

    def as_list(self):
        if self._dims is None:
            raise ValueError("as_list() is not defined on an unknown TensorShape.")
        return list(self._dims)

    def num_elements(self):
        if not self.is_fully_defined():
            return None
        size = 1
        for d in self._dims:
            size *= d
        return size

    def is_fully_defined(self):
        return self._dims is not None and None not in self._dims

    def with_rank_at_least(self, rank):
        if self.rank is not None and self.rank < rank:
            raise ValueError(f"Shape {self} must have rank at least {rank}")
        return self

    def with_rank(self, rank):
        if self.rank not in (None, rank):
            raise ValueError(f"Shape {self} must have rank {rank}")
        return self

    def is_at_least_as_known_as(self, other):
        """Whether every size that the other knows is the same here."""
        if other.dims is None:
            return True
        return self.rank == other.rank and all(b is None or a == b for a, b in zip(self._dims, other._dims))

    def is_compatible_with(self, other):
        other = TensorShape(other)
        if self._dims is None or other._dims is None:
            return True
        return len(self._dims) == len(other._dims) and all(a is None or b is None or a == b for a, b in zip(self._dims, other._dims))

    def assert_is_compatible_with(self, other):
        if not self.is_compatible_with(other):
            raise ValueError(f"Shapes {self} and {TensorShape(other)} are incompatible")

    def concatenate(self, other):
        return TensorShape(self._dims + TensorShape(other)._dims)

    def __len__(self):
        if self._dims is None:
            raise ValueError("Cannot take the length of shape with unknown rank.")
        return len(self._dims)

    def __bool__(self):
        return self._dims is not None

    def __iter__(self):
        return iter(self._dims)

    def __getitem__(self, key):
        found = self._dims[key]
        return TensorShape(found) if isinstance(key, slice) else found

    def __add__(self, other):
        return self.concatenate(other)

    def __radd__(self, other):
        return TensorShape(other).concatenate(self)

    def __eq__(self, other):
        try:
            return self._dims == TensorShape(other)._dims
        except TypeError:
            return False

    def __hash__(self):
        return hash(self._dims)

    def __str__(self):
        if self._dims is None:
            return "<unknown>"
        return "(" + ", ".join(map(str, self._dims)) + (",)" if len(self._dims) == 1 else ")")

    def __repr__(self):
        return f"TensorShape({None if self._dims is None else list(self._dims)})"
