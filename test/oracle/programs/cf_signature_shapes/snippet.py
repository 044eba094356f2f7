import tensorflow as tf

x = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
signature = [tf.TensorSpec([None, 3], tf.float32)]


def kind(f, x):
    try:
        return tf.function(f, input_signature=signature)(x)
    except TypeError:
        return tf.constant(1.0)
    except ValueError:
        return x * 0.0
    except AssertionError:
        return tf.floor(x)


def div_of(a):
    y = a / a.shape[0]
    return y


def isnone_of(a):
    y = a * 2.0 if a.shape[0] is None else tf.floor(a)
    return y


def dyn_of(a):
    y = a / tf.cast(tf.shape(a)[0], tf.float32)
    return y


def reshape1_of(a):
    y = tf.reshape(a, [-1, a.shape[1]]) * a
    return y


def reshape0_of(a):
    y = tf.reshape(a, [a.shape[0], -1])
    return y


def derived_of(a):
    b = tf.matmul(a, tf.ones([3, 2]))
    y = a * b.shape[1]
    return y


def derived0_of(a):
    b = tf.matmul(a, tf.ones([3, 2]))
    y = a * b.shape[0]
    return y


def aslist_of(a):
    y = a * float(len(a.shape.as_list()))
    return y


def rank_of(a):
    y = a * a.shape.rank
    return y


def unstack_of(a):
    y = sum(tf.unstack(a))
    return y


def unstack1_of(a):
    y = sum(tf.unstack(a, axis=1))
    return y


def rng_of(a):
    y = a
    for i in range(a.shape[0]):
        y = y * a
    return y


def rng1_of(a):
    y = a
    for i in range(a.shape[1]):
        y = y * a
    return y


def trng_of(a):
    y = a
    for i in tf.range(tf.shape(a)[0]):
        y = y * 2.0
    return y


def length_of(a):
    y = a * tf.cast(len(a), tf.float32)
    return y


def elements_of(a):
    y = a * float(a.shape.num_elements() or 2.0)
    return y


def known_of(a):
    y = a * 2.0 if a.shape.is_fully_defined() else tf.floor(a)
    return y


def zeroslike_of(a):
    y = a * tf.ones_like(a)
    return y


def setshape_of(a):
    a.set_shape([2, 3])
    y = a / a.shape[0]
    return y


def ensure_none_of(a):
    y = tf.ensure_shape(a, [None, 3]) * 2.0
    return y


def sum0_of(a):
    b = tf.reduce_sum(a, 0)
    y = a * b.shape[0]
    return y


def sum1_of(a):
    b = tf.reduce_sum(a, 1)
    y = a * b.shape[0]
    return y


def concat_of(a):
    b = tf.concat([a, a], 1)
    y = a * b.shape[1]
    return y


def broadcast_of(a):
    y = a + tf.broadcast_to(a[:1], tf.shape(a))
    return y


def bc_none_of(a):
    y = tf.broadcast_to(a[:1], a.shape) + a
    return y


def tile_of(a):
    y = tf.tile(a[:1], [a.shape[0], 1]) + a
    return y


def normal_of(a):
    y = a + 0.0 * tf.random.normal(a.shape)
    return y


def normal_dyn_of(a):
    y = a + 0.0 * tf.random.normal(tf.shape(a))
    return y


def assertion_of(a):
    assert a.shape[0] is not None
    y = a
    return y


def eq_of(a):
    y = a * 2.0 if a.shape[0] == 2 else tf.floor(a)
    return y


def gt_of(a):
    y = a * 2.0 if a.shape[0] > 1 else tf.floor(a)
    return y


def py_of(a):
    n, d = a.shape
    y = a * d
    return y


def py2_of(a):
    n, d = a.shape
    y = a * n
    return y


def star_of(a):
    y = a * a.shape.as_list()[-1]
    return y


def float_of(a):
    y = a * float(a.shape[0])
    return y


def int_of(a):
    y = a * int(a.shape[1])
    return y


def mean_of(a):
    y = tf.reduce_mean(a * a, axis=-1)
    return y


def transpose_of(a):
    b = tf.transpose(a)
    y = a * b.shape[0]
    return y


def stack_of(a):
    b = tf.stack([a, a])
    y = a * b.shape[0]
    return y


def stack2_of(a):
    b = tf.stack([a, a], 1)
    y = a * b.shape[0]
    return y


def cond_of(a):
    b = a * 2.0 if tf.reduce_sum(a) > 0.0 else a
    y = a * b.shape[1]
    return y


def map_of(a):
    y = tf.map_fn(lambda r: r * r, a)
    return y


def scan_of(a):
    y = tf.scan(lambda s, r: s + r, a)
    return y


def dense_of(a):
    w = tf.ones([a.shape[-1], 2])
    y = a @ w
    return y


def inner_of(a):
    y = tf.function(lambda b: b / b.shape[0])(a)
    return y


def inner2_of(a):
    y = tf.function(lambda b: b * b.shape[1])(a)
    return y


def eye_of(a):
    y = tf.eye(a.shape[0]) @ a
    return y


def eyed_of(a):
    y = tf.eye(tf.shape(a)[0]) @ a
    return y


def onehot_of(a):
    y = a * tf.one_hot([0], a.shape[1])
    return y


def get_shape_of(a):
    y = a * a.get_shape()[1]
    return y


def get_shape0_of(a):
    y = a * a.get_shape()[0]
    return y


def dims_of(a):
    y = a * 2.0 if a.shape == (2, 3) else tf.floor(a)
    return y


