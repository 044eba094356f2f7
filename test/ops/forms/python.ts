// Forms of the table that are programs rather than functions of tensors: control flow, functions of functions, numpy, random samples. Each is what stands in
// `def f(x)` (or `def f(a, b)`); several lines end in a `return` of their own.
export const PROGRAMS: Readonly<Record<string, string>> = {
  'tf.random.categorical(x)': 'tf.cast(tf.random.categorical(x[None, :], 3), tf.float32)',
  'tf.random.gamma(alpha=x)': 'tf.random.gamma([3], tf.abs(x) + 1.0)',
  'tf.py_function(square)': 'tf.py_function(lambda v: v * v, [x], tf.float32)',
  'tf.numpy_function(square)': 'tf.numpy_function(lambda v: v * v, [x], tf.float32)',
  'tf.strings.as_string->to_number': 'tf.strings.to_number(tf.strings.as_string(x))',
  'tf.grad_pass_through(round)': 'tf.grad_pass_through(tf.round)(x)',
  'tf.recompute_grad(square)': 'tf.recompute_grad(lambda v: v * v)(x)',
  'tf.custom_gradient (differentiable grad fn)': [
    '@tf.custom_gradient',
    'def inner(v):',
    '    def grad(dy):',
    '        return dy * 2.0 * v',
    '    return v * v, grad',
    'return inner(x)',
  ].join('\n'),
  'tf.custom_gradient (numpy in grad fn)': [
    '@tf.custom_gradient',
    'def inner(v):',
    '    def grad(dy):',
    '        return dy * 2.0 * v.numpy()',
    '    return v * v, grad',
    'return inner(x)',
  ].join('\n'),
  'tf.custom_gradient (clip upstream)': [
    '@tf.custom_gradient',
    'def inner(v):',
    '    def grad(dy):',
    '        return tf.clip_by_norm(dy, 0.5)',
    '    return tf.identity(v), grad',
    'return inner(x)',
  ].join('\n'),
  'tf.custom_gradient (log1pexp, closes over forward value)': [
    '@tf.custom_gradient',
    'def inner(v):',
    '    e = tf.exp(v)',
    '    def grad(dy):',
    '        return dy * (1.0 - 1.0 / (1.0 + e))',
    '    return tf.math.log(1.0 + e), grad',
    'return inner(x)',
  ].join('\n'),
  'tf.cond(x>0, x*x, x)': 'tf.cond(x[0] > 0.0, lambda: x * x, lambda: x)',
  'tf.while_loop 3x multiply': 'tf.while_loop(lambda i, v: i < 3, lambda i, v: (i + 1, v * x), (0, x))[1]',
  'tf.map_fn(square)': 'tf.map_fn(lambda v: v * v, x)',
  'tf.vectorized_map(square)': 'tf.vectorized_map(lambda v: v * v, x)',
  'tf.scan': 'tf.scan(lambda a, v: a * v, x)',
  'tf.foldl(+)': 'tf.foldl(lambda a, v: a + v, x)',
  'tf.switch_case': 'tf.switch_case(tf.constant(1), [lambda: x, lambda: x * x])',
  'TensorArray write/stack': [
    'ta = tf.TensorArray(tf.float32, size=2)',
    'ta = ta.write(0, x * x)',
    'ta = ta.write(1, x)',
    'return ta.stack()',
  ].join('\n'),
  'keras MultiHeadAttention': 'attention(x[None, :, None] * tf.ones([1, 4, 6]), x[None, :, None] * tf.ones([1, 4, 6]))',
  'tf.RaggedTensor reduce_sum': 'tf.reduce_sum(tf.RaggedTensor.from_row_lengths(x, [3, 1]), axis=1)',
  'tf.sparse.sparse_dense_matmul':
    'tf.sparse.sparse_dense_matmul(tf.sparse.SparseTensor([[0, 0], [1, 2]], [1.0, 2.0], [2, 4]), tf.reshape(x, [4, 1]))',
  'tf.experimental.numpy.square': 'tf.experimental.numpy.square(x)',
  'np.square(x) (numpy)': 'tf.constant(np.square(x))',
  'x.numpy()**2': 'tf.constant(x.numpy() ** 2)',
  'np.sum(x)': 'tf.constant(np.sum(x))',
  'float(x[0])': 'tf.constant(float(x[0]))',
  'tf.math.reduce_sum(list comp)': 'tf.reduce_sum([v * v for v in tf.unstack(x)])',
  'python max(x[0],0)': 'max(x[0], 0.0)',
  'tf.print in path': ['tf.print(x)', 'return x * x'].join('\n'),
  'tf.nest map': 'tf.nest.map_structure(lambda v: v * v, {"a": x})["a"]',
  'tf.nn.ctc_loss':
    'tf.nn.ctc_loss(tf.constant([[1, 2]]), tf.reshape(tf.tile(x, [6]), [6, 1, 4]), [2], [6], logits_time_major=True, blank_index=0)',
};

