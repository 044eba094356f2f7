// Convolutions over 2 and 3 spatial axes, and the ops that are their gradients. All three of a family are bilinear, each the derivative of the others, at every order.
// TensorFlow: python/ops/nn_grad.py, _Conv2DGrad and its neighbours.
import type { Operations } from '../operations.ts';
import { type AxisDependence, type AxisReads, samePlaceBut } from '../reads.ts';
import { op } from '../row.ts';
import { KernelError, OpError, show } from '../shape.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';
import { spatial, windowCounts, type Windows } from '../windows.ts';
import { intoAxis, intoBatch, outOfAxis, outOfBatch, repeatedAxis } from './directions.ts';

export interface Convolution extends Windows {
  /** Carried out eagerly without a data format (python/ops/nn_ops.py, convolution_internal): None, which the gradients of the gradients cannot decode. */
  readonly withoutFormat?: boolean;
  /** Dilated by way of a batch of undilated ones: the same numbers, and kernels that can be differentiated. */
  readonly inBatches?: boolean;
}
interface Backprop extends Convolution {
  /** Of what the gradient is for. */
  readonly shape: Shape;
}

const bilinear = { dtype: 'same', zeroWhen: 'any' } as const;

/** An image [n, …, c] or a filter [window…, c, d], as an axis of the output meets them: the images of a batch never meet, nor do the channels of a filter that are told apart. */
const image = (shape: readonly number[]): readonly AxisReads[] => samePlaceBut(shape, shape.map((_, axis) => axis).slice(1));
const channel = (shape: readonly number[], own: number, along: number): readonly AxisReads[] =>
  shape.map((_, axis) => (axis === own ? { along } : 'all'));
const meets = {
  forward: ([input = [], filter = []], output) => [image(input), channel(filter, filter.length - 1, output.length - 1)],
  toInput: ([filter = [], gradients = []], output) => [channel(filter, filter.length - 2, output.length - 1), image(gradients)],
  toFilter: ([input = [], gradients = []], output) => [
    channel(input, input.length - 1, output.length - 2),
    channel(gradients, gradients.length - 1, output.length - 1),
  ],
} satisfies Record<string, AxisDependence<Windows>>;
/** Of filters with several channels of their own for each of the image's. */
const meetsDepthwise = {
  forward: ([input = [], filter = []]) => [image(input), filter.map(() => 'all' as const)],
  toInput: ([filter = [], gradients = []], output) => [channel(filter, 2, output.length - 1), image(gradients)],
  toFilter: ([input = [], gradients = []]) => [channel(input, input.length - 1, 2), gradients.map(() => 'all' as const)],
} satisfies Record<string, AxisDependence<Windows>>;

/** Of kernels for CPUs, which everything here is about. */
const refusesDilations = ({ dilations, inBatches = false }: Convolution): OpError | null =>
  !inBatches && dilations.some((d) => d > 1)
    ? new KernelError('InvalidArgumentError', 'Current CPU implementations do not yet support dilation rates larger than 1.')
    : null;
const refusesFormat = ({ withoutFormat }: Convolution): OpError | null =>
  withoutFormat ? new OpError('AttributeError', "'NoneType' object has no attribute 'decode'") : null;

const longer = (shape: Shape, axis: number, by: number): Shape => shape && shape.map((d, i) => (i === axis && d !== null ? d * by : d));
const channelsOf = (shape: Shape): Dimension => shape?.at(-1) ?? null;

/** [n, …spatial, c] with a filter [...window, c, d] → [n, …, d]. */
function convolved(input: Shape, filter: Shape, windows: Windows): Shape {
  if (input === null || filter === null) return null;
  if (input.length !== filter.length)
    throw new OpError('InvalidArgumentError', `convolution input must be ${filter.length}-dimensional: ${show(input)}`);
  const [channels, depth] = [channelsOf(input), filter.at(-2) ?? null];
  if (channels !== null && depth !== null && channels % Math.max(depth, 1) !== 0)
    throw new OpError('InvalidArgumentError', `input depth must be evenly divisible by filter depth: ${channels} vs ${depth}`);
  return [input[0] ?? null, ...windowCounts(spatial(input, 0), filter.slice(0, -2), windows), filter.at(-1) ?? null];
}

