"""Smaller versions of a program, for shrinking: `python reduce.py SNIPPET.py FOLDER` writes FOLDER/NNN/snippet.py, smallest first.

One statement is dropped, or half of a block, or a block stands where its `with`, `for`, `if` or `try` stood, or an expression becomes one of its operands.
"""
import ast
import copy
import os
import sys


def blocks(tree):
    """Every list of statements in the tree."""
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            if isinstance(getattr(node, field, None), list) and getattr(node, field):
                yield getattr(node, field)


def without_statements(tree):
    for at, block in enumerate(blocks(tree)):
        half = len(block) // 2
        spans = [(i, i + 1) for i in range(len(block))] + ([(0, half), (half, len(block))] if half > 1 else [])
        for start, end in spans:
            smaller = copy.deepcopy(tree)
            body = list(blocks(smaller))[at]
            opened = [s.body for s in body[start:end] if isinstance(s, (ast.With, ast.For, ast.If, ast.Try, ast.While))]
            if end == start + 1 and opened:
                unwrapped = copy.deepcopy(smaller)
                inner = list(blocks(unwrapped))[at]
                inner[start:end] = inner[start].body
                yield unwrapped
            del body[start:end]
            if not body:
                body.append(ast.Pass())
            yield smaller


def with_simpler_expressions(tree):
    """Calls and operations of a right-hand side give way to one of their operands."""
    count = sum(isinstance(node, (ast.Call, ast.BinOp)) for node in ast.walk(tree))
    for at in range(count):
        for choice in range(2):
            smaller = copy.deepcopy(tree)
            seen = -1

            class Simpler(ast.NodeTransformer):
                def visit(self, node):
                    nonlocal seen
                    if isinstance(node, (ast.Call, ast.BinOp)):
                        seen += 1
                        if seen == at:
                            operands = [node.left, node.right] if isinstance(node, ast.BinOp) else [a for a in node.args if isinstance(a, (ast.Name, ast.Call, ast.BinOp))]
                            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and node.func.value.id not in ("tf", "np")
                            if len(operands) > choice and not named:
                                return operands[choice]
                            if choice == 1 and isinstance(node, ast.Call) and node.keywords:
                                node.keywords.pop()
                                return node
                    return self.generic_visit(node)

            yield Simpler().visit(smaller)


def main():
    with open(sys.argv[1]) as file:
        source = file.read()
    tree = ast.parse(source)
    texts = set()
    for smaller in [*without_statements(tree), *with_simpler_expressions(tree)]:
        text = ast.unparse(ast.fix_missing_locations(smaller)) + "\n"
        if len(text) < len(source) or text.count("\n") < source.count("\n"):
            texts.add(text)
    for at, text in enumerate(sorted(texts, key=lambda t: (t.count("\n"), len(t)))):
        place = os.path.join(sys.argv[2], f"{at:03d}")
        os.makedirs(place)
        with open(os.path.join(place, "snippet.py"), "w") as file:
            file.write(text)


if __name__ == "__main__":
    main()
