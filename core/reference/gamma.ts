// The gamma function, its logarithm's derivatives, Hurwitz's zeta function, and the incomplete gamma and beta functions, in float64.

const LANCZOS = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202, 0.00003399464998481189,
  0.00004652362892704858, -0.00009837447530487956, 0.0001580887032249125, -0.00021026444172410488, 0.00021743961811521265,
  -0.0001643181065367639, 0.00008441822398385275, -0.000026190838401581408, 0.0000036899182659531625,
];

/** log |Γ(x)|: Lanczos' series with g = 607/128. */
export function lgamma(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (!Number.isFinite(x) || (x <= 0 && Number.isInteger(x))) return Infinity;
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgamma(1 - x);
  const t = x - 1 + 607 / 128 + 0.5;
  const sum = LANCZOS.reduce((s, c, k) => (k === 0 ? c : s + c / (x - 1 + k)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** B₂ₖ/(2k)!. */
const BERNOULLI = [
  1 / 12,
  -1 / 720,
  1 / 30240,
  -1 / 1209600,
  1 / 47900160,
  -691 / 1307674368000,
  1 / 74724249600,
  -3617 / 1.067062284288e16,
  43867 / 5109094217170944000,
  -174611 / 802857662698291200000,
  77683 / 1.4101100039391804e22,
];
/** Σ (q + k)⁻ˢ over k ≥ 0, by Euler's and Maclaurin's formula. */
export function hurwitz(s: number, q: number): number {
  if (s === 1) return Infinity;
  if (s < 1 || (q <= 0 && q !== Math.floor(q) && s !== Math.floor(s))) return NaN;
  if (q <= 0 && q === Math.floor(q)) return Infinity;
  let sum = 0;
  let at = q;
  for (let k = 0; k < 16 || at < 16; k++, at++) sum += at ** -s;
  sum += at ** (1 - s) / (s - 1) + at ** -s / 2;
  let factor = s * at ** (-s - 1);
  BERNOULLI.forEach((b, k) => {
    sum += b * factor;
    factor *= ((s + 2 * k + 1) * (s + 2 * k + 2)) / (at * at);
  });
  return sum;
}

/** The n-th derivative of the digamma function; of order 0 the function itself. */
export function polygamma(n: number, x: number): number {
  if (n !== Math.floor(n) || n < 0) return NaN;
  if (n > 0) return (n % 2 === 0 ? -1 : 1) * Math.exp(lgamma(n + 1)) * hurwitz(n + 1, x);
  if (x <= 0) return x === Math.floor(x) ? NaN : polygamma(0, 1 - x) - Math.PI / Math.tan(Math.PI * x);
  let [sum, at] = [0, x];
  for (; at < 12; at++) sum -= 1 / at;
  const square = 1 / (at * at);
  const tail =
    square *
    (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - square * (691 / 32760 - square / 12))))));
  return sum + Math.log(at) - 1 / (2 * at) - tail;
}

/** The regularized lower incomplete gamma function P(a, x), or Q = 1 − P. */
export function igamma(a: number, x: number, upper: boolean): number {
  if (!(a > 0) || !(x >= 0)) return NaN;
  if (x === 0) return upper ? 1 : 0;
  if (!Number.isFinite(x)) return upper ? 0 : 1;
  const front = Math.exp(a * Math.log(x) - x - lgamma(a));
  if (x < a + 1) {
    let [part, sum] = [1 / a, 1 / a];
    for (let n = 1; n < 5000; n++) {
      part *= x / (a + n);
      sum += part;
      if (part < 1e-17 * sum) break;
    }
    return upper ? 1 - front * sum : front * sum;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 5000; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return upper ? front * h : 1 - front * h;
}

/** The derivative of P(a, x) by a, of any order: of each term of its series, by complete Bell polynomials. */
export function igammaByA(order: number, a: number, x: number): number {
  if (!(a > 0 && a < 1e8) || !(x > 0 && x < 1e8)) return x === 0 ? 0 : NaN;
  let sum = 0;
  for (let n = 0; n < 5000; n++) {
    const at = a + n + 1;
    const term = Math.exp((a + n) * Math.log(x) - x - lgamma(at));
    const steps = Array.from({ length: order }, (_, m) => (m === 0 ? Math.log(x) - polygamma(0, at) : -polygamma(m, at)));
    const bell = [1];
    for (let m = 0; m < order; m++) {
      let choices = 1;
      let total = 0;
      for (let i = 0; i <= m; i++) {
        total += choices * (bell[m - i] as number) * (steps[i] as number);
        choices = (choices * (m - i)) / (i + 1);
      }
      bell.push(total);
    }
    const part = term * (bell[order] as number);
    sum += part;
    if (at > x + a && Math.abs(part) < 1e-18 * Math.abs(sum)) break;
    if (at > x + a + 10 && term < 1e-25) break;
  }
  return sum;
}

/** The regularized incomplete beta function. */
export function betainc(a: number, b: number, x: number): number {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1)) return NaN;
  if (x === 0 || x === 1) return x;
  const front = Math.exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(a, b, x)) / a : 1 - (front * fraction(b, a, 1 - x)) / b;
}
function fraction(a: number, b: number, x: number): number {
  const away = (v: number): number => (Math.abs(v) < 1e-300 ? 1e-300 : v);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 5000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return h;
}
