// `import` and `export` in all their forms. An exported declaration is the declaration; what is exported under which name is told apart.
import type { Export, Import, Statement } from '../../ir/ir.ts';
import { childOf, childOfType, hasToken, namedChildren, rangeOf, type SyntaxNode } from '../tree.ts';
import { lowerDecorators } from './classes.ts';
import { lowerExpression, lowerString } from './expressions.ts';
import { isStatement, lowerStatement, partsAsStatements } from './statements.ts';

type ImportedName = NonNullable<Import['names']>[number];

export function lowerImport(node: SyntaxNode, text: string): Statement[] {
  const range = rangeOf(node);
  const required = childOfType(node, 'import_require_clause');
  if (required !== null) return importRequire(node, required, text);
  const source = childOf(node, 'source');
  const clause = childOfType(node, 'import_clause');
  const names: ImportedName[] = [];
  let alias: Import['alias'] = null;
  for (const part of clause?.children ?? []) {
    if (part.type === 'identifier') names.push({ name: 'default', alias: text.slice(part.start, part.end), range: rangeOf(part) });
    else if (part.type === 'named_imports') names.push(...specifiers(part, text));
    else if (part.type === 'namespace_import') {
      const name = namedChildren(part)[0];
      if (name !== undefined) alias = { name: text.slice(name.start, name.end), range: rangeOf(name) };
    }
  }
  const imported: Import = {
    kind: 'import',
    range,
    module: source === null ? '' : lowerString(source, text).value,
    alias,
    names: alias !== null && names.length === 0 ? null : names,
  };
  return [hasToken(node, 'type') || hasToken(node, 'typeof') ? { ...imported, typeOnly: true } : imported];
}

/** Names that are only types (`import { type T }`) are left out. */
function specifiers(list: SyntaxNode, text: string): ImportedName[] {
  return namedChildren(list)
    .filter((child) => (child.type === 'import_specifier' || child.type === 'export_specifier') && !hasToken(child, 'type'))
    .map((child) => {
      const name = specifierName(childOf(child, 'name'), text);
      const alias = childOf(child, 'alias');
      return { name, alias: alias === null ? name : specifierName(alias, text), range: rangeOf(child) };
    });
}

function specifierName(node: SyntaxNode | null, text: string): string {
  if (node === null) return '';
  return node.type === 'string' ? lowerString(node, text).value : text.slice(node.start, node.end);
}

/** TypeScript: `import fs = require('fs')`. */
function importRequire(node: SyntaxNode, clause: SyntaxNode, text: string): Statement[] {
  const name = childOfType(clause, 'identifier');
  const source = childOf(clause, 'source');
  const keyword = clause.children.find((child) => child.type === 'require');
  if (name === null || source === null || keyword === undefined) return [{ kind: 'unknown statement', range: rangeOf(node), body: [] }];
  const range = { start: keyword.start, end: clause.end };
  const module = lowerString(source, text);
  return [
    {
      kind: 'assign',
      range: rangeOf(node),
      targets: [lowerExpression(name, text)],
      value: {
        kind: 'call',
        range,
        callee: { kind: 'name', range: rangeOf(keyword), name: 'require' },
        args: [{ range: module.range, value: module }],
        argumentsRange: { start: keyword.end, end: clause.end },
      },
      declaration: 'const',
    },
  ];
}

/** What is exported from elsewhere is imported under a name that no program can write. */
function passing(name: string): string {
  return `export ${name}`;
}

export function lowerExport(node: SyntaxNode, text: string): Statement[] {
  const range = rangeOf(node);
  const source = childOf(node, 'source');
  if (source !== null) {
    const namespace = childOfType(node, 'namespace_export');
    const list = childOfType(node, 'export_clause');
    const name = namespace === null ? undefined : namedChildren(namespace)[0];
    const imported: Import = {
      kind: 'import',
      range,
      module: lowerString(source, text).value,
      alias: name === undefined ? null : { name: passing(specifierName(name, text)), range: rangeOf(name) },
      names:
        name !== undefined ? null : list === null ? [] : specifiers(list, text).map((part) => ({ ...part, alias: passing(part.alias) })),
    };
    return [hasToken(node, 'type') ? { ...imported, typeOnly: true } : imported];
  }
  const declared = childOf(node, 'declaration');
  if (declared !== null) return exportedDeclaration(node, declared, text);
  const value = childOf(node, 'value');
  if (value !== null) {
    const target = { kind: 'name' as const, range: rangeOf(defaultToken(node)), name: 'default' };
    return [{ kind: 'assign', range, targets: [target], value: lowerExpression(value, text), declaration: 'const' }];
  }
  return childOfType(node, 'export_clause') === null ? partsAsStatements(node, text) : [];
}

function defaultToken(node: SyntaxNode): SyntaxNode {
  return node.children.find((child) => child.type === 'default') ?? node;
}

function exportedDeclaration(node: SyntaxNode, declared: SyntaxNode, text: string): Statement[] {
  const found: Statement[] = [];
  if (!isStatement(declared)) return partsAsStatements(node, text);
  lowerStatement(declared, text, found);
  const decorators = lowerDecorators(node, text);
  const range = rangeOf(node);
  return found.map((statement): Statement =>
    statement.kind === 'class statement' && decorators.length > 0
      ? {
          ...statement,
          range,
          definition: { ...statement.definition, range, decorators: [...decorators, ...statement.definition.decorators] },
        }
      : statement,
  );
}

export function findExports(program: SyntaxNode, text: string): Export[] {
  return program.children.filter((child) => child.type === 'export_statement').flatMap((child) => exportsOf(child, text));
}

function exportsOf(node: SyntaxNode, text: string): Export[] {
  const range = rangeOf(node);
  if (hasToken(node, 'type')) return [];
  const source = childOf(node, 'source');
  const list = childOfType(node, 'export_clause');
  if (list !== null) {
    return specifiers(list, text).map(({ name, alias, range: part }) => ({
      name: alias,
      local: source === null ? name : passing(alias),
      range: part,
    }));
  }
  if (source !== null) {
    const namespace = childOfType(node, 'namespace_export');
    const name = specifierName(namespace === null ? null : (namedChildren(namespace)[0] ?? null), text);
    return [name === '' ? { name: '*', local: lowerString(source, text).value, range } : { name, local: passing(name), range }];
  }
  const isDefault = hasToken(node, 'default');
  const declared = childOf(node, 'declaration');
  if (declared === null) return isDefault ? [{ name: 'default', local: 'default', range }] : [];
  return declaredNames(declared, text).map((name) => ({ name: isDefault ? 'default' : name, local: name, range }));
}

function declaredNames(node: SyntaxNode, text: string): string[] {
  const name = childOf(node, 'name');
  if (name !== null) return node.type === 'interface_declaration' || node.type === 'type_alias_declaration' ? [] : bound(name, text);
  return node.children.filter((child) => child.type === 'variable_declarator').flatMap((child) => declaredNames(child, text));
}

/** The names in a pattern: not its keys and not its defaults. */
function bound(node: SyntaxNode, text: string): string[] {
  if (['identifier', 'type_identifier', 'shorthand_property_identifier_pattern'].includes(node.type))
    return [text.slice(node.start, node.end)];
  return namedChildren(node)
    .filter((child) => child.field !== 'key' && child.field !== 'right')
    .flatMap((child) => bound(child, text));
}
