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
