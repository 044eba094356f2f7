import tensorflow as tf

v = tf.Variable(1.0)
x = tf.constant(2.0)


def bump(operator):
    w = tf.Variable(3.0)
    try:
        if operator == '+':
            w += x
        elif operator == '-':
            w -= x
        elif operator == '*':
            w *= x
        elif operator == '/':
            w /= x
        elif operator == '**':
            w **= x
        elif operator == '//':
            w //= x
        elif operator == '%':
            w %= x
    except RuntimeError:
        return tf.constant(0.0)
    return w * x


with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    a = bump('+')
    b = bump('-')
    c = bump('*')
    d = bump('/')
    e = bump('**')
    f = bump('//')
    h = bump('%')
g0 = tape.gradient(a, x)
g1 = tape.gradient(b, x)
g2 = tape.gradient(c, x)
g3 = tape.gradient(d, x)
g4 = tape.gradient(e, x)
g5 = tape.gradient(f, x)
g6 = tape.gradient(h, x)


@tf.function
def grow(p):
    v.assign_add(p)
    q = v * p
    q += p
    return q


with tf.GradientTape() as tape:
    tape.watch(x)
    y = grow(x)
g7 = tape.gradient(y, x)
ta = tf.TensorArray(tf.float32, size=0, dynamic_size=True)
for i in range(3):
    ta = ta.write(i, x * float(i))
with tf.GradientTape() as tape:
    tape.watch(x)
    total = tf.constant(0.0)
    for i in range(ta.size()):
        total += x * ta.read(i)
    mean = total / tf.cast(ta.size(), tf.float32)
g8 = tape.gradient(mean, x)
with tf.GradientTape() as tape:
    v += x
g9 = tape.gradient(v, x)
