// core's Backend on the float64 kernels of core/reference: what gradients, tangents and tapes are run on where numbers have to be exact.
import type { Backend, Numbers } from '../../core/backend.ts';
import { evaluate, WITHOUT_KERNEL } from '../../core/reference/evaluate.ts';
import { type Attributes, dtypesOf, type Row, shapesOf } from '../../core/row.ts';
import { isKnown, show } from '../../core/shape.ts';
import { generic } from './generic.ts';
import { type DType, newTensorId, numbersPer, type Origin, type Shape, type Tensor } from '../../core/tensor.ts';

export class ReferenceTensor implements Tensor {
  readonly id = newTensorId();
  origin: Origin | null = null;
  constructor(
    readonly values: Numbers,
    readonly shape: readonly number[],
    readonly dtype: DType,
    readonly indexedSlices = false,
  ) {}
}

export function numbersOf(tensor: Tensor): Numbers {
  if (!(tensor instanceof ReferenceTensor)) throw new Error('not a tensor of the reference backend');
  return tensor.values;
}
export function shapeOf(tensor: Tensor): readonly number[] {
  if (!isKnown(tensor.shape)) throw new Error(`a shape that is not known: ${show(tensor.shape)}`);
  return tensor.shape;
}

/** A kernel has no answer: TensorFlow raises there, too (a matrix without an inverse). */
export class NoNumbers extends Error {
  constructor({ name }: Row) {
    super(`no reference numbers for ${name}`);
  }
}

/** Random rows, and those that have no reference kernel, give generic numbers, the same every time. */
export class ReferenceBackend implements Backend {
  run(row: Row, inputs: readonly Tensor[], attributes: Attributes): Tensor[] {
    const shapes = shapesOf(row, inputs, attributes);
    const dtypes = dtypesOf(row, inputs, attributes);
    const outputs = shapes.map((shape, i) => {
      if (!isKnown(shape)) throw new Error(`${row.name} gives a shape that is not known: ${show(shape)}`);
      return { shape, dtype: dtypes[i] ?? 'float32' };
    });
    const values =
      row.args.length === 0 || WITHOUT_KERNEL.has(row.name)
        ? outputs.map(({ shape, dtype }) =>
            generic(numbersPer(dtype) === 1 ? shape : [...shape, 2], 13, row.name === 'RandomUniform' ? 'positive' : 'any'),
          )
        : evaluate(
            row.name,
            inputs.map((t) => ({ values: numbersOf(t), shape: shapeOf(t), dtype: t.dtype ?? 'float32' })),
            attributes,
            outputs,
          );
    if (values === null) throw new NoNumbers(row);
    return outputs.map(({ shape, dtype }, i) => new ReferenceTensor(values[i] ?? [], shape, dtype, row.indexedSlices));
  }

  constant(values: Numbers, shape: readonly number[], dtype: DType): Tensor {
    return new ReferenceTensor(Float64Array.from(values), shape, dtype);
  }

  fill(value: number | null, shape: Shape, dtype: DType | null): Tensor {
    if (value === null || !isKnown(shape)) throw new Error(`a fill that is not known: ${show(shape)}`);
    const per = numbersPer(dtype);
    const values = Float64Array.from({ length: per * shape.reduce((a, b) => a * b, 1) }, (_, i) => (i % per === 0 ? value : 0));
    return new ReferenceTensor(values, shape, dtype ?? 'float32');
  }

  valueOf(tensor: Tensor): Numbers {
    return numbersOf(tensor);
  }

  alias(tensor: Tensor): Tensor {
    return new ReferenceTensor(numbersOf(tensor), shapeOf(tensor), tensor.dtype ?? 'float32', tensor.indexedSlices);
  }

  detach(tensor: Tensor): Tensor {
    return new ReferenceTensor(numbersOf(tensor), shapeOf(tensor), tensor.dtype ?? 'float32');
  }
}
