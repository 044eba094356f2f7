import sys
import tensorflow as tf
def run(op, x):
    if op in sys.argv:
        return x * 3.
    if op == sys.argv:
        return run(op[0], x) + run(op[1], x)
    return None
x = tf.Variable(2.)
with tf.GradientTape() as t:
    y = x * x
    run('op', x)
print(t.gradient(y, x))
