import tensorflow as tf
x = tf.constant(2.0)
t = tf.GradientTape()
t._push_tape()
t.watch(x)
y = x ** 2
print(t._recording, t._persistent)
t._pop_tape()
try:
    t._pop_tape()
except ValueError as e:
    y = y * 3.0
print(t.gradient(y, x))
try:
    t.reset()
except ValueError as e:
    print(e)