function convolution(forward: string, toInput: string, toFilter: string): void {
  const derivative = (o: Operations, { strides, dilations, padding, inBatches = false, withoutFormat = false }: Convolution) => {
    const attributes = { strides, dilations, padding, inBatches, withoutFormat: withoutFormat && !o.eager.inGraph };
    return {
      input: (filter: Tensor, gradients: Tensor, shape: Shape) => o.apply(toInput, [filter, gradients], { ...attributes, shape }),
      filter: (input: Tensor, gradients: Tensor, shape: Shape) => o.apply(toFilter, [input, gradients], { ...attributes, shape }),
      output: (input: Tensor, filter: Tensor) => o.apply(forward, [input, filter], attributes),
    };
  };

  op<'input' | 'filter', Convolution>(forward, {
    args: ['input', 'filter'],
    ...bilinear,
    dependence: meets.forward,
    shape: ([input = null, filter = null], windows) => convolved(input, filter, windows),
    gradient: ({ input, filter, dy, attributes, needs }, o) => {
      const d = derivative(o, attributes);
      return [needs[0] ? d.input(filter, dy, input.shape) : null, needs[1] ? d.filter(input, dy, filter.shape) : null];
    },
    // _Conv3DGrad decodes the format of the forward op already.
    refuses: (attributes) => (forward === 'Conv3D' ? refusesFormat(attributes) : null) ?? refusesDilations(attributes),
    tangent: ({ input, filter, y, tangents: [dInput, dFilter], directions, attributes }, o) => {
      const d = derivative(o, attributes);
      const last = (y.shape?.length ?? 1) - 1;
      return [
        o.total([
          dInput ? outOfBatch(d.output(intoBatch(dInput, o), filter), directions, o) : null,
          dFilter ? outOfAxis(d.output(input, intoAxis(dFilter, last, o)), last, directions, o) : null,
        ]),
      ];
    },
  });

  op<'filter' | 'gradients', Backprop>(toInput, {
    args: ['filter', 'gradients'],
    ...bilinear,
    dependence: meets.toInput,
    shape: (_, { shape }) => shape,
    gradient: ({ filter, gradients, dy, attributes, needs }, o) => {
      const d = derivative(o, attributes);
      return [needs[0] ? d.filter(dy, gradients, filter.shape) : null, needs[1] ? d.output(dy, filter) : null];
    },
    refuses: (attributes) => refusesFormat(attributes) ?? refusesDilations(attributes),
    tangent: ({ filter, gradients, y, tangents: [dFilter, dGradients], directions, attributes }, o) => {
      const d = derivative(o, attributes);
      const last = (y.shape?.length ?? 1) - 1;
      return [
        o.total([
          dFilter
            ? outOfAxis(d.input(intoAxis(dFilter, last - 1, o), gradients, longer(y.shape, last, directions)), last, directions, o)
            : null,
          dGradients ? outOfBatch(d.input(filter, intoBatch(dGradients, o), longer(y.shape, 0, directions)), directions, o) : null,
        ]),
      ];
    },
  });

  op<'input' | 'gradients', Backprop>(toFilter, {
    args: ['input', 'gradients'],
    ...bilinear,
    dependence: meets.toFilter,
    shape: (_, { shape }) => shape,
    gradient: ({ input, gradients, dy, attributes, needs }, o) => {
      const d = derivative(o, attributes);
      return [needs[0] ? d.input(dy, gradients, input.shape) : null, needs[1] ? d.output(input, dy) : null];
    },
    refuses: (attributes) => refusesFormat(attributes) ?? refusesDilations(attributes),
    tangent: ({ input, gradients, y, tangents: [dInput, dGradients], directions, attributes }, o) => {
      const d = derivative(o, attributes);
      const [deep, last] = [(y.shape?.length ?? 2) - 2, (y.shape?.length ?? 1) - 1];
      return [
        o.total([
          dInput ? outOfAxis(d.filter(intoAxis(dInput, last, o), gradients, longer(y.shape, deep, directions)), deep, directions, o) : null,
          dGradients
            ? outOfAxis(d.filter(input, intoAxis(dGradients, last, o), longer(y.shape, last, directions)), last, directions, o)
            : null,
        ]),
      ];
    },
  });
}
convolution('Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter');
convolution('Conv3D', 'Conv3DBackpropInputV2', 'Conv3DBackpropFilterV2');

// ------------------------------------------------------------------------------------------------ one filter, or several, per channel

