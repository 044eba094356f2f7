// Complex numbers and what depends on whether a tensor is of them. TensorFlow: python/ops/math_ops.py.
import { OpError } from '../shape.ts';
import { isComplex, type Tensor } from '../tensor.ts';
import { define } from './function.ts';
import { UnknownArgument } from './value.ts';
import { absolute } from './linear.ts';

const isOfComplex = (x: Tensor): boolean => x.dtype !== null && isComplex(x.dtype);

define('tf.abs tf.math.abs', 'x, name=None', (a, o) => absolute(a.tensor('x'), o));
define('tf.sign tf.math.sign', 'x, name=None', (a, o) => {
  const x = a.tensor('x');
  return isOfComplex(x) ? o.divNoNan(x, o.cast(o.unary('ComplexAbs', x), x.dtype)) : o.sign(x);
});
define('tf.complex', 'real, imag, name=None', (a, o) => {
  const [real, imaginary] = [a.tensor('real'), a.tensor('imag')];
  const fits = (dtype: Tensor['dtype']): boolean => dtype === null || dtype === 'float32' || dtype === 'float64';
  if (!fits(real.dtype) || !fits(imaginary.dtype) || (real.dtype && imaginary.dtype && real.dtype !== imaginary.dtype))
    throw new OpError('TypeError', `The \`real\` and \`imag\` components have incorrect types: ${real.dtype} ${imaginary.dtype}.`);
  return o.complex(real, imaginary);
});
/** What these do goes by the dtype. */
function ofKnownDType(x: Tensor): Tensor {
  if (x.dtype === null) throw new UnknownArgument();
  return x;
}
define('tf.math.real', 'input, name=None', (a, o) => o.real(ofKnownDType(a.tensor('input'))));
define('tf.math.imag', 'input, name=None', (a, o) => {
  const x = ofKnownDType(a.tensor('input'));
  return isOfComplex(x) ? o.imag(x) : o.zerosLike(x);
});
define('tf.math.conj', 'x, name=None', (a, o) => o.conj(ofKnownDType(a.tensor('x'))));
define('tf.math.angle', 'input, name=None', (a, o) => {
  const x = ofKnownDType(a.tensor('input'));
  return isOfComplex(x) ? o.unary('Angle', x) : o.select(o.less(x, 0), o.mul(Math.PI, o.onesLike(x)), o.zerosLike(x));
});
