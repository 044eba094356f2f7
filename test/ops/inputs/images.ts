// Test inputs of images: other sizes, crops, colours.
import type { Sampling } from '../../../core/ops/resizing.ts';
import type { Attributes } from '../../../core/row.ts';
import { type Case, f32, given, int } from './given.ts';

const IMAGE = [2, 4, 5, 2];
const SIZES: readonly (readonly [number, number])[] = [
  [7, 8],
  [3, 2],
];
/** The new sizes, there and back. */
const resized = (name: string, backward: string, sampling: Sampling, readsImage: boolean, antialias = false): Record<string, Case[]> => ({
  [name]: SIZES.map((size) => given([f32(IMAGE)], { sampling, antialias, size })),
  [backward]: SIZES.map((size) =>
    given([f32([2, ...size, 2], 3), ...(readsImage ? [f32(IMAGE, 5)] : [])], { sampling, antialias, size: IMAGE.slice(1, 3) }),
  ),
});
const WINDOWED: readonly (readonly [Sampling, boolean])[] = [
  ['lanczos3', false],
  ['lanczos5', true],
  ['gaussian', false],
  ['mitchellcubic', true],
  ['triangle', true],
  ['keyscubic', true],
];
const windowed = WINDOWED.map(([sampling, antialias]) => resized('ScaleAndTranslate', 'ScaleAndTranslateGrad', sampling, true, antialias));

/** Inside the images, reaching beyond them, and turned around. */
const BOXES = {
  values: [0.11, 0.07, 0.83, 0.71, -0.23, 0.13, 0.62, 1.31, 0.81, 0.92, 0.17, 0.05],
  shape: [3, 4],
  dtype: 'float32' as const,
};
const crop = (nearest: boolean, more: Attributes = {}): Attributes => ({ size: [3, 2], nearest, extrapolation: 0.5, ...more });
const PIXELS = [2, 2, 3, 3];
const RGB = f32(PIXELS, 4, 'positive');
const by = (value: number) => ({ values: [value], shape: [], dtype: 'float32' as const });

export const IMAGES: Readonly<Record<string, readonly Case[]>> = {
  ...resized('ResizeBilinear', 'ResizeBilinearGrad', 'bilinear', true),
  ...resized('ResizeBicubic', 'ResizeBicubicGrad', 'bicubic', true),
  ...resized('ResizeNearestNeighbor', 'ResizeNearestNeighborGrad', 'nearest', false),
  ...resized('ResizeArea', '_ResizeAreaGrad', 'area', false),
  ScaleAndTranslate: windowed.flatMap((cases) => cases['ScaleAndTranslate'] ?? []),
  ScaleAndTranslateGrad: windowed.flatMap((cases) => cases['ScaleAndTranslateGrad'] ?? []),
  CropAndResize: [
    given([f32(IMAGE), BOXES, int([0, 1, 0])], crop(false)),
    given([f32([1, 3, 4, 1]), BOXES, int([0, 0, 0])], { ...crop(false), size: [1, 4] }),
  ],
  CropAndResizeGradImage: [false, true].map((nearest) =>
    given([f32([3, 3, 2, 2], 3), BOXES, int([0, 1, 0])], crop(nearest, { shape: IMAGE })),
  ),
  CropAndResizeGradBoxes: [given([f32([3, 3, 2, 2], 3), f32(IMAGE), BOXES, int([0, 1, 0])], crop(false))],
  RGBToHSV: [given([RGB]), given([f32([5, 3], 9, 'positive')])],
  HSVToRGB: [given([f32(PIXELS, 6, 'positive')]), given([f32([5, 3], 9, 'positive')])],
  AdjustContrastv2: [given([f32(PIXELS, 4), by(1.3)]), given([f32([3, 2, 2], 4), by(0.4)])],
  AdjustSaturation: [given([RGB, by(0.7)]), given([f32([5, 3], 9, 'positive'), by(0.4)])],
  AdjustHue: [given([RGB, by(0.13)]), given([f32([5, 3], 9, 'positive'), by(-0.31)])],
};