def dims2_of(a):
    y = a * 2.0 if a.shape[1:] == (3,) else tf.floor(a)
    return y


def add_of(a):
    y = a * 2.0 if a.shape[1:] + [1] == [3, 1] else tf.floor(a)
    return y


with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    div_y = kind(div_of, x)
    isnone_y = kind(isnone_of, x)
    dyn_y = kind(dyn_of, x)
    reshape1_y = kind(reshape1_of, x)
    reshape0_y = kind(reshape0_of, x)
    derived_y = kind(derived_of, x)
    derived0_y = kind(derived0_of, x)
    aslist_y = kind(aslist_of, x)
    rank_y = kind(rank_of, x)
    unstack_y = kind(unstack_of, x)
    unstack1_y = kind(unstack1_of, x)
    rng_y = kind(rng_of, x)
    rng1_y = kind(rng1_of, x)
    trng_y = kind(trng_of, x)
    length_y = kind(length_of, x)
    elements_y = kind(elements_of, x)
    known_y = kind(known_of, x)
    zeroslike_y = kind(zeroslike_of, x)
    setshape_y = kind(setshape_of, x)
    ensure_none_y = kind(ensure_none_of, x)
    sum0_y = kind(sum0_of, x)
    sum1_y = kind(sum1_of, x)
    concat_y = kind(concat_of, x)
    broadcast_y = kind(broadcast_of, x)
    bc_none_y = kind(bc_none_of, x)
    tile_y = kind(tile_of, x)
    normal_y = kind(normal_of, x)
    normal_dyn_y = kind(normal_dyn_of, x)
    assertion_y = kind(assertion_of, x)
    eq_y = kind(eq_of, x)
    gt_y = kind(gt_of, x)
    py_y = kind(py_of, x)
    py2_y = kind(py2_of, x)
    star_y = kind(star_of, x)
    float_y = kind(float_of, x)
    int_y = kind(int_of, x)
    mean_y = kind(mean_of, x)
    transpose_y = kind(transpose_of, x)
    stack_y = kind(stack_of, x)
    stack2_y = kind(stack2_of, x)
    cond_y = kind(cond_of, x)
    map_y = kind(map_of, x)
    scan_y = kind(scan_of, x)
    dense_y = kind(dense_of, x)
    inner_y = kind(inner_of, x)
    inner2_y = kind(inner2_of, x)
    eye_y = kind(eye_of, x)
    eyed_y = kind(eyed_of, x)
    onehot_y = kind(onehot_of, x)
    get_shape_y = kind(get_shape_of, x)
    get_shape0_y = kind(get_shape0_of, x)
    dims_y = kind(dims_of, x)
    dims2_y = kind(dims2_of, x)
    add_y = kind(add_of, x)
div_g = tape.gradient(div_y, x)
isnone_g = tape.gradient(isnone_y, x)
dyn_g = tape.gradient(dyn_y, x)
reshape1_g = tape.gradient(reshape1_y, x)
reshape0_g = tape.gradient(reshape0_y, x)
derived_g = tape.gradient(derived_y, x)
derived0_g = tape.gradient(derived0_y, x)
aslist_g = tape.gradient(aslist_y, x)
rank_g = tape.gradient(rank_y, x)
unstack_g = tape.gradient(unstack_y, x)
unstack1_g = tape.gradient(unstack1_y, x)
rng_g = tape.gradient(rng_y, x)
rng1_g = tape.gradient(rng1_y, x)
trng_g = tape.gradient(trng_y, x)
length_g = tape.gradient(length_y, x)
elements_g = tape.gradient(elements_y, x)
known_g = tape.gradient(known_y, x)
zeroslike_g = tape.gradient(zeroslike_y, x)
setshape_g = tape.gradient(setshape_y, x)
ensure_none_g = tape.gradient(ensure_none_y, x)
sum0_g = tape.gradient(sum0_y, x)
sum1_g = tape.gradient(sum1_y, x)
concat_g = tape.gradient(concat_y, x)
broadcast_g = tape.gradient(broadcast_y, x)
bc_none_g = tape.gradient(bc_none_y, x)
tile_g = tape.gradient(tile_y, x)
normal_g = tape.gradient(normal_y, x)
normal_dyn_g = tape.gradient(normal_dyn_y, x)
assertion_g = tape.gradient(assertion_y, x)
eq_g = tape.gradient(eq_y, x)
gt_g = tape.gradient(gt_y, x)
py_g = tape.gradient(py_y, x)
py2_g = tape.gradient(py2_y, x)
star_g = tape.gradient(star_y, x)
float_g = tape.gradient(float_y, x)
int_g = tape.gradient(int_y, x)
mean_g = tape.gradient(mean_y, x)
transpose_g = tape.gradient(transpose_y, x)
stack_g = tape.gradient(stack_y, x)
stack2_g = tape.gradient(stack2_y, x)
cond_g = tape.gradient(cond_y, x)
map_g = tape.gradient(map_y, x)
scan_g = tape.gradient(scan_y, x)
dense_g = tape.gradient(dense_y, x)
inner_g = tape.gradient(inner_y, x)
inner2_g = tape.gradient(inner2_y, x)
eye_g = tape.gradient(eye_y, x)
eyed_g = tape.gradient(eyed_y, x)
onehot_g = tape.gradient(onehot_y, x)
get_shape_g = tape.gradient(get_shape_y, x)
get_shape0_g = tape.gradient(get_shape0_y, x)
dims_g = tape.gradient(dims_y, x)
dims2_g = tape.gradient(dims2_y, x)
add_g = tape.gradient(add_y, x)
