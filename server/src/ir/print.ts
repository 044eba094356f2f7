// The IR as compact text, one statement a line, for tests and for reading. Operators are fully parenthesised; unknowns are `?(parts)`.
import type { Argument, ClassDefinition, Expression, FunctionDefinition, Import, Parameter, Statement } from './ir.ts';

export function printProgram(body: readonly Statement[]): string {
  return printBlock(body, '');
}

export function printExpression(node: Expression): string {
  switch (node.kind) {
    case 'number':
      return `${node.value}${node.integer || !Number.isInteger(node.value) ? '' : '.0'}${node.imaginary === true ? 'j' : ''}`;
    case 'string':
      return (node.bytes === true ? 'b' : '') + JSON.stringify(node.value);
    case 'boolean':
      return node.value ? 'true' : 'false';
    case 'none':
      return 'none';
    case 'ellipsis':
      return '...';
    case 'name':
      return node.name;
    case 'attribute':
      return `${printExpression(node.object)}${node.optional === true ? '?.' : '.'}${node.name}`;
    case 'subscript':
      return `${printExpression(node.object)}${node.optional === true ? '?.' : ''}[${printExpression(node.index)}]`;
    case 'slice':
      return [node.lower, node.upper, node.step].map(printOptional).join(':');
    case 'call':
      return `${node.isNew === true ? 'new ' : ''}${printExpression(node.callee)}${node.optional === true ? '?.' : ''}(${printArguments(node.args)})`;
    case 'unary':
      return `(${node.operator}${/\w/.test(node.operator) ? ' ' : ''}${printExpression(node.operand)})`;
    case 'binary':
    case 'logical':
      return `(${printExpression(node.left)} ${node.operator} ${printExpression(node.right)})`;
    case 'compare':
      return `(${node.operands.map((operand, index) => (index === 0 ? '' : ` ${node.operators[index - 1] ?? '?'} `) + printExpression(operand)).join('')})`;
    case 'conditional':
      return `(${printExpression(node.then)} if ${printExpression(node.test)} else ${printExpression(node.otherwise)})`;
    case 'function':
      return printFunctionExpression(node.definition);
    case 'class':
      return `{${printClass(node.definition, '').replace(/\n */g, ' ')}}`;
    case 'sequence':
      return printSequence(node.type, node.elements.map(printExpression));
    case 'dictionary':
      return `{${node.entries.map(({ key, value }) => `${key === null ? '**' : `${printExpression(key)}: `}${printExpression(value)}`).join(', ')}}`;
    case 'comprehension': {
      const clauses = node.clauses.map(
        (clause) =>
          `${clause.isAsync === true ? ' async' : ''} for ${printExpression(clause.target)} in ${printExpression(clause.iterable)}` +
          clause.conditions.map((condition) => ` if ${printExpression(condition)}`).join(''),
      );
      const key = node.key === null ? '' : `${printExpression(node.key)}: `;
      return `${node.type}(${key}${printExpression(node.element)}${clauses.join('')})`;
    }
    case 'template':
      return `f(${node.parts.map((part) => (typeof part === 'string' ? JSON.stringify(part) : printExpression(part))).join(' ')})`;
    case 'spread':
      return `*${printExpression(node.value)}`;
    case 'await':
      return `(await ${printExpression(node.value)})`;
    case 'yield':
      return `(yield${node.from === true ? ' from' : ''}${node.value === null ? '' : ` ${printExpression(node.value)}`})`;
    case 'assign expression':
      return `(${printExpression(node.target)} ${node.operator ?? ':'}=${node.returnsOld === true ? '(old)' : ''} ${printExpression(node.value)})`;
    case 'unknown expression':
      return `?(${node.children.map(printExpression).join(', ')})`;
  }
}

function printOptional(node: Expression | null): string {
  return node === null ? '' : printExpression(node);
}

