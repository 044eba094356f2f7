// Special functions in float64: series near the origin, continued fractions or integrals elsewhere. Sources: Abramowitz and Stegun; Numerical Recipes, chapter 6; AS 241.
import { erfc } from './erf.ts';
import { hurwitz, lgamma, polygamma } from './gamma.ts';

const EULER = 0.5772156649015329;

/** The integral of a function that falls off at both ends of (0, π), periodic beyond: the trapezoidal rule is exact to rounding. */
function overHalfTurn(f: (theta: number) => number, points: number): number {
  let sum = (f(0) + f(Math.PI)) / 2;
  for (let i = 1; i < points; i++) sum += f((Math.PI * i) / points);
  return sum / points;
}
/** ∫ f over the whole line, of a function that dies away doubly exponentially. */
function overLine(f: (t: number) => number, reach: number): number {
  const step = 1 / 64;
  let sum = 0;
  for (let t = -reach; t <= reach; t += step) sum += f(t);
  return sum * step;
}
/** ∫ f from 0 to `end`, by the tanh-sinh rule. */
function between(f: (x: number) => number, end: number): number {
  return overLine((t) => {
    const u = (Math.PI / 2) * Math.sinh(t);
    const x = end / (1 + Math.exp(-2 * u));
    const weight = ((Math.PI / 2) * Math.cosh(t)) / Math.cosh(u) ** 2;
    return weight === 0 ? 0 : (f(x) * weight * end) / 2;
  }, 4);
}

// ------------------------------------------------------------------------------------------------ Bessel functions

/** Beyond this, Hankel's expansions are exact to rounding. */
const FAR = 30;
/** Σ signs[k mod 4]·aₖ(n)/xᵏ over the even, the odd, or all k. */
function hankel(n: number, x: number, signs: readonly number[]): number {
  let [term, sum] = [1, 0];
  for (let k = 0; k < 60; k++) {
    sum += (signs[k % 4] as number) * term;
    const next = (term * (4 * n * n - (2 * k + 1) ** 2)) / (8 * (k + 1) * x);
    if (Math.abs(next) > Math.abs(term) || next === 0) break;
    term = next;
  }
  return sum;
}
/** e⁻ˣ·Iₙ(x) for x ≥ 0. */
const scaledI = (n: number, x: number): number =>
  x > FAR
    ? hankel(n, x, [1, -1, 1, -1]) / Math.sqrt(2 * Math.PI * x)
    : overHalfTurn((t) => Math.exp(x * Math.cos(t) - x) * Math.cos(n * t), 100);
/** Jₙ, or Yₙ, far out. */
function wave(n: number, x: number, quarter: number): number {
  const phase = x - ((n + quarter) * Math.PI) / 2 - Math.PI / 4;
  const [p, q] = [hankel(n, x, [1, 0, -1, 0]), hankel(n, x, [0, 1, 0, -1])];
  return Math.sqrt(2 / (Math.PI * x)) * (p * Math.cos(phase) - q * Math.sin(phase));
}
/** For x ≥ 0. */
const besselJ = (n: number, x: number): number => (x > FAR ? wave(n, x, 0) : overHalfTurn((t) => Math.cos(n * t - x * Math.sin(t)), 100));
/** eˣ·Kₙ(x). */
function scaledK(n: number, x: number): number {
  if (!(x > 0)) return x === 0 ? Infinity : NaN;
  if (x > FAR) return Math.sqrt(Math.PI / (2 * x)) * hankel(n, x, [1, 1, 1, 1]);
  return overLine((t) => Math.exp(-x * (Math.cosh(t) - 1)) * Math.cosh(n * t), Math.acosh(1 + 750 / x)) / 2;
}
function besselY(n: number, x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x > FAR) return wave(n, x, 1);
  const turning = between((t) => Math.sin(x * Math.sin(t) - n * t), Math.PI);
  // e^{…} falls off once x·sinh t is some hundreds.
  const reach = Math.asinh(750 / x);
  const falling = between((t) => (Math.exp(n * t) + (n % 2 === 0 ? 1 : -1) * Math.exp(-n * t)) * Math.exp(-x * Math.sinh(t)), reach);
  return (turning - falling) / Math.PI;
}

