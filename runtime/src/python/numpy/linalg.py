"""`numpy.linalg` for matrices: elimination with pivots, and what follows from it."""
import math as _math

from _tape_lens.failures import NotSupported as _NotSupported

from . import _done, _floating_name, array, asarray, eye, ndarray


class LinAlgError(ValueError):
    pass


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise _NotSupported(f"numpy.linalg.{name} is not supported by Tape Lens yet")


def _square(x):
    x = asarray(x.__array__() if hasattr(x, "__array__") else x)
    if x.ndim != 2:
        raise _NotSupported("numpy.linalg of other than two dimensions is not supported by Tape Lens yet")
    if x.shape[0] != x.shape[1]:
        raise LinAlgError("Last 2 dimensions of the array must be square")
    return x, [[float(v) for v in row] for row in x.tolist()]


def _eliminated(rows, right):
    """Rows brought to the identity with what is on their right; the determinant beside it."""
    n, determinant = len(rows), 1.0
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(rows[i][k]))
        if rows[pivot][k] == 0:
            return None, 0.0
        if pivot != k:
            rows[k], rows[pivot], right[k], right[pivot], determinant = rows[pivot], rows[k], right[pivot], right[k], -determinant
        scale = rows[k][k]
        determinant *= scale
        rows[k] = [v / scale for v in rows[k]]
        right[k] = [v / scale for v in right[k]]
        for i in range(n):
            factor = rows[i][k]
            if i != k and factor != 0:
                rows[i] = [v - factor * p for v, p in zip(rows[i], rows[k])]
                right[i] = [v - factor * p for v, p in zip(right[i], right[k])]
    return right, determinant


def solve(a, b):
    x, rows = _square(a)
    b = asarray(b)
    columns = b.reshape(b.shape[0], 1) if b.ndim == 1 else b
    found, _ = _eliminated(rows, [[float(v) for v in row] for row in columns.tolist()])
    if found is None:
        raise LinAlgError("Singular matrix")
    return array(found, dtype=_floating_name(x, b)).reshape(b.shape)


def inv(a):
    return solve(a, eye(asarray(a).shape[-1], dtype=_floating_name(asarray(a))))


def det(a):
    x, rows = _square(a)
    return _done(ndarray([_eliminated(rows, [[] for _ in rows])[1]], (), _floating_name(x)))


def cholesky(a):
    x, rows = _square(a)
    n = len(rows)
    lower = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = rows[i][j] - _math.fsum(p * q for p, q in zip(lower[i][:j], lower[j][:j]))
            if i == j and rest <= 0:
                raise LinAlgError("Matrix is not positive definite")
            lower[i][j] = _math.sqrt(rest) if i == j else rest / lower[j][j]
    return array(lower, dtype=_floating_name(x))


def norm(x, ord=None, axis=None, keepdims=False):
    x = asarray(x.__array__() if hasattr(x, "__array__") else x)
    whole = axis is None
    if ord not in (None, 1, 2, _math.inf, "fro") or ord == "fro" and x.ndim != 2 or whole and x.ndim > 1 and ord not in (None, "fro"):
        raise _NotSupported(f"numpy.linalg.norm of order {ord} is not supported by Tape Lens yet")
    size = abs(x.astype(_floating_name(x)))
    if ord == 1:
        return size.sum(axis=axis, keepdims=keepdims)
    if ord == _math.inf:
        return size.max(axis=axis, keepdims=keepdims)
    return (size**2).sum(axis=axis, keepdims=keepdims) ** 0.5


def _symmetric_eigenvalues(rows):
    """Jacobi's rotations, until nothing is left beside the diagonal."""
    n = len(rows)
    for _ in range(60):
        rest = sum(rows[i][j] ** 2 for i in range(n) for j in range(n) if i != j)
        if rest < 1e-30 * sum(v * v for row in rows for v in row):
            break
        for p in range(n):
            for q in range(p + 1, n):
                if rows[p][q] == 0:
                    continue
                theta = (rows[q][q] - rows[p][p]) / (2 * rows[p][q])
                t = _math.copysign(1.0, theta) / (abs(theta) + _math.hypot(theta, 1.0))
                c = 1 / _math.hypot(t, 1.0)
                s = t * c
                for k in range(n):
                    rows[k][p], rows[k][q] = c * rows[k][p] - s * rows[k][q], s * rows[k][p] + c * rows[k][q]
                for k in range(n):
                    rows[p][k], rows[q][k] = c * rows[p][k] - s * rows[q][k], s * rows[p][k] + c * rows[q][k]
    return sorted(rows[i][i] for i in range(n))


def eigvalsh(a, UPLO="L"):
    x, rows = _square(a)
    n = len(rows)
    lower = [[rows[max(i, j)][min(i, j)] if UPLO == "L" else rows[min(i, j)][max(i, j)] for j in range(n)] for i in range(n)]
    return array(_symmetric_eigenvalues(lower), dtype=_floating_name(x))
