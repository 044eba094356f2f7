"""`tf.nest`: structures of lists, tuples and dicts, flattened in TensorFlow's order (dicts by sorted key)."""


def flatten(structure):
    return [leaf for _path, leaf in flatten_with_paths(structure)]


def flatten_with_paths(structure, path=()):
    if isinstance(structure, dict):
        return [leaf for key in sorted(structure) for leaf in flatten_with_paths(structure[key], (*path, key))]
    if is_sequence(structure):
        return [leaf for i, item in enumerate(structure) for leaf in flatten_with_paths(item, (*path, i))]
    return [(path, structure)]


def is_sequence(value):
    return isinstance(value, (list, tuple)) and not getattr(type(value), "_is_leaf_", False)


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
        return items
    return next(rest)


def map_structure(function, *structures, **_):
    flats = [flatten(structure) for structure in structures]
    if any(len(flat) != len(flats[0]) for flat in flats):
        raise ValueError("The two structures don't have the same number of elements.")
    return pack_sequence_as(structures[0], [function(*items) for items in zip(*flats)])


def assert_same_structure(first, second, **_):
    if len(flatten(first)) != len(flatten(second)):
        raise ValueError("The two structures don't have the same nested structure.")