export const PROGRAMS_OF_TWO: Readonly<Record<string, string>> = {
  'tf.cond(a0<b0,a*b,a)': 'tf.cond(a[0] > b[0], lambda: a * b, lambda: a)',
  'tf.raw_ops.ImageProjectiveTransformV3(images=a,transforms=b)':
    'tf.raw_ops.ImageProjectiveTransformV3(images=tf.reshape(a, [1, 2, 2, 1]), transforms=tf.reshape(tf.tile(b, [2]), [1, 8]), output_shape=[2, 2], fill_value=0.0, interpolation="BILINEAR")',
  'tf.custom_gradient identity*b': [
    '@tf.custom_gradient',
    'def inner(v):',
    '    def grad(dy):',
    '        return dy',
    '    return tf.identity(v), grad',
    'return inner(a) * b',
  ].join('\n'),
};

/** What the analyzer does not know of these, and why; every other form is decided. */
export const UNKNOWN: ReadonlyMap<string, string> = new Map([
  ['tf.RaggedTensor reduce_sum', 'ragged tensors are none of the values that the analyzer has'],
  ['tf.sparse.sparse_dense_matmul', 'sparse tensors are none of the values that the analyzer has'],
  ['tf.experimental.numpy.square', "TensorFlow's numpy has types and rules of promotion of its own"],
  ['tf.nn.ctc_loss', 'its gradient is a loop over frames that no row carries out'],
  ['tf.raw_ops.ImageProjectiveTransformV3(images=a,transforms=b)', 'raw ops are known where they have a public function too'],
]);

const indented = (text: string, depth: number): string =>
  text
    .split('\n')
    .map((line) => ' '.repeat(4 * depth) + line)
    .join('\n');
const function_ = (parameters: string, body: string): string =>
  `def f(${parameters}):\n${indented(/^\s*return /m.test(body) && body.includes('\n') ? body : `return ${body}`, 1)}\n`;
const HEAD = [
  'import numpy as np',
  'import tensorflow as tf',
  'attention = tf.keras.layers.MultiHeadAttention(num_heads=2, key_dim=3)',
  '',
].join('\n');
const numbers = (...list: readonly number[]): string => `tf.constant([${list.join(', ')}])`;
const up = (y: string): string => `output_gradients=tf.fill(tf.shape(${y}), 0.7)`;

/** A program that asks for the derivatives of the orders 1 to 3, one call after the other. */
export function ordersProgram(body: string, wrap: string): string {
  return `${HEAD}${function_('x', body)}
x = ${numbers(0.31, 0.84, 0.47, 0.62)}
w = tf.Variable(1.3)
with tf.GradientTape() as t3:
    t3.watch(x)
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = ${wrap}
        g = t1.gradient(y, x, ${up('y')})
    h = t2.gradient(g, x, ${up('g')})
k = t3.gradient(h, x, ${up('h')})
`;
}
/** A program that asks for the first derivatives in two sources, and for those of one of them. */
export function mixedProgram(body: string, sources: readonly [string, string], wrap: string, second: string, asked: 0 | 1): string {
  const [a, b] = sources;
  const ofTwo = sources[0] === 'a';
  return `${HEAD}${function_(ofTwo ? 'a, b' : 'x', body)}
${a} = ${numbers(0.91, 0.84, 0.77, 0.62)}
${b} = ${second}
with tf.GradientTape(persistent=True) as outer:
    outer.watch([${a}, ${b}])
    with tf.GradientTape() as inner:
        inner.watch([${a}, ${b}])
        y = ${wrap}
    first = inner.gradient(y, [${a}, ${b}], ${up('y')})[${asked}]
g = outer.gradient(first, [${a}, ${b}], ${up('first')})
`;
}
export const numbersOfB = numbers(0.23, 0.41, 0.35, 0.17);
