"""What TensorFlow's special functions give in float64: `python special.py > ../special.json`. Per row of `core/ops/special.ts`, arguments and results."""
import json
import os

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")

import tensorflow as tf  # noqa: E402

ANY = [-20.0, -3.7, -1.0, -0.4, 0.001, 0.3, 1.0, 1.7, 4.0, 11.5, 29.0, 31.0, 80.0]
POSITIVE = [x for x in ANY if x > 0]
math, special = tf.math, tf.math.special
OF_ONE = {
    "Lgamma": (math.lgamma, [-3.7, -0.4, *POSITIVE, 1e5]),
    "Digamma": (math.digamma, [-3.7, -0.4, *POSITIVE, 1e5]),
    "Erfinv": (math.erfinv, [-0.999999, -0.7, -0.001, 0.2, 0.5, 0.95, 0.9999999]),
    "Ndtri": (math.ndtri, [1e-20, 1e-5, 0.02, 0.3, 0.5, 0.8, 0.999]),
    "Dawsn": (special.dawsn, ANY),
    "Expint": (special.expint, POSITIVE),
    "FresnelCos": (special.fresnel_cos, ANY),
    "FresnelSin": (special.fresnel_sin, ANY),
    "Spence": (special.spence, POSITIVE),
    "BesselI0": (special.bessel_i0, ANY),
    "BesselI0e": (special.bessel_i0e, ANY),
    "BesselI1": (special.bessel_i1, ANY),
    "BesselI1e": (special.bessel_i1e, ANY),
    "BesselK0": (special.bessel_k0, POSITIVE),
    "BesselK0e": (special.bessel_k0e, POSITIVE),
    "BesselK1": (special.bessel_k1, POSITIVE),
    "BesselK1e": (special.bessel_k1e, POSITIVE),
    "BesselJ0": (special.bessel_j0, ANY),
    "BesselJ1": (special.bessel_j1, ANY),
    "BesselY0": (special.bessel_y0, POSITIVE),
    "BesselY1": (special.bessel_y1, POSITIVE),
}
OF_TWO = {
    "Polygamma": (math.polygamma, [(n, x) for n in (0.0, 1.0, 2.0, 5.0) for x in POSITIVE]),
    "Zeta": (math.zeta, [(s, q) for s in (1.2, 2.5, 6.0) for q in POSITIVE]),
    "Igamma": (math.igamma, [(a, x) for a in (0.2, 1.0, 4.5, 30.0) for x in POSITIVE]),
    "Igammac": (math.igammac, [(a, x) for a in (0.2, 1.0, 4.5, 30.0) for x in POSITIVE]),
    "IgammaGradA": (lambda a, x: tf.raw_ops.IgammaGradA(a=a, x=x), [(a, x) for a in (0.2, 1.0, 4.5, 30.0) for x in (0.3, 1.7, 11.5)]),
}
OF_THREE = {
    "Betainc": (math.betainc, [(a, b, x) for a in (0.3, 2.0, 9.0) for b in (0.5, 4.0) for x in (0.01, 0.4, 0.9)]),
}

results = {}
for table in (OF_ONE, OF_TWO, OF_THREE):
    for name, (function, arguments) in table.items():
        results[name] = [
            [list(a) if isinstance(a, tuple) else [a], float(function(*[tf.constant(x, tf.float64) for x in (a if isinstance(a, tuple) else (a,))]))]
            for a in arguments
        ]
print("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(rows)}" for name, rows in results.items()) + "\n}")
