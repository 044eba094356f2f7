import itertools
import operator
import tensorflow as tf
x = tf.Variable(2.)
with tf.GradientTape(persistent=True) as t:
    a = tf.add_n([v * 1. for v in itertools.chain([x], (x * 2. for _ in range(2)))])
    b = tf.add_n([x * p * q for p, q in itertools.product([1., 2.], repeat=2)])
    c = tf.add_n([v * 1. for v in itertools.repeat(x, 3)])
    d = tf.add_n([x * float(i) for i in itertools.islice(itertools.count(1), 3)])
    e = tf.add_n([p * q for p, q in itertools.zip_longest([x, x], [1.], fillvalue=2.)])
    f = operator.mul(x, operator.itemgetter(1)([1., 3.]))
    g = operator.add(x, x)
    h = list(itertools.chain.from_iterable([[1.], [x]]))[1] * 1.
    i = list(itertools.accumulate([x, x, x], operator.mul))[2]
    j = x * float(len(list(itertools.combinations([1, 2, 3], 2))))
print([t.gradient(v, x) for v in (a, b, c, d, e, f, g, h, i, j)])
