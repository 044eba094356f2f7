// Everything public that the core knows: importing it fills the tables of functions, layers, losses and initializers.
import '../ops/index.ts';
import './math.ts';
import './arrays.ts';
import './neural.ts';
import './convolution.ts';
import './pooling.ts';
import './normalization.ts';
import './einsum.ts';
import '../layers/basic.ts';
import '../layers/initializers.ts';
import '../layers/losses.ts';

export * from './function.ts';
export * from './signature.ts';
export * from './value.ts';
export * from '../layers/layer.ts';
