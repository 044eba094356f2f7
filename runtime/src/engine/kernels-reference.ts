// Rows that the reference kernels carry out: what is rare or small, and needs precision more than speed.
import { carryByReference } from './carry.ts';

carryByReference('MaxPoolWithArgmax MaxPoolGradWithArgmax');
carryByReference('FractionalAvgPool _FractionalAverage FractionalAvgPoolGrad FractionalMaxPool FractionalMaxPoolGrad _FractionalChosen');
carryByReference('ExtractImagePatches _ImageOfPatches Dilation2D Dilation2DBackpropInput Dilation2DBackpropFilter LRN LRNGrad');
carryByReference('FusedBatchNormV3 FusedBatchNormGradV3');
carryByReference('MatrixDiagV3 MatrixDiagPartV3 MatrixSetDiagV3 MatrixBandPart TridiagonalMatMul TridiagonalSolve Cross');
carryByReference(
  'MatrixInverse MatrixDeterminant LogMatrixDeterminant MatrixSolve MatrixTriangularSolve MatrixSolveLs Cholesky MatrixSquareRoot Lu',
);
carryByReference('Qr SelfAdjointEigV2 Svd');
carryByReference('Complex Real Imag Conj ComplexAbs Angle');
carryByReference(
  'FFT FFT2D FFT3D IFFT IFFT2D IFFT3D RFFT RFFT2D RFFT3D IRFFT IRFFT2D IRFFT3D _RFFTGrad _RFFT2DGrad _RFFT3DGrad _IRFFTGrad _IRFFT2DGrad _IRFFT3DGrad',
);
carryByReference('GatherNd ScatterNd TensorScatterUpdate TensorScatterAdd TensorScatterSub TensorScatterMax TensorScatterMin');
carryByReference('SegmentSum SegmentMean SegmentMax SegmentMin SegmentProd');
carryByReference('UnsortedSegmentSum UnsortedSegmentMax UnsortedSegmentMin UnsortedSegmentProd');
carryByReference('Roll ReverseSequence MirrorPad MirrorPadGrad SpaceToDepth DepthToSpace SpaceToBatchND BatchToSpaceND');
carryByReference('DynamicPartition DynamicStitch IdentityN EnsureShape CheckNumerics InvertPermutation SearchSorted Where Unique InTopKV2');
carryByReference('HistogramFixedWidth DenseBincount Bitcast CumulativeLogsumexp');
carryByReference('Lgamma Digamma Polygamma Zeta Igamma Igammac IgammaGradA _IgammaByA Betainc RandomGammaGrad');
carryByReference('Erfinv Ndtri Dawsn Expint FresnelCos FresnelSin Spence');
carryByReference('BesselI0 BesselI0e BesselI1 BesselI1e BesselK0 BesselK0e BesselK1 BesselK1e BesselJ0 BesselJ1 BesselY0 BesselY1');
carryByReference('Xlog1py MulNoNan NextAfter ClipByValue TruncateDiv TruncateMod');
carryByReference('BitwiseAnd BitwiseOr BitwiseXor LeftShift RightShift Invert PopulationCount');
carryByReference('FakeQuantWithMinMaxArgs FakeQuantWithMinMaxArgsGradient FakeQuantWithMinMaxVars FakeQuantWithMinMaxVarsGradient');
carryByReference('FakeQuantWithMinMaxVarsPerChannel FakeQuantWithMinMaxVarsPerChannelGradient _FakeQuantRange');
carryByReference('QuantizeAndDequantizeV2 QuantizeAndDequantizeV4 QuantizeAndDequantizeV4Grad');
carryByReference('ResizeBilinear ResizeBilinearGrad ResizeBicubic ResizeBicubicGrad ScaleAndTranslate ScaleAndTranslateGrad');
carryByReference('ResizeNearestNeighbor ResizeNearestNeighborGrad ResizeArea _ResizeAreaGrad');
carryByReference('CropAndResize CropAndResizeGradImage CropAndResizeGradBoxes');
carryByReference('RGBToHSV HSVToRGB AdjustContrastv2 AdjustSaturation AdjustHue');
