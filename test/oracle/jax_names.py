"""TensorFlow's names for what JAX has, too: an expression of the table (generate/hessians.py) is evaluated by JAX from the same text. A name that is not here is not expressible."""
import types

import jax
import jax.numpy as jnp
import jax.scipy.special as special
from jax import lax


class NotExpressible(Exception):
    """JAX has nothing of this name."""


class Names:
    def __init__(self, path, table):
        self._path, self._table = path, table

    def __getattr__(self, name):
        path = f"{self._path}.{name}" if self._path else name
        if path in self._table:
            return self._table[path]
        if any(known.startswith(path + ".") for known in self._table):
            return Names(path, self._table)
        raise NotExpressible(path)


def _reduced(function):
    return lambda x, axis=None, keepdims=False: function(x, axis=axis, keepdims=keepdims)


def _matmul(a, b, transpose_a=False, transpose_b=False):
    a = jnp.swapaxes(a, -1, -2) if transpose_a else a
    b = jnp.swapaxes(b, -1, -2) if transpose_b else b
    return jnp.matmul(a, b)


def _concat(values, axis):
    return jnp.concatenate(values, axis)


def _split(x, count, axis=0):
    return jnp.split(x, count, axis)


def _pad(x, paddings, mode="CONSTANT", constant_values=0):
    if mode == "CONSTANT":
        return jnp.pad(x, paddings, constant_values=constant_values)
    return jnp.pad(x, paddings, mode={"REFLECT": "reflect", "SYMMETRIC": "symmetric"}[mode])


def _cumsum(x, axis=0, exclusive=False, reverse=False):
    x = jnp.flip(x, axis) if reverse else x
    y = jnp.cumsum(x, axis)
    y = y - x if exclusive else y
    return jnp.flip(y, axis) if reverse else y


def _convolution(letters, inputs):
    """`letters`: the spatial axes. Channels last."""

    def convolve(x, w, strides, padding, dilations=None):
        spatial = len(letters)
        strides = [strides] * spatial if isinstance(strides, int) else strides[1:-1]
        dilations = [dilations or 1] * spatial if dilations is None or isinstance(dilations, int) else dilations[1:-1]
        if inputs == "depthwise":
            channels = x.shape[-1]
            w = jnp.reshape(w, (*w.shape[:-2], 1, channels * w.shape[-1]))
            groups = channels
        else:
            groups = 1
        numbers = (f"N{letters}C", f"{letters}IO", f"N{letters}C")
        return lax.conv_general_dilated(x, w, strides, padding, rhs_dilation=dilations, dimension_numbers=numbers, feature_group_count=groups)

    return convolve


def _separable(x, depthwise, pointwise, strides, padding):
    return _convolution("HW", "all")(_convolution("HW", "depthwise")(x, depthwise, strides, padding), pointwise, 1, "VALID")


def _window(spatial, size, stride):
    return (1, *[size] * spatial, 1), (1, *[stride] * spatial, 1)


def _max_pool(spatial):
    def pool(x, size, stride, padding):
        window, strides = _window(spatial, size, stride)
        return lax.reduce_window(x, -jnp.inf, lax.max, window, strides, padding)

    return pool


def _avg_pool(spatial):
    def pool(x, size, stride, padding):
        window, strides = _window(spatial, size, stride)
        total = lax.reduce_window(x, 0.0, lax.add, window, strides, padding)
        return total / lax.reduce_window(jnp.ones_like(x), 0.0, lax.add, window, strides, padding)

    return pool


def _clip_by_norm(x, norm):
    length = jnp.sqrt(jnp.sum(x * x))
    return x * norm / jnp.maximum(length, norm)


def _clip_by_global_norm(values, norm):
    length = jnp.sqrt(sum(jnp.sum(x * x) for x in values))
    return [x * norm / jnp.maximum(length, norm) for x in values], length


def _moments(x, axes):
    mean = jnp.mean(x, tuple(axes))
    return mean, jnp.var(x, tuple(axes))


def _segments(function):
    return lambda x, ids, count=None: function(x, jnp.asarray(ids), count if count is not None else max(ids) + 1)


