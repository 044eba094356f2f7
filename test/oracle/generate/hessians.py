"""Problems whose Hessian is known: one expression each, of every family of ops and every structure, as whole programs.

`programs()` gives (name, text, expression, sources) in order. A line of the table is `name | sources | expression`; the target is the sum of the expression. Sources are
`x`, or `x` and `w`, each `name[shape]domain`: `~` for numbers of both signs, `+` for positive ones, `<` for numbers between -0.8 and 0.8, `1` for numbers past 1. In
an expression `{c:2,3}` stands for a constant of that shape. Linear ops stand inside something curved.
"""
import re
import zlib

TABLE = """
# element by element
exp | x[5]~ | tf.exp(x)
expm1 | x[5]~ | tf.math.expm1(x)
log | x[5]+ | tf.math.log(x)
log1p | x[5]+ | tf.math.log1p(x)
sqrt | x[5]+ | tf.sqrt(x)
rsqrt | x[5]+ | tf.math.rsqrt(x)
reciprocal | x[5]+ | tf.math.reciprocal(x)
square | x[5]~ | tf.square(x) * {c:5}
power_whole | x[5]~ | x ** 3
power_broken | x[5]+ | x ** 2.7
power_negative | x[5]+ | x ** -1.5
power_of_two | x[4]+, w[4]~ | x ** w
sin | x[5]~ | tf.sin(x)
cos | x[5]~ | tf.cos(x)
tan | x[5]< | tf.tan(x)
asin | x[5]< | tf.asin(x)
acos | x[5]< | tf.acos(x)
atan | x[5]~ | tf.atan(x)
sinh | x[5]~ | tf.sinh(x)
cosh | x[5]~ | tf.cosh(x)
tanh | x[5]~ | tf.tanh(x)
asinh | x[5]~ | tf.asinh(x)
acosh | x[5]1 | tf.acosh(x)
atanh | x[5]< | tf.atanh(x)
atan2 | x[4]+, w[4]~ | tf.atan2(x, w)
sigmoid | x[5]~ | tf.sigmoid(x)
softplus | x[5]~ | tf.nn.softplus(x)
log_sigmoid | x[5]~ | tf.math.log_sigmoid(x)
softsign | x[5]~ | tf.nn.softsign(x)
elu | x[5]~ | tf.nn.elu(x)
selu | x[5]~ | tf.nn.selu(x)
gelu | x[5]~ | tf.nn.gelu(x)
gelu_approximate | x[5]~ | tf.nn.gelu(x, approximate=True)
swish | x[5]~ | tf.nn.swish(x)
relu_squared | x[5]~ | tf.nn.relu(x) ** 2
relu6_squared | x[5]~ | tf.nn.relu6(x) ** 2
leaky_relu_cubed | x[5]~ | tf.nn.leaky_relu(x) ** 3
abs_cubed | x[5]~ | tf.abs(x) ** 3
erf | x[5]~ | tf.math.erf(x)
erfc | x[5]~ | tf.math.erfc(x)
erfinv | x[5]< | tf.math.erfinv(x)
ndtri | x[5]< | tf.math.ndtri(0.5 + 0.5 * x)
lgamma | x[5]+ | tf.math.lgamma(x)
digamma | x[5]+ | tf.math.digamma(x)
polygamma | x[4]1 | tf.math.polygamma(tf.constant(1.0, D), x)
lbeta | x[2,3]+ | tf.math.lbeta(x)
bessel_i0e | x[5]~ | tf.math.bessel_i0e(x)
bessel_i1e | x[5]~ | tf.math.bessel_i1e(x)
igamma | x[4]+ | tf.math.igamma({c:4} + 2.0, x)
igammac | x[4]+ | tf.math.igammac({c:4} + 2.0, x)
betainc | x[4]< | tf.math.betainc(tf.ones([4], D) * 2.5, tf.ones([4], D) * 1.5, 0.5 + 0.5 * x)
maximum | x[4]~, w[4]~ | tf.maximum(x, w) ** 3
minimum | x[4]~, w[4]~ | tf.minimum(x, w) ** 3
multiply | x[4]~, w[4]~ | tf.multiply(x, w)
divide | x[4]~, w[4]1 | x / w
divide_no_nan | x[4]~, w[4]1 | tf.math.divide_no_nan(x, w)
floormod | x[4]~, w[4]1 | tf.sin(tf.math.floormod(x, w))
squared_difference | x[4]~, w[4]~ | tf.math.squared_difference(x, w) ** 2
xlogy | x[4]+, w[4]+ | tf.math.xlogy(x, w)
xlog1py | x[4]+, w[4]+ | tf.math.xlog1py(x, w)
xdivy | x[4]+, w[4]1 | tf.math.xdivy(x, w)
multiply_no_nan | x[4]~, w[4]~ | tf.math.multiply_no_nan(x, w) ** 2
broadcasting | x[3,1]~, w[4]~ | tf.exp(x * w)
clipped | x[5]~ | tf.clip_by_value(x, -0.6, 0.7) ** 3
where | x[5]~ | tf.where(x > 0.1, tf.exp(x), tf.sin(x))
complex_abs | x[4]~ | tf.abs(tf.complex(x, x * x))
mish | x[5]~ | x * tf.tanh(tf.nn.softplus(x))

# reductions
sum_axis | x[2,3]~ | tf.reduce_sum(x, 1) ** 3
mean_axis | x[2,3]~ | tf.reduce_mean(x, 0) ** 3
prod | x[4]~ | tf.reduce_prod(x)
prod_axis | x[2,3]~ | tf.reduce_prod(x, 1)
max | x[2,3]~ | tf.reduce_max(x, 1) ** 3
min | x[2,3]~ | tf.reduce_min(x, 0) ** 3
logsumexp | x[5]~ | tf.reduce_logsumexp(x)
logsumexp_axis | x[2,3]~ | tf.reduce_logsumexp(x, 1, keepdims=True) ** 2
std | x[5]~ | tf.math.reduce_std(x)
variance | x[2,4]~ | tf.math.reduce_variance(x, 1) ** 2
euclidean_norm | x[5]~ | tf.math.reduce_euclidean_norm(x)
norm | x[2,3]~ | tf.norm(x, axis=1)
norm_of_order_three | x[5]+ | tf.norm(x, ord=3)
cumsum | x[5]~ | tf.cumsum(x) ** 3
cumsum_reverse_exclusive | x[5]~ | tf.cumsum(x, exclusive=True, reverse=True) ** 3
cumprod | x[5]~ | tf.math.cumprod(x) * {c:5}
cumulative_logsumexp | x[5]~ | tf.math.cumulative_logsumexp(x) * {c:5}
segment_sum | x[5]~ | tf.math.segment_sum(x, [0, 0, 1, 1, 1]) ** 3
segment_mean | x[5]~ | tf.math.segment_mean(x, [0, 0, 1, 1, 1]) ** 3
segment_max | x[5]~ | tf.math.segment_max(x, [0, 0, 1, 1, 1]) ** 3
segment_prod | x[5]+ | tf.math.segment_prod(x, [0, 0, 1, 1, 1])
unsorted_segment_sum | x[5]~ | tf.math.unsorted_segment_sum(x, [1, 0, 2, 1, 0], 3) ** 3
unsorted_segment_prod | x[5]+ | tf.math.unsorted_segment_prod(x, [1, 0, 2, 1, 0], 3)
softmax | x[2,4]~ | tf.nn.softmax(x) * {c:2,4}
log_softmax | x[2,4]~ | tf.nn.log_softmax(x) * {c:2,4}
l2_normalize | x[2,3]~ | tf.nn.l2_normalize(x, 1) * {c:2,3}
l2_loss | x[5]~ | tf.nn.l2_loss(x) ** 2
clip_by_norm | x[5]~ | tf.clip_by_norm(x, 0.9) * {c:5}
clip_by_global_norm | x[3]~, w[2]~ | tf.concat(tf.clip_by_global_norm([x, w], 0.9)[0], 0) * {c:5}
moments | x[2,4]~ | tf.stack(tf.nn.moments(x, [1])) ** 2
top_k | x[6]~ | tf.math.top_k(x, 3).values ** 3 * {c:3}
sort | x[5]~ | tf.sort(x) ** 3 * {c:5}
bincount_of_weights | x[4]~ | tf.math.unsorted_segment_mean(x, [0, 1, 1, 0], 2) ** 3

# matrices
matmul | x[2,3]~, w[3,2]~ | tf.matmul(x, w) ** 2
matmul_transposed | x[3,2]~, w[2,3]~ | tf.matmul(x, w, transpose_a=True, transpose_b=True) ** 2
matmul_batch | x[2,2,3]~ | tf.tanh(tf.matmul(x, {c:2,3,2}))
matmul_broadcast | x[2,3]~ | tf.tanh(tf.matmul({c:2,2,2}, x))
matvec | x[3]~ | tf.tanh(tf.linalg.matvec({c:2,3}, x))
quadratic_form | x[4]~ | tf.tensordot(x, tf.linalg.matvec({c:4,4}, x), 1)
tensordot | x[2,3]~, w[3,2]~ | tf.tensordot(x, w, [[1, 0], [0, 1]]) ** 2
einsum_trace | x[3,3]~ | tf.einsum('ij,ji->', x, x) ** 2
einsum_batch | x[2,2,3]~, w[3,2]~ | tf.einsum('bij,jk->bik', x, w) ** 2
einsum_outer | x[3]~, w[2]~ | tf.einsum('i,j->ij', x, w) ** 3
transpose | x[2,3]~ | tf.tanh(tf.matmul(tf.transpose(x), x))
adjoint | x[2,3]~ | tf.tanh(tf.matmul(x, tf.linalg.adjoint(x)))
inverse | x[3,3]~ | tf.linalg.inv(x + 3.0 * tf.eye(3, dtype=D)) * {c:3,3}
determinant | x[3,3]~ | tf.linalg.det(x + 2.0 * tf.eye(3, dtype=D))
logdet | x[3,3]~ | tf.linalg.logdet(tf.matmul(x, x, transpose_b=True) + tf.eye(3, dtype=D))
slogdet | x[3,3]~ | tf.linalg.slogdet(x + 2.0 * tf.eye(3, dtype=D))[1]
cholesky | x[3,3]~ | tf.linalg.cholesky(tf.matmul(x, x, transpose_b=True) + tf.eye(3, dtype=D)) * {c:3,3}
solve | x[3,3]~, w[3,1]~ | tf.linalg.solve(x + 3.0 * tf.eye(3, dtype=D), w) ** 2
triangular_solve | x[3,3]~, w[3,2]~ | tf.linalg.triangular_solve(x + 3.0 * tf.eye(3, dtype=D), w) ** 2
cholesky_solve | x[3,3]~ | tf.linalg.cholesky_solve(tf.linalg.cholesky(tf.matmul(x, x, transpose_b=True) + tf.eye(3, dtype=D)), {c:3,1}) ** 2
singular_values | x[2,3]~ | tf.linalg.svd(x, compute_uv=False) * {c:2}
symmetric_eigenvalues | x[3,3]~ | tf.linalg.eigvalsh(x + tf.transpose(x)) ** 3
qr | x[3,3]~ | tf.linalg.qr(x + 2.0 * tf.eye(3, dtype=D))[1] ** 2 * {c:3,3}
matrix_exponential | x[2,2]~ | tf.linalg.expm(x) * {c:2,2}
trace | x[3,3]~ | tf.linalg.trace(tf.matmul(x, tf.matmul(x, x)))
diag | x[3]~ | tf.linalg.det(tf.linalg.diag(x) + {c:3,3})
diag_part | x[3,3]~ | tf.linalg.diag_part(tf.matmul(x, x)) ** 2
set_diag | x[3]~ | tf.linalg.det(tf.linalg.set_diag({c:3,3}, x))
band_part | x[3,3]~ | tf.linalg.band_part(tf.matmul(x, x), 1, 0) ** 2
cross | x[3]~, w[3]~ | tf.linalg.cross(x, w) ** 2
pinv | x[2,3]~ | tf.linalg.pinv(x) * {c:3,2}
lstsq | x[3,2]~ | tf.linalg.lstsq(x + tf.eye(3, 2, dtype=D), {c:3,1}) ** 2
nuclear_norm_of_product | x[2,2]~ | tf.linalg.trace(tf.matmul(x, x, transpose_a=True)) ** 2
tridiagonal_solve | x[3,4]~ | tf.linalg.tridiagonal_solve(x + [[0.0] * 4, [4.0] * 4, [0.0] * 4], {c:4}) ** 2

# elements moved about
reshape | x[2,3]~ | tf.matmul(tf.reshape(x, [3, 2]), x) ** 2
concat | x[2]~, w[3]~ | tf.concat([x, w, x], 0) ** 3 * {c:7}
stack | x[3]~, w[3]~ | tf.reduce_prod(tf.stack([x, w, x * w]), 0)
unstack | x[3,2]~ | tf.unstack(x)[0] * tf.unstack(x)[2] ** 2
split | x[6]~ | tf.split(x, 3)[0] * tf.split(x, 3)[1] * tf.split(x, 3)[2]
gather | x[4]~ | tf.gather(x, [0, 2, 2, 3]) ** 3 * {c:4}
gather_axis | x[2,4]~ | tf.gather(x, [3, 1], axis=1) ** 3
gather_nd | x[2,3]~ | tf.gather_nd(x, [[0, 1], [1, 2], [0, 1]]) ** 3
boolean_mask | x[4]~ | tf.boolean_mask(x, [True, False, True, True]) ** 3
slice | x[3,3]~ | tf.slice(x, [0, 1], [2, 2]) ** 3
strides | x[7]~ | x[1::2] ** 3 * x[:-1:2]
ellipsis | x[2,2,2]~ | x[..., 0] * x[..., 1] ** 2
new_axis | x[3]~ | tf.exp(x[:, None] * x[None, :] * {c:3,3})
reverse | x[4]~ | x * tf.reverse(x, [0]) ** 2
roll | x[5]~ | x * tf.roll(x, 2, 0) ** 2
tile | x[2]~ | tf.tile(x, [3]) ** 3 * {c:6}
repeat | x[3]~ | tf.repeat(x, [1, 2, 2]) ** 3 * {c:5}
pad | x[3]~ | tf.math.cumprod(tf.pad(x, [[1, 1]], constant_values=1.3))
pad_reflect | x[4]~ | tf.pad(x, [[2, 1]], 'REFLECT') ** 3 * {c:7}
pad_symmetric | x[4]~ | tf.pad(x, [[2, 1]], 'SYMMETRIC') ** 3 * {c:7}
squeeze_and_expand | x[1,4]~ | tf.exp(tf.expand_dims(tf.squeeze(x, 0), 1) * x)
broadcast_to | x[3]~ | tf.broadcast_to(x, [2, 3]) ** 3 * {c:2,3}
scatter_nd | x[3]~ | tf.math.cumprod(1.0 + tf.scatter_nd([[4], [0], [2]], x, [5]))
scatter_update | x[5]~, w[2]~ | tf.tensor_scatter_nd_update(x, [[1], [3]], w) ** 3
scatter_add | x[5]~, w[2]~ | tf.tensor_scatter_nd_add(x, [[1], [3]], w) ** 3
scatter_max | x[5]~, w[2]~ | tf.tensor_scatter_nd_max(x, [[1], [3]], w) ** 3
dynamic_stitch | x[2]~, w[3]~ | tf.math.cumprod(tf.dynamic_stitch([[0, 3], [1, 2, 4]], [x, w]))
dynamic_partition | x[5]~ | tf.dynamic_partition(x, [0, 1, 0, 1, 1], 2)[1] ** 3
meshgrid | x[3]~, w[2]~ | tf.exp(tf.meshgrid(x, w)[0] * tf.meshgrid(x, w)[1])
space_to_depth | x[1,4,4,1]~ | tf.reduce_prod(tf.nn.space_to_depth(x, 2), 3)
depth_to_space | x[1,2,2,4]~ | tf.reduce_prod(tf.nn.depth_to_space(x, 2), 1)
space_to_batch | x[1,4,4,1]~ | tf.reduce_prod(tf.space_to_batch(x, [2, 2], [[0, 0], [0, 0]]), 0)
reverse_sequence | x[2,4]~ | x * tf.reverse_sequence(x, [2, 3], seq_axis=1) ** 2
extract_patches | x[1,3,3,1]~ | tf.reduce_prod(tf.image.extract_patches(x, [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], 'VALID'), 3)
embedding_lookup | x[4,2]~ | tf.nn.embedding_lookup(x, [1, 3, 1]) ** 3

# networks
conv1d | x[1,5,2]~, w[3,2,1]~ | tf.tanh(tf.nn.conv1d(x, w, 1, 'SAME'))
conv2d_valid | x[1,4,4,1]~, w[2,2,1,2]~ | tf.tanh(tf.nn.conv2d(x, w, 1, 'VALID'))
conv2d_same_strides | x[1,5,4,1]~, w[3,3,1,2]~ | tf.tanh(tf.nn.conv2d(x, w, 2, 'SAME'))
depthwise_conv2d | x[1,4,4,2]~, w[2,2,2,1]~ | tf.tanh(tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], 'SAME'))
separable_conv2d | x[1,4,4,2]~ | tf.tanh(tf.nn.separable_conv2d(x, {c:2,2,2,1}, {c:1,1,2,3}, [1, 1, 1, 1], 'VALID'))
conv2d_transpose | x[1,2,2,2]~, w[3,3,1,2]~ | tf.tanh(tf.nn.conv2d_transpose(x, w, [1, 5, 5, 1], 2, 'VALID'))
conv3d | x[1,3,3,3,1]~, w[2,2,2,1,1]~ | tf.tanh(tf.nn.conv3d(x, w, [1, 1, 1, 1, 1], 'VALID'))
max_pool | x[1,4,4,2]~ | tf.nn.max_pool2d(x, 2, 2, 'VALID') ** 3
max_pool_overlapping | x[1,4,4,1]~ | tf.nn.max_pool2d(x, 3, 1, 'SAME') ** 3
max_pool1d | x[1,6,2]~ | tf.nn.max_pool1d(x, 2, 2, 'VALID') ** 3
avg_pool | x[1,4,4,1]~ | tf.nn.avg_pool2d(x, 3, 1, 'SAME') ** 3
avg_pool3d | x[1,2,2,4,1]~ | tf.nn.avg_pool3d(x, 2, 2, 'VALID') ** 3
bias_add | x[2,3]~, w[3]~ | tf.nn.bias_add(x, w) ** 3
local_response_normalization | x[1,1,2,5]~ | tf.nn.local_response_normalization(x, 2, 1.0, 0.8, 0.6) * {c:1,1,2,5}
batch_normalization | x[4,2]~, w[2]~ | tf.nn.batch_normalization(x, tf.reduce_mean(x, 0), tf.math.reduce_variance(x, 0), None, w, 0.1) ** 3
dilation2d | x[1,4,4,1]~ | tf.nn.dilation2d(x, {c:2,2,1}, [1, 1, 1, 1], 'VALID', 'NHWC', [1, 1, 1, 1]) ** 3
softmax_cross_entropy | x[2,3]~ | tf.nn.softmax_cross_entropy_with_logits(tf.nn.softmax({c:2,3}), x)
sparse_softmax_cross_entropy | x[3,4]~ | tf.nn.sparse_softmax_cross_entropy_with_logits([1, 0, 3], x)
sigmoid_cross_entropy | x[4]~ | tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.sigmoid({c:4}), logits=x)
weighted_cross_entropy | x[4]~ | tf.nn.weighted_cross_entropy_with_logits(tf.sigmoid({c:4}), x, 1.7)
log_poisson_loss | x[4]~ | tf.nn.log_poisson_loss({c:4} + 1.5, x)
resize_bilinear | x[1,2,3,1]~ | tf.image.resize(x, [4, 5]) ** 3
resize_nearest | x[1,2,2,1]~ | tf.image.resize(x, [3, 4], 'nearest') ** 3
resize_bicubic | x[1,3,3,1]~ | tf.image.resize(x, [5, 5], 'bicubic') ** 3
total_variation | x[1,3,3,1]~ | tf.square(x[:, 1:] - x[:, :-1]) * tf.square(x[:, :, 1:] - x[:, :, :-1])[:, :2, :1]
fourier | x[4]~ | tf.abs(tf.signal.fft(tf.complex(x, x ** 2))) ** 3
real_fourier | x[4]~ | tf.abs(tf.signal.rfft(x)) ** 3
attention | x[3,2]~ | tf.matmul(tf.nn.softmax(tf.matmul(x, x, transpose_b=True)), x) ** 2

# control
stop_gradient | x[4]~ | tf.stop_gradient(tf.exp(x)) * x ** 3
while_loop | x[3]~ | tf.while_loop(lambda i, z: i < 4, lambda i, z: (i + 1, tf.sin(z) + z * x), (0, x))[1]
cond | x[3]~ | tf.cond(tf.reduce_sum(x) > 100.0, lambda: x, lambda: tf.exp(x) * tf.reduce_sum(x))
map_fn | x[3,2]~ | tf.map_fn(lambda row: tf.reduce_prod(row) ** 2, x)
scan | x[4]~ | tf.scan(lambda a, b: tf.sin(a) * b, x)
foldl | x[4]~ | tf.foldl(lambda a, b: tf.sin(a) + a * b, x)
vectorized_map | x[3,2]~ | tf.vectorized_map(lambda row: tf.reduce_prod(row) ** 2, x)
switch_case | x[3]~ | tf.switch_case(tf.constant(1), [lambda: x, lambda: tf.exp(x) * x])

# structures
zero | x[4]~ | 3.0 * x
zero_nearly_everywhere | x[4]~ | tf.nn.relu(x) * 2.0
constant | x[3]~ | x * tf.reduce_sum(x)
diagonal_large | x[30]~ | tf.exp(x) * x
tridiagonal | x[24]~ | 100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2
pentadiagonal | x[20]~ | tf.sin(x[2:] * x[1:-1] * x[:-2])
arrow | x[20]~ | tf.concat([tf.exp(x[0] * x[1:]), x[:1] ** 4], 0)
block_diagonal_examples | x[6,4]~ | tf.matmul(tf.tanh(tf.matmul(x, {c:4,5})), {c:5,1})
block_diagonal_rows | x[5,4]~ | tf.nn.softmax(x) * {c:5,4}
low_rank_and_diagonal | x[12]~ | x ** 4 / 12.0 + tf.sin(tf.reduce_mean(x))
grid | x[5,5]~ | tf.concat([tf.reshape(tf.sin(x[1:] * x[:-1]), [-1]), tf.reshape(tf.sin(x[:, 1:] * x[:, :-1]), [-1])], 0)
cyclic | x[16]~ | tf.exp(x * tf.roll(x, 1, 0))
sparse_pairs | x[15]~ | tf.gather(x, [0, 3, 7, 11, 14]) * tf.gather(x, [9, 2, 12, 5, 1]) ** 2
convolution_band | x[1,18,1]~ | tf.nn.conv1d(x, {c:3,1,1}, 1, 'VALID') ** 3
dense_by_matrix | x[10]~ | tf.tanh(tf.linalg.matvec({c:8,10}, x))
blocks_of_two_sources | x[3,2]~, w[2,3]~ | tf.exp(tf.reduce_sum(x, 1) * w[0] * 0.5)
"""