function printSequence(type: 'tuple' | 'list' | 'set', elements: readonly string[]): string {
  if (type === 'list') return `[${elements.join(', ')}]`;
  if (type === 'set') return `{${elements.join(', ')}}`;
  return elements.length === 1 ? `(${elements.join('')},)` : `(${elements.join(', ')})`;
}

function printArguments(args: readonly Argument[]): string {
  return args
    .map(({ keyword, spread, value }) => {
      const prefix = spread === 'list' ? '*' : spread === 'dictionary' ? '**' : keyword === undefined ? '' : `${keyword}=`;
      return prefix + printExpression(value);
    })
    .join(', ');
}

function printParameters(parameters: readonly Parameter[]): string {
  const parts: string[] = [];
  let last: Parameter['kind'] | null = null;
  for (const parameter of parameters) {
    if (last === 'positional only' && parameter.kind !== 'positional only') parts.push('/');
    if (parameter.kind === 'keyword only' && last !== 'keyword only' && last !== 'rest') parts.push('*');
    last = parameter.kind;
    const stars = parameter.kind === 'rest' ? '*' : parameter.kind === 'keywords' ? '**' : '';
    const annotation = parameter.annotation === undefined ? '' : `: ${printExpression(parameter.annotation)}`;
    const initial = parameter.default === null ? '' : `=${printExpression(parameter.default)}`;
    parts.push(stars + printExpression(parameter.target) + annotation + initial);
  }
  if (last === 'positional only') parts.push('/');
  return parts.join(', ');
}

function printFunctionExpression(definition: FunctionDefinition): string {
  const word = `${definition.isAsync === true ? 'async ' : ''}${definition.isArrow === true ? 'arrow' : 'lambda'}${definition.isGenerator === true ? '*' : ''}`;
  const name = definition.name === '' ? '' : ` ${definition.name}`;
  const [only] = definition.body;
  const parameters = printParameters(definition.parameters);
  const head = `${word}${name}${parameters === '' ? '' : ` ${parameters}`}`;
  if (only?.kind === 'return' && only.value !== null && definition.body.length === 1) return `(${head}: ${printExpression(only.value)})`;
  return `(${head} {${definition.body.map((statement) => printStatement(statement, '').replace(/\n */g, ' ')).join('; ')}})`;
}

function printBlock(body: readonly Statement[], indent: string): string {
  return body.map((statement) => printStatement(statement, indent)).join('\n');
}

function printSuite(head: string, body: readonly Statement[], indent: string): string {
  return body.length === 0 ? `${indent}${head}:` : `${indent}${head}:\n${printBlock(body, `${indent}  `)}`;
}

/** Further parts of a statement: nothing is written for an empty one. */
function printPart(head: string, body: readonly Statement[] | undefined, indent: string): string {
  return body === undefined || body.length === 0 ? '' : `\n${printSuite(head, body, indent)}`;
}

