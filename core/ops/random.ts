// Random tensors: no gradients, and numbers that no analysis knows.
import { op } from '../row.ts';
import type { DType, Shape } from '../tensor.ts';

interface Random {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly seed: number | null;
}

/** Standard normal, standard normal within two deviations, uniform in [0, 1). */
for (const name of ['RandomStandardNormal', 'TruncatedNormal', 'RandomUniform'])
  op<never, Random>(name, {
    args: [],
    shape: (_, { shape }) => shape,
    dtype: (_, { dtype }) => dtype,
    dependence: 'all',
    zeroWhen: 'never',
    gradient: 'none',
    tangent: 'none',
  });
