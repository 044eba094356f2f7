// How each row of `core/ops` is carried out: a kernel of TensorFlow.js by its name, or, where it has none, a walk over the numbers. Importing this fills the table.
import './kernels-elementwise.ts';
import './kernels-reductions.ts';
import './kernels-moves.ts';
import './kernels-indices.ts';
import './kernels-windows.ts';
import './kernels-reference.ts';
import './kernels-einsum.ts';

export { byReference, filled, findCarry } from './carry.ts';
