"""`tf.custom_gradient`, and what is made with it. TensorFlow: python/ops/custom_gradient.py."""
import contextlib
import functools
import inspect

from _tape_lens import bridge, nest
from _tape_lens.failures import NotSupported

from . import _control, _graph


def custom_gradient(f=None):
    if f is None:
        return custom_gradient

    @functools.wraps(f)
    def decorated(*args, **kwargs):
        return _with_gradient(f, args, kwargs)

    return decorated


def _standing_for_itself(f):
    """A custom gradient that is only another way to compute the true one: the Hessian sees through it."""

    def decorated(*args, **kwargs):
        return _with_gradient(f, args, kwargs, seen_through=True)

    return decorated


def _with_gradient(f, args, kwargs, seen_through=False):
    """Carries `f` out, and puts the gradient that it gives in the place of its ops'."""
    eagerly = _graph.executing_eagerly()
    if kwargs and not eagerly:
        raise ValueError("The custom_gradient decorator currently supports keywords arguments only when eager execution is enabled.")
    if not eagerly:
        args = nest.map_structure(_control.to_tensor, args)
    watching = bridge.js().watchVariables()
    try:
        result, gradient = f(*args, **kwargs)
    finally:
        read = bridge.wrap(bridge.js().variablesRead(watching))
    given = nest.flatten(args)
    variables = [v for v in read if not any(v is g for g in given + nest.flatten(kwargs))]
    if not eagerly:
        variables.sort(key=lambda v: v.name)
    if variables and not _takes_variables(gradient):
        raise TypeError(f"@tf.custom_gradient grad_fn must accept keyword argument 'variables', since function uses variables: {variables}")
    results = [_control.to_tensor(r) for r in nest.flatten(result)]
    outputs = [bridge.call("tf.identity", (r, None)) for r in results]
    inputs = [_control.to_tensor(x) for x in given + variables]
    # In a graph the function's own results are inputs too, without a gradient: nothing of its inside is seen past them.
    before = [] if eagerly else results

    def backward(*upstream):
        upstream = upstream[: len(outputs)]
        shaped = nest.pack_sequence_as(result, list(upstream))
        arguments = shaped if isinstance(shaped, (list, tuple)) else [shaped]
        if variables:
            found, of_variables = gradient(*arguments, variables=variables)
            if len(of_variables) != len(variables):
                raise ValueError("Must return gradient for each variable from @custom_gradient grad_fn.")
        else:
            found, of_variables = gradient(*arguments), []
        found = nest.flatten(found)
        if len(found) != len(given):
            raise ValueError(f"custom_gradient function expected to return {len(given)} gradients, but returned {len(found)} instead.")
        return [None] * len(before) + [g if g is None else _control.to_tensor(g) for g in [*found, *of_variables]]

    name = "RecomputeGrad" if seen_through else getattr(f, "__name__", "custom_gradient")
    every = before + inputs
    body = _graph.gradient_body(backward, name)
    bridge.check(bridge.js().customGradient(name, body, seen_through, len(every), *[t._h for t in every + outputs]))
    return nest.pack_sequence_as(result, outputs)


def _takes_variables(gradient):
    try:
        parameters = inspect.signature(gradient, follow_wrapped=False).parameters.values()
    except (TypeError, ValueError):
        return True
    return any(p.name == "variables" or p.kind is p.VAR_KEYWORD for p in parameters)


@contextlib.contextmanager
def stop_recording():
    """No tape sees what is in it."""
    bridge.js().forget()
    try:
        yield
    finally:
        bridge.js().resume()


def recompute_grad(f):
    """Forgets what is inside a function, and carries it out once more when its gradient is asked for."""
    from ._tape import GradientTape

    @_standing_for_itself
    def inner(*args, **kwargs):
        with stop_recording():
            result = f(*args, **kwargs)

        def wrapper(*upstream, variables=None):
            @_standing_for_itself
            def again(*upstream):
                in_rows = _in_rows()
                with GradientTape() as tape:
                    copies = nest.map_structure(lambda x: bridge.call("tf.identity", (x, None)), args)
                    tape.watch(copies)
                    if variables is not None:
                        tape.watch(variables)
                    recomputed = f(*copies, **kwargs)
                codes, values = bridge.pack(
                    ([_control.to_tensor(r) for r in nest.flatten(recomputed)], [*nest.flatten(copies), *(variables or [])], list(upstream))
                )
                found = bridge.wrap(bridge.js().innerGradient(tape._t, codes, *values))

                def transpose(*_, **__):
                    if in_rows and _in_rows():
                        # TensorFlow has turned the rows into ops without this gradient; what comes of them depends on what is inside.
                        raise NotSupported("a Jacobian under another tape, through tf.recompute_grad, is not supported by Tape Lens yet")
                    # A model has no such name: TensorFlow raises AttributeError there.
                    raise NotImplementedError(f"recompute_grad tried to transpose grad of {f.__name__}. Consider not using recompute_grad in forward modeautodiff")

                count = len(nest.flatten(copies))
                return (found[:count], found[count:]), transpose

            found = again(*upstream)
            return found if variables is not None else found[0]

        return result, wrapper

    functools.update_wrapper(inner, f, updated=())
    inner.__wrapped__ = f
    return inner


def _in_rows():
    """Whether the rows of a Jacobian are made just now, all at once."""
    return any(graph.name == "loop_body" for graph in _graph.stack)


def grad_pass_through(f):
    @custom_gradient
    def through(*args, **kwargs):
        def gradient(*upstream, **kwargs):
            variables = kwargs.get("variables")
            return upstream if variables is None else (upstream, [None] * len(variables))

        return f(*args, **kwargs), gradient

    return through
