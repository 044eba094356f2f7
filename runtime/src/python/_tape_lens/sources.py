"""Imports modules from text that the process holds: our own packages, and the modules that lie beside a snippet.

This file is run as text before anything can be imported, so it imports the standard library alone.
"""
import importlib.abc
import importlib.machinery
import importlib.util
import linecache
import sys

# Modules by name: (file name, text, whether it is a package). Ours stay; a snippet's go with it.
OURS = {}
SNIPPETS = {}
# What a snippet may not import, and why.
REFUSED = {}
OUR_FOLDER = "<tape lens>"
# Frames of these files are not the user's.
OWN_FILES = (OUR_FOLDER, "<frozen importlib", "/lib/python", "file://", "node:")


class SourceFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules in OURS and SNIPPETS."""

    def find_spec(self, name, path=None, target=None):
        if name in REFUSED:
            raise ImportError(f"{name} cannot be imported here: {REFUSED[name]}", name=name)
        entry = OURS.get(name) or SNIPPETS.get(name)
        if entry is None:
            return None
        file, _text, package = entry
        spec = importlib.machinery.ModuleSpec(name, self, origin=file, is_package=package)
        spec.has_location = True
        if package:
            spec.submodule_search_locations = [file.rpartition("/")[0]]
        return spec

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        name = module.__spec__.name
        file, text, _package = OURS.get(name) or SNIPPETS[name]
        exec(compile(text, file, "exec", dont_inherit=True), module.__dict__)

    def get_source(self, name):
        entry = OURS.get(name) or SNIPPETS.get(name)
        return entry[1] if entry else None


def add(modules, file, text):
    """Adds a file (`package/module.py`, relative) to a table of modules."""
    parts = file.removesuffix(".py").split("/")
    package = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if package else parts)
    return name, text, package


def install(files):
    """Makes our own packages importable, ahead of everything else."""
    for file, text in files.items():
        name, text, package = add(OURS, file, text)
        OURS[name] = (f"{OUR_FOLDER}/{file}", text, package)
    if not any(isinstance(finder, SourceFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, SourceFinder())


def remember_lines(file, text):
    """Lets tracebacks and `inspect` see the text of a file that is nowhere on a disk."""
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
