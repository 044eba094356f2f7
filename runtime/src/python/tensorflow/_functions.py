"""What of TensorFlow is protocol and not arithmetic: `tf.nest`, `tf.Module`, and the table of such names."""
import contextlib

from _tape_lens import bridge, catalog, nest

from . import _autograph, _control, _custom_gradient, _derivatives, _function, _graph, _python_functions
from ._dtypes import DTYPES, TensorShape, as_dtype
from ._tensor_array import TensorArray
from ._tensors import SymbolicTensor, Tensor, Variable, is_tensor


class Module:
    def __init__(self, name=None):
        self._name = name or type(self).__name__.lower()

    @property
    def name(self):
        return getattr(self, "_name", type(self).__name__.lower())

    @property
    def variables(self):
        return tuple(_flatten(self, Variable, {id(self)}))

    @property
    def trainable_variables(self):
        return tuple(v for v in Module.variables.fget(self) if v.trainable)

    @property
    def non_trainable_variables(self):
        return tuple(v for v in Module.variables.fget(self) if not v.trainable)

    @property
    def submodules(self):
        return tuple(_flatten(self, Module, {id(self)}))


def _parts(module):
    """A module's attributes, by their names."""
    own = getattr(module, "_module_parts_", None)
    attributes = vars(module)
    return own() if own is not None else [attributes[name] for name in sorted(attributes)]


def _flatten(module, kind, seen):
    """What a module holds: of itself first, then of the modules in it. TensorFlow: python/module/module.py, _flatten_module."""
    modules = []
    for part in _parts(module):
        for leaf in nest.flatten(part):
            if not isinstance(leaf, (Variable, Module)) or id(leaf) in seen:
                continue
            seen.add(id(leaf))
            if isinstance(leaf, kind):
                yield leaf
            if isinstance(leaf, Module):
                modules.append(leaf)
    for inner in modules:
        yield from _flatten(inner, kind, seen)


def set_seed(seed):
    bridge.js().seed(seed)


def tf_print(*inputs, output_stream=None, summarize=3, sep=" ", end="\n", name=None):
    """`tf.print`: to stderr, whenever it is carried out."""
    import sys

    flat = nest.flatten(inputs)

    def write(*values):
        rest = iter(values)
        shown = nest.pack_sequence_as(inputs, [next(rest).numpy() if is_tensor(v) else v for v in flat])
        print(*[str(v) for v in shown], sep=sep, end=end, file=sys.stdout if output_stream in (sys.stdout, "file:///dev/stdout") else sys.stderr)

    _control.effect(write, *[v.value() if isinstance(v, Variable) else v for v in flat if is_tensor(v)])


@contextlib.contextmanager
def control_dependencies(control_inputs):
    """`tf.control_dependencies`: everything happens in the order of the program anyway."""
    yield


def group(*inputs, **_):
    return None


def no_op(name=None):
    return None


@contextlib.contextmanager
def name_scope(name):
    yield name


def ensure_shape(x, shape, name=None):
    """`tf.ensure_shape`: a shape that leaves sizes open is fine here."""
    return bridge.call("tf.ensure_shape", (x, shape.dims if isinstance(shape, TensorShape) else shape, name))


def table(tf):
    """Names beyond the core's table."""
    names = {
        "function": _function.function,
        "TensorSpec": _function.TensorSpec,
        "custom_gradient": _custom_gradient.custom_gradient,
        "recompute_grad": _custom_gradient.recompute_grad,
        "grad_pass_through": _custom_gradient.grad_pass_through,
        "py_function": _python_functions.py_function,
        "numpy_function": _python_functions.numpy_function,
        "gradients": _derivatives.gradients,
        "hessians": _derivatives.hessians,
        "autodiff.ForwardAccumulator": _derivatives.ForwardAccumulator,
        "Module": Module,
        "cond": _control.cond,
        "case": _control.case,
        "switch_case": _control.switch_case,
        "while_loop": _control.while_loop,
        "map_fn": _control.map_fn,
        "vectorized_map": _control.vectorized_map,
        "scan": _control.scan,
        "foldl": _control.foldl,
        "foldr": _control.foldr,
        "range": _control.tensor_range,
        "ensure_shape": ensure_shape,
        "TensorArray": TensorArray,
        "Assert": _control.assert_true,
        "debugging.Assert": _control.assert_true,
        "control_dependencies": control_dependencies,
        "group": group,
        "no_op": no_op,
        "name_scope": name_scope,
        "init_scope": _graph.init_scope,
        "print": tf_print,
        "executing_eagerly": _graph.executing_eagerly,
        "inside_function": lambda: not _graph.executing_eagerly(),
        "is_tensor": is_tensor,
        "is_symbolic_tensor": lambda tensor: isinstance(tensor, SymbolicTensor),
        "as_dtype": as_dtype,
        "dtypes.as_dtype": as_dtype,
        "dtypes.DType": tf.DType,
        "random.set_seed": set_seed,
        "image.ResizeMethod": type("ResizeMethod", (), dict(catalog.resize_methods)),
        "autodiff.GradientTape": tf.GradientTape,
        "autograph.experimental.do_not_convert": _autograph.do_not_convert,
        "autograph.experimental.set_loop_options": _control.set_loop_options,
        "autograph.set_verbosity": lambda level, alsologtostdout=False: None,
        "config.run_functions_eagerly": _function.run_functions_eagerly,
        "config.functions_run_eagerly": _function.functions_run_eagerly,
        "config.experimental_run_functions_eagerly": _function.run_functions_eagerly,
        "config.list_physical_devices": lambda device_type=None: [],
    }
    for name in ("flatten", "pack_sequence_as", "map_structure", "assert_same_structure", "is_nested"):
        names[f"nest.{name}"] = getattr(nest, name)
    for name, dtype in DTYPES.items():
        names[f"dtypes.{name}"] = dtype
    return names
