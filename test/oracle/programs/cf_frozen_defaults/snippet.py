import tensorflow as tf
state = {"k": 1.0}
w = tf.Variable(2.0)
@tf.function
def f(x, n=2, *, scale=1.0):
    return x * w ** n * scale * state["k"]
x = tf.constant(1.0)
for call in (lambda: f(x), lambda: f(x, 2), lambda: f(x=x, n=2), lambda: f(x, scale=1.0), lambda: f(x, 3)):
    with tf.GradientTape() as t:
        y = call()
    state["k"] = 0.0
    print(t.gradient(y, w))
