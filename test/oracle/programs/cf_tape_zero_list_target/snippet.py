import tensorflow as tf
x = tf.Variable(3.0)
with tf.GradientTape() as t:
    losses = []
    for i in range(0):
        losses.append(x * i)
    total = sum(losses)
try:
    print(t.gradient(total, x))
except Exception as e:
    print(type(e), e)
