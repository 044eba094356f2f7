// Python's imports in all their forms.
import type { Import, Statement } from '../../ir/ir.ts';
import { childOf, childOfType, childrenOf, rangeOf, type SyntaxNode } from '../tree.ts';

/** `import a, b.c as d` is one import after another, each with the range of its own part. */
export function lowerImport(node: SyntaxNode, text: string): Statement[] {
  const names = childrenOf(node, 'name');
  if (node.type === 'import_statement') {
    return names.map((child) => ({
      ...whole(child, text),
      range: names.length === 1 ? rangeOf(node) : rangeOf(child),
    }));
  }
  const module = childOf(node, 'module_name');
  const imported: Import = {
    kind: 'import',
    range: rangeOf(node),
    module: module === null ? '__future__' : dotted(module, text),
    alias: null,
    names: names.map((child) => {
      const { module: name, alias } = whole(child, text);
      return { name, alias: alias?.name ?? name, range: rangeOf(child) };
    }),
  };
  return [childOfType(node, 'wildcard_import') === null ? imported : { ...imported, star: true }];
}

function whole(node: SyntaxNode, text: string): Import {
  const name = node.type === 'aliased_import' ? childOf(node, 'name') : node;
  const alias = node.type === 'aliased_import' ? childOf(node, 'alias') : null;
  return {
    kind: 'import',
    range: rangeOf(node),
    module: name === null ? '' : dotted(name, text),
    alias: alias === null ? null : { name: text.slice(alias.start, alias.end), range: rangeOf(alias) },
    names: null,
  };
}

/** White space and comments may stand between the parts. */
function dotted(node: SyntaxNode, text: string): string {
  if (node.children.length === 0) return text.slice(node.start, node.end);
  return node.children.map((child) => dotted(child, text)).join('');
}