export function printStatement(node: Statement, indent = ''): string {
  const line = (text: string): string => indent + text;
  const isAsync = 'isAsync' in node && node.isAsync === true ? 'async ' : '';
  switch (node.kind) {
    case 'expression':
      return line(printExpression(node.value));
    case 'assign': {
      const annotation = node.annotation === undefined ? '' : `: ${printExpression(node.annotation)}`;
      const declaration = node.declaration === undefined ? '' : `${node.declaration} `;
      const value = node.value === null ? '' : ` = ${printExpression(node.value)}`;
      return line(declaration + node.targets.map(printExpression).join(' = ') + annotation + value);
    }
    case 'augmented assign':
      return line(`${printExpression(node.target)} ${node.operator}= ${printExpression(node.value)}`);
    case 'if':
      return printSuite(`if ${printExpression(node.test)}`, node.then, indent) + printPart('else', node.otherwise, indent);
    case 'for': {
      const declaration = node.declaration === undefined ? '' : `${node.declaration} `;
      const head = `${isAsync}for ${declaration}${printExpression(node.target)} ${node.keys === true ? 'keys of' : 'in'} ${printExpression(node.iterable)}`;
      return printSuite(head, node.body, indent) + printPart('else', node.otherwise, indent);
    }
    case 'while': {
      const head = `${node.doFirst === true ? 'do ' : ''}while ${printExpression(node.test)}`;
      return printSuite(head, node.body, indent) + printPart('update', node.update, indent) + printPart('else', node.otherwise, indent);
    }
    case 'with': {
      const items = node.items.map(
        ({ context, target }) => printExpression(context) + (target === null ? '' : ` as ${printExpression(target)}`),
      );
      return printSuite(`${isAsync}with ${items.join(', ')}`, node.body, indent);
    }
    case 'try': {
      const handlers = node.handlers.map(({ type, name, body }) => {
        const head = `except${type === null ? '' : ` ${printExpression(type)}`}${name === null ? '' : ` as ${printExpression(name)}`}`;
        return `\n${printSuite(head, body, indent)}`;
      });
      const rest = printPart('else', node.otherwise, indent) + printPart('finally', node.finally, indent);
      return printSuite('try', node.body, indent) + handlers.join('') + rest;
    }
    case 'function statement':
      return printFunction(node.definition, indent);
    case 'class statement':
      return printClass(node.definition, indent);
    case 'return':
      return line(node.value === null ? 'return' : `return ${printExpression(node.value)}`);
    case 'raise': {
      const cause = node.cause === null ? '' : ` from ${printExpression(node.cause)}`;
      return line(`raise${node.value === null ? '' : ` ${printExpression(node.value)}`}${cause}`);
    }
    case 'assert':
      return line(`assert ${printExpression(node.test)}${node.message === null ? '' : `, ${printExpression(node.message)}`}`);
    case 'break':
    case 'continue':
    case 'pass':
      return line(node.kind);
    case 'import':
      return line(printImport(node));
    case 'scope':
      return line(`${node.type} ${node.names.join(', ')}`);
    case 'delete':
      return line(`delete ${node.targets.map(printExpression).join(', ')}`);
    case 'match': {
      const cases = node.cases.map(({ pattern, guard, body }) => {
        const head = pattern === null ? 'default' : `case ${printExpression(pattern)}`;
        return `\n${printSuite(head + (guard === null ? '' : ` if ${printExpression(guard)}`), body, `${indent}  `)}`;
      });
      return line(`${node.fallsThrough === true ? 'switch' : 'match'} ${printExpression(node.subject)}:${cases.join('')}`);
    }
    case 'block':
      return printSuite('block', node.body, indent);
    case 'unknown statement':
      return printSuite('unknown', node.body, indent);
  }
}

function printImport(node: Import): string {
  const names = node.names === null ? [] : node.names.map(({ name, alias }) => (name === alias ? name : `${name} as ${alias}`));
  if (node.star === true) names.push('*');
  const alias = node.alias === null ? '' : ` as ${node.alias.name}`;
  const word = node.typeOnly === true ? 'import type' : 'import';
  return node.names === null ? `${word} ${node.module}${alias}` : `${word} ${names.join(', ')} from ${node.module}${alias}`;
}

function printFunction(definition: FunctionDefinition, indent: string): string {
  const decorators = definition.decorators.map((decorator) => `${indent}@${printExpression(decorator)}\n`).join('');
  const word = `${definition.isAsync === true ? 'async ' : ''}def${definition.isGenerator === true ? '*' : ''}`;
  const returns = definition.returns === undefined ? '' : ` -> ${printExpression(definition.returns)}`;
  return (
    decorators + printSuite(`${word} ${definition.name}(${printParameters(definition.parameters)})${returns}`, definition.body, indent)
  );
}

function printClass(definition: ClassDefinition, indent: string): string {
  const decorators = definition.decorators.map((decorator) => `${indent}@${printExpression(decorator)}\n`).join('');
  const bases = definition.bases.length === 0 ? '' : `(${printArguments(definition.bases)})`;
  return decorators + printSuite(`class ${definition.name}${bases}`, definition.body, indent);
}