// ------------------------------------------------------------------------------------------------ integrals

/** Rybicki's sum, exact to rounding for this step. */
function dawsn(x: number): number {
  if (Math.abs(x) > 1e8) return 1 / (2 * x);
  const h = 0.2;
  const near = 2 * Math.round(x / (2 * h));
  let sum = 0;
  for (let i = -41; i <= 41; i += 2) {
    const n = near + i;
    sum += Math.exp(-((x - n * h) ** 2)) / n;
  }
  return sum / Math.sqrt(Math.PI);
}
/** Ei. */
function expint(x: number): number {
  if (x === 0) return -Infinity;
  if (x < -1) {
    let fraction = 0;
    for (let k = 200; k > 0; k--) fraction = k / (1 + k / (-x + fraction));
    return -Math.exp(x) / (-x + fraction);
  }
  if (x > 40) {
    let [sum, part] = [1, 1];
    for (let k = 1; k < x && Math.abs(part) > 1e-17; k++) {
      part *= k / x;
      sum += part;
    }
    return (Math.exp(x) / x) * sum;
  }
  let part = 1;
  let sum = 0;
  for (let k = 1; k < 400; k++) {
    part *= x / k;
    sum += part / k;
    if (Math.abs(part / k) < 1e-18 * Math.abs(sum)) break;
  }
  return EULER + Math.log(Math.abs(x)) + sum;
}
/** C and S. */
function fresnel(x: number): [number, number] {
  const size = Math.abs(x);
  const sign = Math.sign(x);
  if (size < 2) {
    const square = (Math.PI / 2) * size * size;
    let [power, c, s] = [size, 0, 0];
    for (let k = 0; k < 120; k++) {
      const part = power / (2 * k + 1);
      const turned = k % 4 < 2 ? part : -part;
      if (k % 2 === 0) c += turned;
      else s += turned;
      power *= square / (k + 1);
      if (power < 1e-20) break;
    }
    return [sign * c, sign * s];
  }
  if (size > 1e8) return [sign / 2, sign / 2];
  // ½(1 + i)·(1 − e^{…}·w), with the complementary error function as Lentz's continued fraction.
  const square = Math.PI * size * size;
  let [b, d]: [Complex, Complex] = [
    [1, -square],
    [0, 0],
  ];
  let h: Complex = over([1, 0], b);
  let c: Complex = [1e300, 0];
  d = h;
  for (let k = 2, n = -1; k < 400; k++) {
    n += 2;
    const a = -n * (n + 1);
    b = [b[0] + 4, b[1]];
    d = over([1, 0], plus(times([a, 0], d), b));
    c = plus(b, over([a, 0], c));
    const change = times(c, d);
    h = times(h, change);
    if (Math.abs(change[0] - 1) + Math.abs(change[1]) < 1e-16) break;
  }
  h = times([size, -size], h);
  const turn: Complex = [Math.cos(square / 2), Math.sin(square / 2)];
  const inner = times([0.5, 0.5], plus([1, 0], times([-1, 0], times(turn, h))));
  return [sign * inner[0], sign * inner[1]];
}
type Complex = readonly [number, number];
const plus = (a: Complex, b: Complex): Complex => [a[0] + b[0], a[1] + b[1]];
const times = (a: Complex, b: Complex): Complex => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
function over(a: Complex, b: Complex): Complex {
  const size = b[0] * b[0] + b[1] * b[1];
  return [(a[0] * b[0] + a[1] * b[1]) / size, (a[1] * b[0] - a[0] * b[1]) / size];
}

