import tensorflow as tf

x = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


def kind(f, x):
    try:
        return f(x)
    except TypeError:
        return tf.constant(1.0)
    except ValueError:
        return x * 0.0


def reshape_list_of(x):
    y = tf.reshape(x,[None,-1])
    return x * x


def reshape_tuple_of(x):
    y = tf.reshape(x,(None,3))
    return x * x


def constant_of(x):
    y = tf.constant([None,1.0])
    return x * x


def convert_of(x):
    y = tf.convert_to_tensor([1.0,None])
    return x * x


def stack_of(x):
    y = tf.stack([x,None])
    return x * x


def add_of(x):
    y = x+[None,1.,2.]
    return x * x


def zeros_of(x):
    y = tf.zeros([None,2])
    return x * x


def ones_of(x):
    y = tf.ones((None,2))
    return x * x


def fill_of(x):
    y = tf.fill([None,2],1.0)
    return x * x


def broadcast_of(x):
    y = tf.broadcast_to(x,[None,2,3])
    return x * x


def rand_of(x):
    y = tf.random.normal([None,2])
    return x * x


def tile_of(x):
    y = tf.tile(x,[None,2])
    return x * x


def concat_of(x):
    y = tf.concat([x,None],0)
    return x * x


def reshape_ts_of(x):
    y = tf.reshape(x,tf.TensorShape([None,3]))
    return x * x


def zeros_ts_of(x):
    y = tf.zeros(tf.TensorShape([None,3]))
    return x * x


def mul_list_of(x):
    y = tf.multiply(x,[None])
    return x * x


def reduce_sum_of(x):
    y = tf.reduce_sum([x,None])
    return x * x


def add_n_of(x):
    y = tf.add_n([x,None])
    return x * x


def mix_of(x):
    y = tf.reshape(x,[tf.constant(2),None])
    return x * x


def eye_of(x):
    y = tf.eye(None)
    return x * x


def one_hot_of(x):
    y = tf.one_hot([1],None)
    return x * x


def range_of(x):
    y = tf.range(None)
    return x * x


def slice_of(x):
    y = tf.slice(x,[0,0],[None,1])
    return x * x


def pyrange_of(x):
    y = [i for i in range(None)]
    return x * x


def div_of(x):
    y = x/None
    return x * x


def cast_of(x):
    y = tf.cast(None,tf.float32)
    return x * x


def sum_axis_of(x):
    y = tf.reduce_sum(x,axis=[None])
    return x * x


def gather_of(x):
    y = tf.gather(x,None)
    return x * x


def transpose_of(x):
    y = tf.transpose(x,[None,0])
    return x * x


def pad_of(x):
    y = tf.pad(x,[[0,0],[None,0]])
    return x * x


def dict_of(x):
    y = tf.stack([1.0,None])
    return x * x


def pow_of(x):
    y = x**None
    return x * x


def matmul_of(x):
    y = tf.matmul(x,None)
    return x * x


def max_of(x):
    y = tf.maximum(x,None)
    return x * x


def unstack_of(x):
    y = tf.unstack(None)
    return x * x


def variable_of(x):
    y = tf.Variable([None,1.0])
    return x * x


with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    reshape_list_eager = kind(reshape_list_of, x)
    reshape_list_graph = kind(tf.function(reshape_list_of), x)
    reshape_tuple_eager = kind(reshape_tuple_of, x)
    reshape_tuple_graph = kind(tf.function(reshape_tuple_of), x)
    constant_eager = kind(constant_of, x)
    constant_graph = kind(tf.function(constant_of), x)
    convert_eager = kind(convert_of, x)
    convert_graph = kind(tf.function(convert_of), x)
    stack_eager = kind(stack_of, x)
    stack_graph = kind(tf.function(stack_of), x)
    add_eager = kind(add_of, x)
    add_graph = kind(tf.function(add_of), x)
    zeros_eager = kind(zeros_of, x)
    zeros_graph = kind(tf.function(zeros_of), x)
    ones_eager = kind(ones_of, x)
    ones_graph = kind(tf.function(ones_of), x)
    fill_eager = kind(fill_of, x)
    fill_graph = kind(tf.function(fill_of), x)
    broadcast_eager = kind(broadcast_of, x)
    broadcast_graph = kind(tf.function(broadcast_of), x)
    rand_eager = kind(rand_of, x)
    rand_graph = kind(tf.function(rand_of), x)
    tile_eager = kind(tile_of, x)
    tile_graph = kind(tf.function(tile_of), x)
    concat_eager = kind(concat_of, x)
    concat_graph = kind(tf.function(concat_of), x)
    reshape_ts_eager = kind(reshape_ts_of, x)
    reshape_ts_graph = kind(tf.function(reshape_ts_of), x)
    zeros_ts_eager = kind(zeros_ts_of, x)
    zeros_ts_graph = kind(tf.function(zeros_ts_of), x)
    mul_list_eager = kind(mul_list_of, x)
    mul_list_graph = kind(tf.function(mul_list_of), x)
    reduce_sum_eager = kind(reduce_sum_of, x)
    reduce_sum_graph = kind(tf.function(reduce_sum_of), x)
    add_n_eager = kind(add_n_of, x)
    add_n_graph = kind(tf.function(add_n_of), x)
    mix_eager = kind(mix_of, x)
    mix_graph = kind(tf.function(mix_of), x)
    eye_eager = kind(eye_of, x)
    eye_graph = kind(tf.function(eye_of), x)
    one_hot_eager = kind(one_hot_of, x)
    one_hot_graph = kind(tf.function(one_hot_of), x)
    range_eager = kind(range_of, x)
    range_graph = kind(tf.function(range_of), x)
    slice_eager = kind(slice_of, x)
    slice_graph = kind(tf.function(slice_of), x)
    pyrange_eager = kind(pyrange_of, x)
    pyrange_graph = kind(tf.function(pyrange_of), x)
    div_eager = kind(div_of, x)
    div_graph = kind(tf.function(div_of), x)
    cast_eager = kind(cast_of, x)
    cast_graph = kind(tf.function(cast_of), x)
    sum_axis_eager = kind(sum_axis_of, x)
    sum_axis_graph = kind(tf.function(sum_axis_of), x)
    gather_eager = kind(gather_of, x)
    gather_graph = kind(tf.function(gather_of), x)
    transpose_eager = kind(transpose_of, x)
    transpose_graph = kind(tf.function(transpose_of), x)
    pad_eager = kind(pad_of, x)
    pad_graph = kind(tf.function(pad_of), x)
    dict_eager = kind(dict_of, x)
    dict_graph = kind(tf.function(dict_of), x)
    pow_eager = kind(pow_of, x)
    pow_graph = kind(tf.function(pow_of), x)
    matmul_eager = kind(matmul_of, x)
    matmul_graph = kind(tf.function(matmul_of), x)
    max_eager = kind(max_of, x)
    max_graph = kind(tf.function(max_of), x)
    unstack_eager = kind(unstack_of, x)
    unstack_graph = kind(tf.function(unstack_of), x)
    variable_eager = kind(variable_of, x)
    variable_graph = kind(tf.function(variable_of), x)
