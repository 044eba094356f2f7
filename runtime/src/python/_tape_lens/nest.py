"""`tf.nest`: structures of lists, tuples and dicts, flattened in TensorFlow's order (dicts by sorted key)."""


import collections
import collections.abc

# What is gone through besides dicts: views of a dict, too, in their own order.
_SEQUENCES = (list, tuple, collections.deque, collections.abc.MappingView)


def flatten(structure):
    if isinstance(structure, dict):
        return [leaf for key in sorted(structure) for leaf in flatten(structure[key])]
    if is_sequence(structure):
        return [leaf for item in structure for leaf in flatten(item)]
    return [structure]


def flatten_with_paths(structure, path=()):
    if isinstance(structure, dict):
        return [leaf for key in sorted(structure) for leaf in flatten_with_paths(structure[key], (*path, key))]
    if is_sequence(structure):
        return [leaf for i, item in enumerate(structure) for leaf in flatten_with_paths(item, (*path, i))]
    return [(path, structure)]


def is_sequence(value):
    return isinstance(value, _SEQUENCES) and not getattr(type(value), "_is_leaf_", False)


def is_nested(value):
    return is_sequence(value) or isinstance(value, dict)


def pack_sequence_as(structure, flat):
    rest = iter(flat)
    return _pack(structure, rest)


def _pack(structure, rest):
    if isinstance(structure, dict):
        packed = {key: _pack(structure[key], rest) for key in sorted(structure)}
        return {key: packed[key] for key in structure}
    if is_sequence(structure):
        items = [_pack(item, rest) for item in structure]
        if isinstance(structure, tuple):
            return type(structure)(*items) if hasattr(structure, "_fields") else tuple(items)
        return collections.deque(items) if isinstance(structure, collections.deque) else items
    return next(rest)


def map_structure(function, *structures, **_):
    flats = [flatten(structure) for structure in structures]
    if any(len(flat) != len(flats[0]) for flat in flats):
        raise ValueError("The two structures don't have the same number of elements.")
    return pack_sequence_as(structures[0], [function(*items) for items in zip(*flats)])


def assert_same_structure(first, second, check_types=True, **_):
    """Raises ValueError for another number of elements, TypeError for another kind of sequence."""
    if is_nested(first) != is_nested(second):
        raise ValueError(
            f"The two structures don't have the same nested structure.\n\nFirst structure: type={type(first).__name__} str={first}\n\nSecond structure: type={type(second).__name__} str={second}"
        )
    if not is_nested(first):
        return
    if check_types and type(first) is not type(second) and not (isinstance(first, dict) and isinstance(second, dict)):
        raise TypeError(f"The two structures don't have the same sequence type. First structure has type {type(first)}, while second structure has type {type(second)}.")
    if isinstance(first, dict):
        if set(first) != set(second):
            raise ValueError(f"The two dictionaries don't have the same set of keys. First structure has keys {list(first)}, while second structure has keys {list(second)}")
        pairs = [(first[key], second[key]) for key in first]
    else:
        if len(first) != len(second):
            raise ValueError(f"The two structures don't have the same number of elements.\n\nFirst structure: {first}\n\nSecond structure: {second}")
        pairs = list(zip(first, second))
    for a, b in pairs:
        assert_same_structure(a, b, check_types)