class Numbers:
    """The same numbers for the same name, three digits each."""

    def __init__(self, name):
        self.state = zlib.crc32(name.encode()) or 1

    def one(self):
        self.state = (self.state * 1103515245 + 12345) % 2**31
        return self.state / 2**31

    def within(self, low, high):
        value = round(low + (high - low) * self.one(), 3)
        # Nothing near the kinks at zero.
        return value if abs(value) > 0.05 or low > 0 else value + 0.1

    def of(self, shape, low, high):
        if not shape:
            return self.within(low, high)
        return [self.of(shape[1:], low, high) for _ in range(shape[0])]


DOMAINS = {"~": (-1.2, 1.2), "+": (0.3, 1.7), "<": (-0.8, 0.8), "1": (1.2, 2.4)}


def _sizes(text):
    return [int(size) for size in text.split(",")]


def programs():
    for line in TABLE.strip().split("\n"):
        if not line or line.startswith("#"):
            continue
        name, declared, expression = [part.strip() for part in line.split(" | ")]
        numbers = Numbers(name)
        sources = {
            source: numbers.of(_sizes(shape), *DOMAINS[domain]) for source, shape, domain in re.findall(r"(\w)\[([\d,]+)\](.)", declared)
        }
        expression = re.sub(r"\{c:([\d,]+)\}", lambda found: f"tf.constant({numbers.of(_sizes(found[1]), -1.2, 1.2)}, D)", expression)
        yield name, _text(sources, expression), expression, sources


def _text(sources, expression):
    variables = "\n".join(f"{name} = tf.Variable({values}, dtype=D)" for name, values in sources.items())
    if len(sources) == 1:
        taken = "    g = inner.gradient(y, x)\nh = outer.jacobian(g, x)"
    else:
        taken = (
            "    g = tf.concat([tf.reshape(part, [-1]) for part in inner.gradient(y, [x, w])], 0)\nh = outer.jacobian(g, [x, w])"
        )
    return f"""import tensorflow as tf

D = tf.float32
{variables}
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = {expression}
{taken}
"""


if __name__ == "__main__":
    print(len(list(programs())))