reshape_list_g = tape.gradient(reshape_list_eager, x), tape.gradient(reshape_list_graph, x)
reshape_tuple_g = tape.gradient(reshape_tuple_eager, x), tape.gradient(reshape_tuple_graph, x)
constant_g = tape.gradient(constant_eager, x), tape.gradient(constant_graph, x)
convert_g = tape.gradient(convert_eager, x), tape.gradient(convert_graph, x)
stack_g = tape.gradient(stack_eager, x), tape.gradient(stack_graph, x)
add_g = tape.gradient(add_eager, x), tape.gradient(add_graph, x)
zeros_g = tape.gradient(zeros_eager, x), tape.gradient(zeros_graph, x)
ones_g = tape.gradient(ones_eager, x), tape.gradient(ones_graph, x)
fill_g = tape.gradient(fill_eager, x), tape.gradient(fill_graph, x)
broadcast_g = tape.gradient(broadcast_eager, x), tape.gradient(broadcast_graph, x)
rand_g = tape.gradient(rand_eager, x), tape.gradient(rand_graph, x)
tile_g = tape.gradient(tile_eager, x), tape.gradient(tile_graph, x)
concat_g = tape.gradient(concat_eager, x), tape.gradient(concat_graph, x)
reshape_ts_g = tape.gradient(reshape_ts_eager, x), tape.gradient(reshape_ts_graph, x)
zeros_ts_g = tape.gradient(zeros_ts_eager, x), tape.gradient(zeros_ts_graph, x)
mul_list_g = tape.gradient(mul_list_eager, x), tape.gradient(mul_list_graph, x)
reduce_sum_g = tape.gradient(reduce_sum_eager, x), tape.gradient(reduce_sum_graph, x)
add_n_g = tape.gradient(add_n_eager, x), tape.gradient(add_n_graph, x)
mix_g = tape.gradient(mix_eager, x), tape.gradient(mix_graph, x)
eye_g = tape.gradient(eye_eager, x), tape.gradient(eye_graph, x)
one_hot_g = tape.gradient(one_hot_eager, x), tape.gradient(one_hot_graph, x)
range_g = tape.gradient(range_eager, x), tape.gradient(range_graph, x)
slice_g = tape.gradient(slice_eager, x), tape.gradient(slice_graph, x)
pyrange_g = tape.gradient(pyrange_eager, x), tape.gradient(pyrange_graph, x)
div_g = tape.gradient(div_eager, x), tape.gradient(div_graph, x)
cast_g = tape.gradient(cast_eager, x), tape.gradient(cast_graph, x)
sum_axis_g = tape.gradient(sum_axis_eager, x), tape.gradient(sum_axis_graph, x)
gather_g = tape.gradient(gather_eager, x), tape.gradient(gather_graph, x)
transpose_g = tape.gradient(transpose_eager, x), tape.gradient(transpose_graph, x)
pad_g = tape.gradient(pad_eager, x), tape.gradient(pad_graph, x)
dict_g = tape.gradient(dict_eager, x), tape.gradient(dict_graph, x)
pow_g = tape.gradient(pow_eager, x), tape.gradient(pow_graph, x)
matmul_g = tape.gradient(matmul_eager, x), tape.gradient(matmul_graph, x)
max_g = tape.gradient(max_eager, x), tape.gradient(max_graph, x)
unstack_g = tape.gradient(unstack_eager, x), tape.gradient(unstack_graph, x)
variable_g = tape.gradient(variable_eager, x), tape.gradient(variable_graph, x)
