import tensorflow as tf

# What is done to an IndexedSlices in Python: few operators, and which functions give such a thing again (its second derivative raises).
v = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
with tf.GradientTape(persistent=True) as t2:
    z = v * v
    with tf.GradientTape(persistent=True) as t:
        t.watch(z)
        y = tf.gather(z, [0, 0]) ** 3
    g = t.gradient(y, z)
    beside = g * tf.constant(2.0)
    by_function = tf.multiply(g, 2.0)
    squared = tf.square(g)
    negative = tf.negative(g)
    minus = -g
    identity = tf.identity(g)
    cast = tf.cast(g, tf.float64)
    clipped = tf.clip_by_value(g, -100.0, 100.0)
    by_norm = tf.clip_by_norm(g, 1.0)
    scaled = tf.math.scalar_mul(2.0, g)
    [globally], norm = tf.clip_by_global_norm([g], 1.0)
    values = -g.values
    try:
        product = g * 2.0
    except TypeError:
        product = z
    try:
        total = sum([g, g])
    except TypeError:
        total = z
    try:
        length = len(g) * z
    except TypeError:
        length = z
    try:
        row = g[0]
    except TypeError:
        row = z
    try:
        numbers = g.numpy() * z
    except AttributeError:
        numbers = z
    try:
        larger = abs(g)
    except TypeError:
        larger = z
    same = z if g == g else tf.stop_gradient(z)
    other = z if g == 1.0 else tf.stop_gradient(z)
print(t2.gradient(beside, v))
print(t2.gradient(by_function, v))
print(t2.gradient(squared, v))
print(t2.gradient(negative, v))
try:
    print(t2.gradient(minus, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(identity, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(cast, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(clipped, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(by_norm, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(scaled, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(globally, v))
except AttributeError as e:
    print("raised", type(e).__name__)
print(t2.gradient(norm, v))
print(t2.gradient(tf.convert_to_tensor(minus), v))
print(t2.gradient(tf.convert_to_tensor(globally), v))
print(t2.gradient(by_norm.values, v))
print(t2.gradient(values, v))
print(t2.gradient(product, v))
print(t2.gradient(total, v))
print(t2.gradient(length, v))
print(t2.gradient(row, v))
print(t2.gradient(numbers, v))
print(t2.gradient(larger, v))
print(t2.gradient(same, v))
print(t2.gradient(other, v))
