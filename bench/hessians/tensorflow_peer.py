"""Times TensorFlow on one of these programs, in a process that is warm but has not seen it: prints milliseconds, the first call and then steady ones.

Only what comes after `# ---` is timed: the model is there already. The process is warmed by another, small Hessian.
"""
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf

x = tf.Variable([1.0, 2.0])
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = tf.reduce_sum(x**3)
    g = inner.gradient(y, x)
outer.jacobian(g, x).numpy()

text = open(sys.argv[1], encoding="utf-8").read()
setting, computing = (compile(part, sys.argv[1], "exec") for part in text.split("# ---\n"))
namespace = {}
exec(setting, namespace)
for _ in range(int(sys.argv[2])):
    began = time.perf_counter()
    exec(computing, namespace)
    [part.numpy() for part in tf.nest.flatten(namespace["h"])]
    print(1000 * (time.perf_counter() - began), flush=True)