const depthwise = (o: Operations, windows: Windows) => {
  const { strides, dilations, padding } = windows;
  const attributes = { strides, dilations, padding };
  return {
    input: (filter: Tensor, gradients: Tensor, shape: Shape) =>
      o.apply('DepthwiseConv2dNativeBackpropInput', [filter, gradients], { ...attributes, shape }),
    filter: (input: Tensor, gradients: Tensor, shape: Shape) =>
      o.apply('DepthwiseConv2dNativeBackpropFilter', [input, gradients], { ...attributes, shape }),
    output: (input: Tensor, filter: Tensor) => o.apply('DepthwiseConv2dNative', [input, filter], attributes),
  };
};

/** [n, h, w, c] with a filter [kh, kw, c, m] → [n, …, c·m]. */
op<'input' | 'filter', Windows>('DepthwiseConv2dNative', {
  args: ['input', 'filter'],
  ...bilinear,
  dependence: meetsDepthwise.forward,
  shape: ([input = null, filter = null], windows) => {
    if (input === null || filter === null) return null;
    const [, , depth = null, multiplier = null] = filter;
    const channels = channelsOf(input);
    if (channels !== null && depth !== null && channels !== depth)
      throw new OpError('InvalidArgumentError', `input and filter must have the same depth: ${channels} vs ${depth}`);
    const out = channels === null || multiplier === null ? null : channels * multiplier;
    return [input[0] ?? null, ...windowCounts(spatial(input, 2), filter.slice(0, 2), windows), out];
  },
  gradient: ({ input, filter, dy, attributes, needs }, o) => {
    const d = depthwise(o, attributes);
    return [needs[0] ? d.input(filter, dy, input.shape) : null, needs[1] ? d.filter(input, dy, filter.shape) : null];
  },
  tangent: ({ input, filter, tangents: [dInput, dFilter], directions, attributes }, o) => {
    const d = depthwise(o, attributes);
    const multiplier = filter.shape?.[3] ?? 1;
    return [
      o.total([
        dInput ? outOfBatch(d.output(intoBatch(dInput, o), filter), directions, o) : null,
        dFilter ? outOfAxis(d.output(input, intoAxis(dFilter, 3, o)), 3, directions, o, multiplier) : null,
      ]),
    ];
  },
});
op<'filter' | 'gradients', Backprop>('DepthwiseConv2dNativeBackpropInput', {
  args: ['filter', 'gradients'],
  ...bilinear,
  dependence: meetsDepthwise.toInput,
  shape: (_, { shape }) => shape,
  gradient: ({ filter, gradients, dy, attributes, needs }, o) => {
    const d = depthwise(o, attributes);
    return [needs[0] ? d.filter(dy, gradients, filter.shape) : null, needs[1] ? d.output(dy, filter) : null];
  },
  tangent: ({ filter, gradients, y, tangents: [dFilter, dGradients], directions, attributes }, o) => {
    const d = depthwise(o, attributes);
    return [
      o.total([
        dFilter
          ? outOfAxis(
              d.input(intoAxis(dFilter, 2, o), repeatedAxis(gradients, 3, directions, o), longer(y.shape, 3, directions)),
              3,
              directions,
              o,
            )
          : null,
        dGradients ? outOfBatch(d.input(filter, intoBatch(dGradients, o), longer(y.shape, 0, directions)), directions, o) : null,
      ]),
    ];
  },
});
op<'input' | 'gradients', Backprop>('DepthwiseConv2dNativeBackpropFilter', {
  args: ['input', 'gradients'],
  ...bilinear,
  dependence: meetsDepthwise.toFilter,
  shape: (_, { shape }) => shape,
  gradient: ({ input, gradients, dy, attributes, needs }, o) => {
    const d = depthwise(o, attributes);
    return [needs[0] ? d.input(dy, gradients, input.shape) : null, needs[1] ? d.output(input, dy) : null];
  },
  tangent: ({ input, gradients, y, tangents: [dInput, dGradients], directions, attributes }, o) => {
    const d = depthwise(o, attributes);
    const wide = longer(y.shape, 2, directions);
    return [
      o.total([
        dInput ? outOfAxis(d.filter(intoAxis(dInput, 3, o), repeatedAxis(gradients, 3, directions, o), wide), 2, directions, o) : null,
        dGradients ? outOfAxis(d.filter(repeatedAxis(input, 3, directions, o), intoAxis(dGradients, 3, o), wide), 2, directions, o) : null,
      ]),
    ];
  },
});
