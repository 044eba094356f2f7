// The table of operations: importing it fills it.
import './unary.ts';
import './binary.ts';
import './special.ts';
import './quantization.ts';
import './activations.ts';
import './matrix.ts';
import './reductions.ts';
import './arrays.ts';
import './classification.ts';
import './random.ts';
import './convolution.ts';
import './pooling.ts';
import './patches.ts';
import './resizing.ts';
import './crops.ts';
import './colours.ts';
import './normalization.ts';
import './einsum.ts';
import './scatter.ts';
import './segments.ts';
import './blocks.ts';
import './partitions.ts';
import './bands.ts';
import './linear.ts';
import './factorization.ts';
import './complex.ts';

export { allRows, findRow, rowOf } from '../row.ts';
