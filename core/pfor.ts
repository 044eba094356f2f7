// What becomes of ops where the rows of a Jacobian are made all at once. TensorFlow: python/ops/parallel_for/pfor.py.
import { OpError } from './shape.ts';

/**
 * The rows of ops that pfor has no converter for: where what goes in differs from row to row, it goes through them in a loop. Ops of ours stand with the ones that they stand for.
 * Listed by TensorFlow 2.15's registry (`_pfor_converter_registry`).
 */
export const UNCONVERTED: ReadonlySet<string> = new Set(
  [
    'Betainc Bitcast Conv3D Conv3DBackpropFilterV2 Conv3DBackpropInputV2 CropAndResize CropAndResizeGradBoxes CropAndResizeGradImage',
    'CumulativeLogsumexp DenseBincount Dilation2D Dilation2DBackpropFilter Dilation2DBackpropInput DynamicPartition DynamicStitch Eig EuclideanNorm',
    'FakeQuantWithMinMaxArgs FakeQuantWithMinMaxArgsGradient FakeQuantWithMinMaxVars FakeQuantWithMinMaxVarsGradient',
    'FakeQuantWithMinMaxVarsPerChannel FakeQuantWithMinMaxVarsPerChannelGradient FractionalAvgPool FractionalAvgPoolGrad FractionalMaxPool',
    'FractionalMaxPoolGrad HSVToRGB L2Loss LRN LRNGrad Lu MatrixDeterminant MatrixLogarithm MatrixSolveLs MatrixSquareRoot MaxPoolGradWithArgmax',
    'MaxPoolWithArgmax MirrorPad MirrorPadGrad Qr QuantizeAndDequantizeV2 QuantizeAndDequantizeV4 QuantizeAndDequantizeV4Grad RGBToHSV ResizeArea',
    'ResizeBicubic ResizeBicubicGrad ResizeBilinear ResizeBilinearGrad ResizeNearestNeighbor ResizeNearestNeighborGrad ReverseSequence',
    'ScaleAndTranslate ScaleAndTranslateGrad ScatterNd SegmentMax SegmentMean SegmentMin SegmentProd SegmentSum Svd TensorScatterAdd TensorScatterMax',
    'TensorScatterMin TensorScatterSub TopKV2 TridiagonalMatMul TridiagonalSolve _ScatterLast',
  ]
    .join(' ')
    .split(' '),
);

/** What such a loop is refused with, where the rows of another Jacobian ask for its gradient. */
export function refuseLoopsOfRows(method: string): never {
  throw new OpError(
    'ValueError',
    `Encountered an exception while vectorizing the ${method} computation. Vectorization can be disabled by setting experimental_use_pfor to False.`,
  );
}
