// How each row of `core/ops` is carried out: a kernel of TensorFlow.js by its name, or, where it has none, a walk over the numbers. Importing this fills the table.
import './kernels-elementwise.ts';
import './kernels-reductions.ts';
import './kernels-moves.ts';
import './kernels-indices.ts';
import './kernels-windows.ts';
import './kernels-reference.ts';
import './kernels-einsum.ts';

export { byReference, filled, findCarry } from './carry.ts';

/** Rows that the engine cannot carry out, and why: they are there for the analyzer. */
export const WITHOUT_CARRY: ReadonlyMap<string, string> = new Map([
  ['_Part', 'it stands only where a shape is unknown'],
  ['_Write', 'it stands only where a place is unknown'],
  ['Eig', 'eigenvalues of any matrix are complex, in an order that is that of the algorithm'],
  ['MatrixLogarithm', 'TensorFlow has it for complex matrices only, and without a gradient'],
  ['AsString', 'the engine keeps no strings'],
  ['StringToNumber', 'the engine keeps no strings'],
]);
