# A Fourier transform that cuts its input has no gradient: its parts have other sizes.
import tensorflow as tf
x = tf.math.sin(tf.range(16.0))
c = tf.complex(tf.reshape(x, [4, 4]), tf.ones([4, 4]))
@tf.function
def traced(x):
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.abs(tf.signal.rfft(x, fft_length=[8]))
    return t.gradient(y, x)
@tf.function
def back(c):
    with tf.GradientTape() as t:
        t.watch(c)
        y = tf.signal.irfft(c, fft_length=[4])
    return t.gradient(y, c)
for f, v in ((traced, x), (back, c)):
    try:
        f(v)
    except ValueError:
        pass
with tf.GradientTape(persistent=True) as t:
    t.watch([x, c])
    a = tf.abs(tf.signal.rfft(x, fft_length=[20]))
    b = tf.signal.irfft(tf.complex(x, x), fft_length=[30])
    d = tf.signal.irfft(c, fft_length=[4])
    e = tf.abs(tf.signal.rfft(x, fft_length=[9]))
g1 = t.gradient(a, x)
g2 = t.gradient(b, x)
try:
    g3 = t.gradient(d, c)
except tf.errors.InvalidArgumentError:
    pass
try:
    g4 = t.gradient(e, x)
except tf.errors.InvalidArgumentError:
    pass
