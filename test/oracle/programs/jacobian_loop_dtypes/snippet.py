import tensorflow as tf

# Without pfor the rows go into arrays of the target's dtype, whatever the source's is.
one = tf.Variable([1.0, 2.0])
double = tf.Variable([1.0, 2.0], dtype=tf.float64)
whole = tf.Variable([1, 2])
matrix = tf.Variable([[1.0], [2.0]])
double_matrix = tf.Variable([[1.0], [2.0]], dtype=tf.float64)
whole_matrix = tf.Variable([[1], [2]])

with tf.GradientTape(persistent=True) as t:
    y = one * tf.cast(double, tf.float32)
    alone = one * 2.0
    b = matrix * tf.cast(double_matrix, tf.float32)
    b_alone = matrix * 2.0
print(t.jacobian(y, one, experimental_use_pfor=False))
try:
    print(t.jacobian(y, double, experimental_use_pfor=False))
except tf.errors.InvalidArgumentError as e:
    print("raised", type(e).__name__)
try:
    print(t.jacobian(y, [one, double], experimental_use_pfor=False))
except tf.errors.InvalidArgumentError as e:
    print("raised", type(e).__name__)
print(t.jacobian(alone, double, experimental_use_pfor=False))
print(t.jacobian(alone, whole, experimental_use_pfor=False))
print(t.jacobian(alone, matrix, unconnected_gradients="zero", experimental_use_pfor=False))
try:
    print(t.jacobian(alone, double, unconnected_gradients="zero", experimental_use_pfor=False))
except tf.errors.InvalidArgumentError as e:
    print("raised", type(e).__name__)
try:
    print(t.jacobian(alone, whole, unconnected_gradients="zero", experimental_use_pfor=False))
except tf.errors.InvalidArgumentError as e:
    print("raised", type(e).__name__)
try:
    print(t.batch_jacobian(b, double_matrix, experimental_use_pfor=False))
except tf.errors.InvalidArgumentError as e:
    print("raised", type(e).__name__)
print(t.batch_jacobian(b_alone, double_matrix, experimental_use_pfor=False))
print(t.batch_jacobian(b_alone, whole_matrix, experimental_use_pfor=False))
try:
    print(t.batch_jacobian(b_alone, whole_matrix, unconnected_gradients="zero", experimental_use_pfor=False))
except tf.errors.InvalidArgumentError as e:
    print("raised", type(e).__name__)
print(t.jacobian(y, double))
print(t.jacobian(y, [one, double]))
print(t.jacobian(alone, double, unconnected_gradients="zero"))
print(t.jacobian(alone, whole, unconnected_gradients="zero"))
print(t.batch_jacobian(b, double_matrix))
print(t.batch_jacobian(b_alone, double_matrix))
print(t.batch_jacobian(b_alone, double_matrix, unconnected_gradients="zero"))
print(t.batch_jacobian(b_alone, whole_matrix, unconnected_gradients="zero"))
