import tensorflow as tf
class Scaled:
    def __init__(self):
        self.v = None
    @tf.function
    def __call__(self, x):
        if self.v is None:
            self.v = tf.Variable(2.0)
        return self.v * x
@tf.function
def always(x):
    v = tf.Variable(3.0)
    return v * x
made = {}
@tf.function
def by_key(x, key):
    if key not in made:
        made[key] = tf.Variable(float(len(made) + 1))
    return made[key] * x
x = tf.constant(1.5)
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    s = Scaled()
    a = s(x)
    b = s(x)
    try:
        c = always(x)
    except ValueError:
        c = tf.zeros([])
    d = by_key(x, "a")
    try:
        e = by_key(x, "b")
    except ValueError:
        e = tf.zeros([])
print(t.gradient(a, s.v), t.gradient(b, s.v))
print(t.gradient(c, x))
print(t.gradient(d, made["a"]))
print(t.gradient(e, x))
