import tensorflow as tf
def run(op, x):
    match op:
        case [first, *rest]:
            return run(first, x) + tf.add_n([run(r, x) for r in rest])
        case int() as n:
            return x * float(n)
        case {'k': v}:
            return x * v
        case str(s):
            return x
    return None
x = tf.Variable(2.)
with tf.GradientTape(persistent=True) as t:
    a = run(3, x)
    b = run([1, 2, 3], x)
    c = run({'k': 2.}, x)
    d = run((1, 2), x)
print(t.gradient(a, x), t.gradient(b, x), t.gradient(c, x), t.gradient(d, x))
