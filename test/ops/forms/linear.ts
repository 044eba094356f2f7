// Forms of linear algebra.
import type { Tensor } from '../../../core/tensor.ts';
import { type BinaryForm, both, i, matrix, on, type Tensorflow, type UnaryForm } from './tensorflow.ts';

/** Matrices that have inverses, and symmetric ones that are positive definite. */
const regular = (x: Tensor, tf: Tensorflow): Tensor => tf.o.add(x, tf.o.mul(tf.call('tf.eye', i(3)), 3));
const definite = (x: Tensor, tf: Tensorflow): Tensor => regular(tf.o.matmul(x, x, false, true), tf);
const symmetric = (x: Tensor, tf: Tensorflow): Tensor => tf.o.add(x, tf.o.adjoint(x));
const named = (name: string, argument: (x: Tensor, tf: Tensorflow) => Tensor): UnaryForm =>
  matrix((x, tf) => tf.call(name, argument(x, tf)));

export const LINEAR: Readonly<Record<string, UnaryForm>> = {
  'tf.linalg.inv': named('tf.linalg.inv', regular),
  'tf.linalg.det': named('tf.linalg.det', regular),
  'tf.linalg.logdet': named('tf.linalg.logdet', definite),
  'tf.linalg.slogdet': matrix((x, tf) => tf.list('tf.linalg.slogdet', regular(x, tf))[1] ?? x),
  'tf.linalg.cholesky': named('tf.linalg.cholesky', definite),
  'tf.linalg.solve(x,b)': matrix((x, tf) => tf.call('tf.linalg.solve', regular(x, tf), tf.constant([3, 2]))),
  'tf.linalg.solve(A,x)': matrix((x, tf) => tf.call('tf.linalg.solve', regular(tf.constant([3, 3]), tf), x)),
  'tf.linalg.triangular_solve': matrix((x, tf) => tf.call('tf.linalg.triangular_solve', regular(x, tf), tf.constant([3, 2]))),
  'tf.linalg.lstsq': on([4, 3], (x, tf) => tf.call('tf.linalg.lstsq', x, tf.constant([4, 2]))),
  'tf.linalg.eigh eigenvalues': named('tf.linalg.eigh', symmetric),
  'tf.linalg.eigvalsh': named('tf.linalg.eigvalsh', symmetric),
  'tf.linalg.svd s': named('tf.linalg.svd', (x) => x),
  'tf.linalg.svd(compute_uv=False)': matrix((x, tf) => tf.call('tf.linalg.svd', x, false, false)),
  'tf.linalg.qr': matrix((x, tf) => tf.list('tf.linalg.qr', x)[1] ?? x),
  'tf.linalg.lu': named('tf.linalg.lu', regular),
  'tf.linalg.expm': named('tf.linalg.expm', (x) => x),
  'tf.linalg.sqrtm': named('tf.linalg.sqrtm', definite),
  'tf.linalg.pinv': on([4, 3], (x, tf) => tf.call('tf.linalg.pinv', x)),
  'tf.linalg.matrix_rank': matrix((x, tf) => tf.o.cast(tf.call('tf.linalg.matrix_rank', x), 'float32')),
  'tf.linalg.logm': matrix((x, tf) => tf.o.real(tf.call('tf.linalg.logm', tf.o.cast(definite(x, tf), 'complex64')))),
  'tf.linalg.band_part': matrix((x, tf) => tf.call('tf.linalg.band_part', x, i(0), i(-1))),
  'tf.linalg.cross(x,c)': on([2, 3], (x, tf) => tf.call('tf.linalg.cross', x, tf.constant([2, 3]))),
  'tf.linalg.diag': on([3], (x, tf) => tf.call('tf.linalg.diag', x)),
  'tf.linalg.normalize': on([4], (x, tf) => tf.call('tf.linalg.normalize', x)),
  'tf.einsum ij,jk->ik (const)': matrix((x, tf) => tf.call('tf.einsum', 'ij,jk->ik', x, tf.constant([3, 3]))),
  'tf.einsum quad i,ij,j': on([3], (x, tf) => tf.call('tf.einsum', 'i,ij,j->', x, tf.constant([3, 3]), x)),
};

export const LINEAR_OF_TWO: Readonly<Record<string, BinaryForm>> = {
  'tf.einsum outer': both((a, b, tf) => tf.call('tf.einsum', 'i,j->ij', a, b)),
  'tf.einsum ij,jk->ik': both((a, b, tf) => tf.call('tf.einsum', 'ij,jk->ik', a, b), 'any', [3, 3]),
  'tf.linalg.solve': both((a, b, tf) => tf.call('tf.linalg.solve', regular(a, tf), b), 'any', [3, 3]),
  'tf.linalg.cross': both((a, b, tf) => tf.call('tf.linalg.cross', a, b), 'any', [3]),
  'tf.linalg.triangular_solve': both((a, b, tf) => tf.call('tf.linalg.triangular_solve', regular(a, tf), b), 'any', [3, 3]),
  'tf.linalg.lstsq': both((a, b, tf) => tf.call('tf.linalg.lstsq', a, b), 'any', [4, 3], [4, 2]),
};