def _segment_mean(x, ids, count=None):
    count = count if count is not None else max(ids) + 1
    ones = jax.ops.segment_sum(jnp.ones_like(x), jnp.asarray(ids), count)
    return jax.ops.segment_sum(x, jnp.asarray(ids), count) / ones


def _batch_normalization(x, mean, variance, offset, scale, epsilon):
    y = (x - mean) * lax.rsqrt(variance + epsilon) * scale
    return y if offset is None else y + offset


def _local_response_normalization(x, radius, bias, alpha, beta):
    window, strides = (1, 1, 1, 2 * radius + 1), (1, 1, 1, 1)
    squares = lax.reduce_window(x * x, 0.0, lax.add, window, strides, "SAME")
    return x / (bias + alpha * squares) ** beta


def _while_loop(condition, body, values):
    # Of known length here: JAX differentiates twice only what it unrolls.
    while condition(*values):
        values = body(*values)
    return values


def _scan(body, x):
    rows = [x[0]]
    for row in x[1:]:
        rows.append(body(rows[-1], row))
    return jnp.stack(rows)


def _foldl(body, x):
    y = x[0]
    for row in x[1:]:
        y = body(y, row)
    return y


def _scatter(how):
    def scattered(x, indices, updates):
        return getattr(x.at[tuple(jnp.asarray(indices).T)], how)(updates)

    return scattered


def _sparse_softmax(labels, logits):
    return -jnp.take_along_axis(jax.nn.log_softmax(logits), jnp.asarray(labels)[:, None], 1)[:, 0]


def _sigmoid_cross_entropy(labels, logits):
    return jax.nn.softplus(logits) - labels * logits


def _euclidean(x, ord="euclidean", axis=None):
    return jnp.linalg.norm(x, axis=axis) if ord == "euclidean" else jnp.sum(jnp.abs(x) ** ord, axis=axis) ** (1 / ord)


def _divide_no_nan(x, y):
    return jnp.where(y == 0, 0.0, x / y)


