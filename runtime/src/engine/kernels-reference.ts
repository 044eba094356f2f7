// Rows that the reference kernels carry out: what is rare or small, and needs precision more than speed.
import { carryByReference } from './carry.ts';

carryByReference('MaxPoolWithArgmax MaxPoolGradWithArgmax');
carryByReference('FractionalAvgPool _FractionalAverage FractionalAvgPoolGrad FractionalMaxPool FractionalMaxPoolGrad _FractionalChosen');
carryByReference('ExtractImagePatches _ImageOfPatches Dilation2D Dilation2DBackpropInput Dilation2DBackpropFilter LRN LRNGrad');
carryByReference('FusedBatchNormV3 FusedBatchNormGradV3');
