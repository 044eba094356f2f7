"""Makes Python functions out of the core's table of names and signatures, so that Python itself binds the arguments."""
import collections
import json

from . import bridge

# As the core gives it: the public names of modules; functions, layers, losses, initializers, regularizers and constraints; the ways of resizing images.
modules = {}
functions = []
layers = []
losses = []
initializers = []
objects = []
resize_methods = {}


def install(text):
    table = json.loads(text)
    modules.update({name: frozenset(names.split()) for name, names in table["modules"].items()})
    functions.extend(table["functions"])
    layers.extend(table["layers"])
    losses.extend(table["losses"])
    initializers.extend(table["initializers"])
    objects.extend(table["objects"])
    resize_methods.update(table["resizeMethods"])


def parameters(signature):
    """The names in a signature, in order."""
    import ast

    arguments = ast.parse(f"def f({signature}): pass").body[0].args
    return [a.arg for a in arguments.args] + ([arguments.vararg.arg] if arguments.vararg else []) + [a.arg for a in arguments.kwonlyargs]


def make_function(name, signature, namespace, fields=()):
    """A function whose calls go to the operation of this full name; with `fields`, it gives a named tuple."""
    short = name.rpartition(".")[2]
    call = f"_call({name!r}, ({''.join(p + ', ' for p in parameters(signature))}))"
    result = collections.namedtuple(short, fields) if fields else None
    text = f"def {short}({signature}):\n    return {f'_result(*{call})' if fields else call}\n"
    scope = {**namespace, "_call": bridge.call, "_result": result}
    exec(compile(text, f"<tape lens>/{name}", "exec"), scope)
    function = scope[short]
    function.__module__ = "tensorflow"
    function.__qualname__ = short
    return function
