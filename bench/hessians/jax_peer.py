"""Times `jax.jit(jax.hessian)` on the same functions, in a process that is warm but has not seen them: milliseconds, the first call and then steady ones."""
import sys
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

key = jax.random.PRNGKey(0)


def normal(*shape):
    global key
    key, drawn = jax.random.split(key)
    return jax.random.normal(drawn, shape)


def network(x, w1, b1, w2, b2):
    return jnp.tanh(x @ w1 + b1) @ w2 + b2


def mlp_inputs():
    weights = (normal(24, 10), jnp.zeros(10), normal(10, 1), jnp.zeros(1))
    return lambda: jax.hessian(lambda xs: network(xs, *weights).sum()), lambda: (normal(100, 24),)


def mlp_examples():
    weights = (normal(24, 10), jnp.zeros(10), normal(10, 1), jnp.zeros(1))
    return lambda: jax.vmap(jax.hessian(lambda x: network(x, *weights)[0])), lambda: (normal(100, 24),)


def mlp_weights():
    xs, labels = normal(100, 24), normal(100, 1)

    def loss(weights):
        return jnp.mean((network(xs, *weights) - labels) ** 2)

    return lambda: jax.hessian(loss), lambda: ((normal(24, 10), jnp.zeros(10), normal(10, 1), jnp.zeros(1)),)


def rosenbrock():
    return lambda: jax.hessian(lambda x: jnp.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)), lambda: (normal(1000),)


def cnn_weights():
    images = normal(8, 8, 8, 1)
    labels = jnp.arange(8) % 10

    def loss(weights):
        kernel, bias, dense, last = weights
        y = jax.nn.relu(jax.lax.conv_general_dilated(images, kernel, (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC")) + bias)
        y = jax.lax.reduce_window(y, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
        logits = y.reshape(8, -1) @ dense + last
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], 1))

    return lambda: jax.hessian(loss), lambda: ((normal(3, 3, 1, 8), jnp.zeros(8), normal(72, 10), jnp.zeros(10)),)


jax.jit(jax.hessian(lambda x: jnp.sum(x**3)))(jnp.arange(2.0)).block_until_ready()
make, arguments = globals()[Path(sys.argv[1]).stem]()
hessian = None
for _ in range(int(sys.argv[2])):
    given = arguments()
    jax.block_until_ready(given)
    began = time.perf_counter()
    hessian = hessian or jax.jit(make())
    [np.asarray(part) for part in jax.tree_util.tree_leaves(hessian(*given))]
    print(1000 * (time.perf_counter() - began), flush=True)
