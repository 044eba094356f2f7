// Reference kernels of convolutions: sums of products over all elements of all windows.
import { visitWindows, type Windows } from '../windows.ts';
import { countOf, type Kernel, type Kernels } from './kernel.ts';

const windowsOf = (attributes: unknown): Windows => attributes as Windows;

/** What each of the three ops of a family adds up: for an element of a window, the numbers at one image, one filter and one result place. */
type Step = (image: number, filter: number, result: number) => void;

/** `depthwise`: result channel c·m + j is made of image channel c alone. */
function visit(
  image: readonly number[],
  filter: readonly number[],
  result: readonly number[],
  windows: Windows,
  depthwise: boolean,
  step: Step,
): void {
  const [batch = 1, channels = 1] = [image[0], image.at(-1)];
  const last = filter.at(-1) ?? 1;
  const depth = result.at(-1) ?? 1;
  const [pixels, places] = [countOf(image.slice(1, -1)), countOf(result.slice(1, -1))];
  visitWindows(image.slice(1, -1), filter.slice(0, -2), windows, (output, place, input) => {
    for (let n = 0; n < batch; n++)
      for (let c = 0; c < channels; c++)
        for (let j = 0; j < last; j++)
          step(
            (n * pixels + input) * channels + c,
            (place * channels + c) * last + j,
            (n * places + output) * depth + (depthwise ? c * last + j : j),
          );
  });
}

const forward =
  (depthwise: boolean): Kernel =>
  ([x, f], attributes, [y]) => {
    if (!x || !f || !y) return null;
    const out = new Float64Array(countOf(y.shape));
    visit(x.shape, f.shape, y.shape, windowsOf(attributes), depthwise, (image, filter, result) => {
      out[result] = (out[result] as number) + (x.values[image] as number) * (f.values[filter] as number);
    });
    return [out];
  };
const toInput =
  (depthwise: boolean): Kernel =>
  ([f, dy], attributes, [x]) => {
    if (!f || !dy || !x) return null;
    const out = new Float64Array(countOf(x.shape));
    visit(x.shape, f.shape, dy.shape, windowsOf(attributes), depthwise, (image, filter, result) => {
      out[image] = (out[image] as number) + (dy.values[result] as number) * (f.values[filter] as number);
    });
    return [out];
  };
const toFilter =
  (depthwise: boolean): Kernel =>
  ([x, dy], attributes, [f]) => {
    if (!x || !dy || !f) return null;
    const out = new Float64Array(countOf(f.shape));
    visit(x.shape, f.shape, dy.shape, windowsOf(attributes), depthwise, (image, filter, result) => {
      out[filter] = (out[filter] as number) + (x.values[image] as number) * (dy.values[result] as number);
    });
    return [out];
  };

export const CONVOLUTIONS: Kernels = {
  Conv2D: forward(false),
  Conv2DBackpropInput: toInput(false),
  Conv2DBackpropFilter: toFilter(false),
  Conv3D: forward(false),
  Conv3DBackpropInputV2: toInput(false),
  Conv3DBackpropFilterV2: toFilter(false),
  DepthwiseConv2dNative: forward(true),
  DepthwiseConv2dNativeBackpropInput: toInput(true),
  DepthwiseConv2dNativeBackpropFilter: toFilter(true),
};
