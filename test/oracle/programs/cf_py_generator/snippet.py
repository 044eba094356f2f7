import tensorflow as tf
x = tf.Variable(2.)
w = tf.Variable(2.)
cur = [x]
def gen():
    while True:
        yield cur[-1] * 2.
out = []
with tf.GradientTape(persistent=True) as t:
    for v in gen():
        out.append(v)
        cur.append(w)
        if len(out) == 2:
            break
print(t.gradient(out[0], [x, w]), t.gradient(out[1], [x, w]))