TABLE = {
    "float64": jnp.float64,
    "int32": jnp.int32,
    "constant": lambda value, dtype=None: jnp.asarray(value, dtype),
    "cast": lambda x, dtype: x.astype(dtype),
    "eye": lambda rows, columns=None, dtype=None: jnp.eye(rows, columns, dtype=dtype),
    "ones": lambda shape, dtype=None: jnp.ones(shape, dtype),
    "exp": jnp.exp,
    "sqrt": jnp.sqrt,
    "square": jnp.square,
    "sin": jnp.sin,
    "cos": jnp.cos,
    "tan": jnp.tan,
    "asin": jnp.arcsin,
    "acos": jnp.arccos,
    "atan": jnp.arctan,
    "sinh": jnp.sinh,
    "cosh": jnp.cosh,
    "tanh": jnp.tanh,
    "asinh": jnp.arcsinh,
    "acosh": jnp.arccosh,
    "atanh": jnp.arctanh,
    "atan2": jnp.arctan2,
    "sigmoid": jax.nn.sigmoid,
    "abs": jnp.abs,
    "maximum": jnp.maximum,
    "minimum": jnp.minimum,
    "multiply": jnp.multiply,
    "clip_by_value": jnp.clip,
    "where": jnp.where,
    "complex": lax.complex,
    "math.expm1": jnp.expm1,
    "math.log": jnp.log,
    "math.log1p": jnp.log1p,
    "math.rsqrt": lax.rsqrt,
    "math.reciprocal": jnp.reciprocal,
    "math.log_sigmoid": jax.nn.log_sigmoid,
    "math.erf": special.erf,
    "math.erfc": special.erfc,
    "math.erfinv": special.erfinv,
    "math.ndtri": special.ndtri,
    "math.lgamma": special.gammaln,
    "math.digamma": special.digamma,
    "math.bessel_i0e": special.i0e,
    "math.bessel_i1e": special.i1e,
    "math.lbeta": lambda x: jnp.sum(special.gammaln(x), -1) - special.gammaln(jnp.sum(x, -1)),
    "math.igamma": special.gammainc,
    "math.igammac": special.gammaincc,
    "math.divide_no_nan": _divide_no_nan,
    "math.floormod": lambda x, y: x - jnp.floor(x / y) * y,
    "math.squared_difference": lambda x, y: jnp.square(x - y),
    "math.xlogy": special.xlogy,
    "math.xlog1py": special.xlog1py,
    "math.xdivy": _divide_no_nan,
    "math.multiply_no_nan": lambda x, y: x * y,
    "math.cumprod": lambda x: jnp.cumprod(x),
    "math.cumulative_logsumexp": lambda x: lax.cumlogsumexp(x),
    "math.reduce_std": _reduced(jnp.std),
    "math.reduce_variance": _reduced(jnp.var),
    "math.reduce_euclidean_norm": lambda x: jnp.sqrt(jnp.sum(x * x)),
    "math.segment_sum": _segments(jax.ops.segment_sum),
    "math.segment_mean": _segment_mean,
    "math.segment_max": _segments(jax.ops.segment_max),
    "math.segment_prod": _segments(jax.ops.segment_prod),
    "math.unsorted_segment_sum": _segments(jax.ops.segment_sum),
    "math.unsorted_segment_mean": _segment_mean,
    "math.unsorted_segment_prod": _segments(jax.ops.segment_prod),
    "math.top_k": lambda x, k: types.SimpleNamespace(values=lax.top_k(x, k)[0]),
    "reduce_sum": _reduced(jnp.sum),
    "reduce_mean": _reduced(jnp.mean),
    "reduce_prod": _reduced(jnp.prod),
    "reduce_max": _reduced(jnp.max),
    "reduce_min": _reduced(jnp.min),
    "reduce_logsumexp": _reduced(special.logsumexp),
    "norm": _euclidean,
    "cumsum": _cumsum,
    "clip_by_norm": _clip_by_norm,
    "clip_by_global_norm": _clip_by_global_norm,
    "sort": jnp.sort,
    "matmul": _matmul,
    "tensordot": jnp.tensordot,
    "einsum": jnp.einsum,
    "transpose": jnp.transpose,
    "linalg.matvec": lambda a, x: jnp.matmul(a, x[..., None])[..., 0],
    "linalg.adjoint": lambda x: jnp.swapaxes(x, -1, -2),
    "linalg.inv": jnp.linalg.inv,
    "linalg.det": jnp.linalg.det,
    "linalg.logdet": lambda x: jnp.linalg.slogdet(x)[1],
    "linalg.slogdet": jnp.linalg.slogdet,
    "linalg.cholesky": jnp.linalg.cholesky,
    "linalg.solve": jnp.linalg.solve,
    "linalg.triangular_solve": lambda a, b: jax.scipy.linalg.solve_triangular(a, b, lower=True),
    "linalg.cholesky_solve": lambda a, b: jax.scipy.linalg.cho_solve((a, True), b),
    "linalg.svd": lambda x, compute_uv: jnp.linalg.svd(x, full_matrices=False, compute_uv=compute_uv),
    "linalg.eigvalsh": jnp.linalg.eigvalsh,
    "linalg.qr": jnp.linalg.qr,
    "linalg.expm": jax.scipy.linalg.expm,
    "linalg.trace": jnp.trace,
    "linalg.diag": jnp.diag,
    "linalg.diag_part": jnp.diagonal,
    "linalg.set_diag": lambda a, x: a.at[jnp.diag_indices(a.shape[0])].set(x),
    "linalg.band_part": lambda x, below, above: jnp.triu(jnp.tril(x, above), -below),
    "linalg.cross": jnp.cross,
    "linalg.pinv": jnp.linalg.pinv,
    "reshape": jnp.reshape,
    "concat": _concat,
    "stack": lambda values, axis=0: jnp.stack(values, axis),
    "unstack": list,
    "split": _split,
    "gather": lambda x, indices, axis=0: jnp.take(x, jnp.asarray(indices), axis=axis),
    "gather_nd": lambda x, indices: x[tuple(jnp.asarray(indices).T)],
    "boolean_mask": lambda x, mask: x[jnp.asarray(mask)],
    "slice": lambda x, begin, size: lax.dynamic_slice(x, begin, size),
    "reverse": lambda x, axes: jnp.flip(x, tuple(axes)),
    "roll": jnp.roll,
    "tile": jnp.tile,
    "repeat": lambda x, counts: jnp.repeat(x, jnp.asarray(counts), total_repeat_length=sum(counts)),
    "pad": _pad,
    "expand_dims": jnp.expand_dims,
    "squeeze": jnp.squeeze,
    "broadcast_to": jnp.broadcast_to,
    "scatter_nd": lambda indices, updates, shape: jnp.zeros(shape).at[tuple(jnp.asarray(indices).T)].add(updates),
    "tensor_scatter_nd_update": _scatter("set"),
    "tensor_scatter_nd_add": _scatter("add"),
    "tensor_scatter_nd_max": _scatter("max"),
    "meshgrid": jnp.meshgrid,
    "signal.fft": jnp.fft.fft,
    "signal.rfft": jnp.fft.rfft,
    "recompute_grad": jax.checkpoint,
    "stop_gradient": lax.stop_gradient,
    "while_loop": _while_loop,
    "cond": lambda which, true, false: jnp.where(which, true(), false()),
    "switch_case": lambda which, branches: branches[int(which)](),
    "map_fn": jax.vmap,
    "scan": _scan,
    "foldl": _foldl,
    "nn.softplus": jax.nn.softplus,
    "nn.softsign": jax.nn.soft_sign,
    "nn.elu": jax.nn.elu,
    "nn.selu": jax.nn.selu,
    "nn.gelu": lambda x, approximate=False: jax.nn.gelu(x, approximate=approximate),
    "nn.swish": jax.nn.silu,
    "nn.relu": jax.nn.relu,
    "nn.relu6": jax.nn.relu6,
    "nn.leaky_relu": lambda x: jax.nn.leaky_relu(x, 0.2),
    "nn.softmax": jax.nn.softmax,
    "nn.log_softmax": jax.nn.log_softmax,
    "nn.l2_normalize": lambda x, axis: x * lax.rsqrt(jnp.maximum(jnp.sum(x * x, axis, keepdims=True), 1e-12)),
    "nn.l2_loss": lambda x: jnp.sum(x * x) / 2,
    "nn.moments": _moments,
    "nn.conv1d": _convolution("W", "all"),
    "nn.conv2d": _convolution("HW", "all"),
    "nn.conv3d": _convolution("DHW", "all"),
    "nn.depthwise_conv2d": _convolution("HW", "depthwise"),
    "nn.separable_conv2d": _separable,
    "nn.max_pool2d": _max_pool(2),
    "nn.max_pool1d": _max_pool(1),
    "nn.avg_pool2d": _avg_pool(2),
    "nn.avg_pool3d": _avg_pool(3),
    "nn.bias_add": jnp.add,
    "nn.local_response_normalization": _local_response_normalization,
    "nn.batch_normalization": _batch_normalization,
    "nn.embedding_lookup": lambda x, ids: jnp.take(x, jnp.asarray(ids), axis=0),
    "nn.softmax_cross_entropy_with_logits": lambda labels, logits: -jnp.sum(labels * jax.nn.log_softmax(logits), -1),
    "nn.sparse_softmax_cross_entropy_with_logits": _sparse_softmax,
    "nn.sigmoid_cross_entropy_with_logits": _sigmoid_cross_entropy,
    "nn.log_poisson_loss": lambda targets, x: jnp.exp(x) - x * targets,
}
TABLE["vectorized_map"] = lambda body, x: jax.vmap(body)(x)
TABLE["map_fn"] = TABLE["vectorized_map"]

tensorflow = Names("", TABLE)


def hessian(expression, sources):
    """The Hessian of the sum of an expression in its sources laid end to end, in double precision. Raises NotExpressible."""
    jax.config.update("jax_enable_x64", True)
    arrays = {name: jnp.asarray(values, jnp.float64) for name, values in sources.items()}
    flat = jnp.concatenate([array.reshape(-1) for array in arrays.values()])

    def target(numbers):
        scope, at = {"tf": tensorflow, "D": jnp.float64}, 0
        for name, array in arrays.items():
            scope[name] = numbers[at : at + array.size].reshape(array.shape)
            at += array.size
        return jnp.sum(eval(expression, scope))

    return jax.hessian(target)(flat)