/** Li₂(x) for x ≤ 1. */
function dilogarithm(x: number): number {
  const SIXTH = (Math.PI * Math.PI) / 6;
  if (x === 1) return SIXTH;
  if (x < -1) return -SIXTH - Math.log(-x) ** 2 / 2 - dilogarithm(1 / x);
  if (x > 0.5) return SIXTH - Math.log(x) * Math.log1p(-x) - dilogarithm(1 - x);
  if (x < -0.5) return -dilogarithm(x / (x - 1)) - Math.log1p(-x) ** 2 / 2;
  let [power, sum] = [x, 0];
  for (let k = 1; k < 200 && Math.abs(power) > 1e-20; k++, power *= x) sum += power / (k * k);
  return sum;
}

// ------------------------------------------------------------------------------------------------ quantiles

const rational = (numerator: readonly number[], denominator: readonly number[], r: number): number => {
  const value = (list: readonly number[]): number => list.reduceRight((sum, c) => sum * r + c, 0);
  return value(numerator) / value(denominator);
};
/** The quantile of the normal distribution: algorithm AS 241, PPND16, and a step of Newton's. */
function ndtri(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425)
    return (
      q *
      rational(
        [
          3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
          33430.57558358813, 2509.0809287301227,
        ],
        [
          1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
          5226.495278852546,
        ],
        0.180625 - q * q,
      )
    );
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const tail =
    r <= 5
      ? rational(
          [
            1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
            0.022723844989269184, 0.0007745450142783414,
          ],
          [
            1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457, 0.0005475938084995345,
            1.0507500716444169e-9,
          ],
          r - 1.6,
        )
      : rational(
          [
            6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124, 0.0012426609473880784,
            0.000027115555687434876, 2.0103343992922881e-7,
          ],
          [
            1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
            1.421511758316446e-7, 2.0442631033899397e-15,
          ],
          r - 5,
        );
  return q < 0 ? -tail : tail;
}
function erfinv(x: number): number {
  if (!(Math.abs(x) < 1)) return Math.abs(x) === 1 ? x * Infinity : NaN;
  const start = Math.abs(x) < 1e-4 ? (x * Math.sqrt(Math.PI)) / 2 : ndtri((x + 1) / 2) / Math.SQRT2;
  // One step of Newton's, on the smaller tail.
  const error = x > 0 ? 1 - x - erfc(start) : x + 1 - erfc(-start);
  const slope = (2 / Math.sqrt(Math.PI)) * Math.exp(-start * start);
  return start - (x > 0 ? error : -error) / slope;
}

/** An odd function from its values above zero. */
const odd =
  (f: (x: number) => number) =>
  (x: number): number =>
    x === 0 ? x : x < 0 ? -f(-x) : f(x);

export const SPECIAL_OF_ONE: Readonly<Record<string, (x: number) => number>> = {
  Lgamma: lgamma,
  Digamma: (x) => polygamma(0, x),
  Erfinv: erfinv,
  Ndtri: ndtri,
  Dawsn: odd(dawsn),
  Expint: expint,
  FresnelCos: (x) => fresnel(x)[0],
  FresnelSin: (x) => fresnel(x)[1],
  Spence: (x) => (x < 0 ? NaN : dilogarithm(1 - x)),
  BesselI0: (x) => Math.exp(Math.abs(x)) * scaledI(0, Math.abs(x)),
  BesselI0e: (x) => scaledI(0, Math.abs(x)),
  BesselI1: odd((x) => Math.exp(x) * scaledI(1, x)),
  BesselI1e: odd((x) => scaledI(1, x)),
  BesselK0: (x) => Math.exp(-x) * scaledK(0, x),
  BesselK0e: (x) => scaledK(0, x),
  BesselK1: (x) => Math.exp(-x) * scaledK(1, x),
  BesselK1e: (x) => scaledK(1, x),
  BesselJ0: (x) => besselJ(0, Math.abs(x)),
  BesselJ1: odd((x) => besselJ(1, x)),
  BesselY0: (x) => besselY(0, x),
  BesselY1: (x) => besselY(1, x),
};
export const SPECIAL_OF_TWO: Readonly<Record<string, (a: number, b: number) => number>> = { Polygamma: polygamma, Zeta: hurwitz };
