# What an exception is once it has left a function that AutoGraph has converted.
import tensorflow as tf

x = tf.constant([1.0, 2.0])


@tf.function
def indexed(a):
    return [a][3]


@tf.function(autograph=False)
def plain(a):
    return [a][3]


@tf.function
def around(a):
    try:
        return indexed(a)
    except IndexError:
        return a


with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = x * x
    try:
        y = indexed(y)
    except IndexError:
        y = tf.stop_gradient(y)
    except Exception:
        pass
one = tape.gradient(y, x)

with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = x * x
    try:
        y = plain(y)
    except IndexError:
        y = tf.stop_gradient(y)
    except Exception:
        pass
two = tape.gradient(y, x)

with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = x * x
    try:
        y = around(y)
    except IndexError:
        y = tf.stop_gradient(y)
    except Exception:
        y = y + 1.0
three = tape.gradient(y, x)


@tf.function
def named(a):
    raise KeyError('a')


with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = x * x
    try:
        y = named(y)
    except KeyError:
        y = tf.stop_gradient(y)
    except Exception:
        pass
four = tape.gradient(y, x)


@tf.function
def divided(a):
    return a * (1 // 0)


with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = x * x
    try:
        y = divided(y)
    except ArithmeticError:
        y = tf.stop_gradient(y)
    except Exception:
        pass
five = tape.gradient(y, x)
six = tape.gradient(indexed(x), x)
