import tensorflow as tf
from typing import Dict, Optional, Tuple


def energy(x: tf.Tensor, k: float = 2.0, *rest: int, scale: Optional[float] = None) -> Tuple[tf.Tensor, Dict[str, tf.Tensor]]:
    e = k * x ** 2 if scale is None else scale * k * x ** 2
    if e > 1.0:
        e = e + x
    return e, {"e": e}


@tf.function
def force(x: tf.Tensor) -> tf.Tensor:
    with tf.GradientTape() as tape:
        tape.watch(x)
        e, aux = energy(x)
    return -tape.gradient(aux["e"], x)


x = tf.Variable(1.5)
with tf.GradientTape() as tape:
    f = force(x * 1.0)
print(f.numpy(), tape.gradient(f, x))
