// One small intermediate representation for Python, JavaScript and TypeScript: what a program says, with source ranges, and nothing of either grammar.

/** UTF-16 offsets into the document's text; `end` is exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export type Language = 'python' | 'script';

/** A document, lowered. Broken text gives a partial program and the places where it is broken; lowering never throws. */
export interface Program {
  readonly language: Language;
  readonly body: readonly Statement[];
  readonly errors: readonly SyntaxProblem[];
  /** `# tape-lens: ignore[TL101]` and `// tape-lens: ignore`: the line (from 0) that each one speaks for; no codes means all. */
  readonly suppressions: readonly Suppression[];
  /** What a JavaScript module exports: under `name`, the module's own `local`; `name` '*' is all that the module `local` exports. */
  readonly exports?: readonly Export[];
}

export interface Export {
  readonly name: string;
  readonly local: string;
  readonly range: Range;
}

export interface SyntaxProblem {
  readonly range: Range;
  readonly message: string;
}

export interface Suppression {
  readonly line: number;
  readonly codes: readonly string[];
}

// ------------------------------------------------------------------------------------------------ expressions

interface Node<K extends string> {
  readonly kind: K;
  readonly range: Range;
}

export type Expression =
  | NumberLiteral
  | StringLiteral
  | BooleanLiteral
  | NoneLiteral
  | EllipsisLiteral
  | Name
  | Attribute
  | Subscript
  | Slice
  | Call
  | Unary
  | Binary
  | Logical
  | Compare
  | Conditional
  | FunctionExpression
  | ClassExpression
  | Sequence
  | Dictionary
  | Comprehension
  | Template
  | Spread
  | Await
  | Yield
  | AssignExpression
  | UnknownExpression;

/** `integer`: a Python int or a JavaScript bigint; every other number is a float. `imaginary`: `2j`. */
export interface NumberLiteral extends Node<'number'> {
  readonly value: number;
  readonly integer: boolean;
  readonly imaginary?: boolean;
}
export interface StringLiteral extends Node<'string'> {
  readonly value: string;
  readonly bytes?: boolean;
}
export interface BooleanLiteral extends Node<'boolean'> {
  readonly value: boolean;
}
/** Python `None`, JavaScript `null`; `undefined` is a Name in JavaScript. */
export type NoneLiteral = Node<'none'>;
export type EllipsisLiteral = Node<'ellipsis'>;
/** JavaScript's `this` and `super` are names too. */
export interface Name extends Node<'name'> {
  readonly name: string;
}
/** `optional`: JavaScript's `a?.b`. */
export interface Attribute extends Node<'attribute'> {
  readonly object: Expression;
  readonly name: string;
  readonly nameRange: Range;
  readonly optional?: boolean;
}
/** Python `a[1:2, 0]` has a tuple as its index. `optional`: JavaScript's `a?.[b]`. */
export interface Subscript extends Node<'subscript'> {
  readonly object: Expression;
  readonly index: Expression;
  readonly optional?: boolean;
}
/** Parts are by position: `a[:2]` has an upper bound only. */
export interface Slice extends Node<'slice'> {
  readonly lower: Expression | null;
  readonly upper: Expression | null;
  readonly step: Expression | null;
}
/** `isNew`: JavaScript's `new`; `optional`: its `f?.(a)`. `argumentsRange` includes the parentheses. */
export interface Call extends Node<'call'> {
  readonly callee: Expression;
  readonly args: readonly Argument[];
  readonly argumentsRange: Range;
  readonly isNew?: boolean;
  readonly optional?: boolean;
}
/** `f(a, k=b, *c, **d)`; `spread` is 'list' for `*c` and `...c`, 'dictionary' for `**d`. */
export interface Argument {
  readonly range: Range;
  readonly value: Expression;
  readonly keyword?: string;
  readonly spread?: 'list' | 'dictionary';
}
export interface Unary extends Node<'unary'> {
  readonly operator: '-' | '+' | '~' | 'not' | 'typeof' | 'void' | 'delete';
  readonly operand: Expression;
}
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '>>>' | '&' | '|' | '^';
export interface Binary extends Node<'binary'> {
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface Logical extends Node<'logical'> {
  readonly operator: 'and' | 'or' | '??';
  readonly left: Expression;
  readonly right: Expression;
}
/** JavaScript's `===` is `is`-like but written out: '===' and '!=='; `instanceof` and `in` likewise. */
export type CompareOperator = '<' | '<=' | '>' | '>=' | '==' | '!=' | '===' | '!==' | 'is' | 'is not' | 'in' | 'not in' | 'instanceof';
/** `a < b <= c`: one operator fewer than operands. */
export interface Compare extends Node<'compare'> {
  readonly operators: readonly CompareOperator[];
  readonly operands: readonly Expression[];
}
export interface Conditional extends Node<'conditional'> {
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
/** A lambda, an arrow function or a JavaScript function expression. */
export interface FunctionExpression extends Node<'function'> {
  readonly definition: FunctionDefinition;
}
export interface ClassExpression extends Node<'class'> {
  readonly definition: ClassDefinition;
}
/** JavaScript's arrays are lists. As a target it is a pattern. */
export interface Sequence extends Node<'sequence'> {
  readonly type: 'tuple' | 'list' | 'set';
  readonly elements: readonly Expression[];
}
/** Python's dict and JavaScript's object literal (keys there are strings). A key of null is a spread. As a target it is a pattern. */
export interface Dictionary extends Node<'dictionary'> {
  readonly entries: readonly { readonly key: Expression | null; readonly value: Expression }[];
}
export interface Comprehension extends Node<'comprehension'> {
  readonly type: 'list' | 'set' | 'dictionary' | 'generator';
  /** Of a dictionary: the key. */
  readonly key: Expression | null;
  readonly element: Expression;
  readonly clauses: readonly ComprehensionClause[];
}
export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
  readonly isAsync?: boolean;
}
/** An f-string or a JavaScript template: literal text and expressions in order. */
export interface Template extends Node<'template'> {
  readonly parts: readonly (string | Expression)[];
}
/** `*a` in a sequence or a target, `...a` in JavaScript. */
export interface Spread extends Node<'spread'> {
  readonly value: Expression;
}
export interface Await extends Node<'await'> {
  readonly value: Expression;
}
export interface Yield extends Node<'yield'> {
  readonly value: Expression | null;
  readonly from?: boolean;
}
/**
 * Python's `:=`; JavaScript's `=`, `+=`, `++` as expressions. `returnsOld` for `x++`: the value is the old one.
 * In a JavaScript pattern, `target = value` is a target with a default; in a Python `case`, `value as target`.
 */
export interface AssignExpression extends Node<'assign expression'> {
  readonly target: Expression;
  readonly operator: BinaryOperator | 'and' | 'or' | '??' | null;
  readonly value: Expression;
  readonly returnsOld?: boolean;
}
/** Something the front end has no word for, or that does not parse. What it contains is still there to be looked at. */
export interface UnknownExpression extends Node<'unknown expression'> {
  readonly children: readonly Expression[];
}

// ------------------------------------------------------------------------------------------------ statements

export type Statement =
  | ExpressionStatement
  | Assign
  | AugmentedAssign
  | If
  | For
  | While
  | With
  | Try
  | FunctionStatement
  | ClassStatement
  | Return
  | Raise
  | Assert
  | Break
  | Continue
  | Pass
  | Import
  | Scope
  | Delete
  | Match
  | Block
  | UnknownStatement;

export interface ExpressionStatement extends Node<'expression'> {
  readonly value: Expression;
}
/** `a = b = value`, `a: T = value`, `const { a, b } = value`. A target is a name, attribute, subscript, sequence, dictionary or spread. `value` is null for `a: T` and `let a;`. */
export interface Assign extends Node<'assign'> {
  readonly targets: readonly Expression[];
  readonly value: Expression | null;
  readonly annotation?: Expression;
  /** JavaScript: what declares the name, so that blocks can scope it. */
  readonly declaration?: 'const' | 'let' | 'var';
}
export interface AugmentedAssign extends Node<'augmented assign'> {
  readonly target: Expression;
  readonly operator: BinaryOperator | 'and' | 'or' | '??';
  readonly value: Expression;
}
export interface If extends Node<'if'> {
  readonly test: Expression;
  readonly then: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
/** `for target in iterable`, `for (const target of iterable)` with its `declaration`; `keys`: JavaScript's `for … in`. */
export interface For extends Node<'for'> {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
  readonly keys?: boolean;
  readonly isAsync?: boolean;
  readonly declaration?: 'const' | 'let' | 'var';
}
/** JavaScript's `for (init; test; update)` is a block of init and a while with `update`; `doFirst` is `do … while`. */
export interface While extends Node<'while'> {
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
  readonly update?: readonly Statement[];
  readonly doFirst?: boolean;
}
export interface With extends Node<'with'> {
  readonly items: readonly { readonly range: Range; readonly context: Expression; readonly target: Expression | null }[];
  readonly body: readonly Statement[];
  /** Where the body's first statement starts: fixes insert there. */
  readonly isAsync?: boolean;
}
export interface Try extends Node<'try'> {
  readonly body: readonly Statement[];
  /** `type` null catches all; JavaScript's `catch (e)` has a type of null. */
  readonly handlers: readonly {
    readonly range: Range;
    readonly type: Expression | null;
    readonly name: Expression | null;
    readonly body: readonly Statement[];
  }[];
  readonly otherwise: readonly Statement[];
  readonly finally: readonly Statement[];
}
export interface FunctionStatement extends Node<'function statement'> {
  readonly definition: FunctionDefinition;
}
export interface ClassStatement extends Node<'class statement'> {
  readonly definition: ClassDefinition;
}
export interface Return extends Node<'return'> {
  readonly value: Expression | null;
}
export interface Raise extends Node<'raise'> {
  readonly value: Expression | null;
  readonly cause: Expression | null;
}
export interface Assert extends Node<'assert'> {
  readonly test: Expression;
  readonly message: Expression | null;
}
export type Break = Node<'break'>;
export type Continue = Node<'continue'>;
export type Pass = Node<'pass'>;
/**
 * `import a.b as c` -> module 'a.b', names null, alias 'c' (alias null: binds `a`); `from .m import x as y, *` -> module '.m', names [x as y], star true.
 * `import * as tf from 'm'` -> alias 'tf'; `import d, { x as y } from 'm'` -> names ['default' as d, x as y]; `const tf = require('m')` is an ordinary call.
 * `typeOnly`: TypeScript's `import type`.
 */
export interface Import extends Node<'import'> {
  readonly module: string;
  readonly alias: { readonly name: string; readonly range: Range } | null;
  readonly names: readonly { readonly name: string; readonly alias: string; readonly range: Range }[] | null;
  readonly star?: boolean;
  readonly typeOnly?: boolean;
}
/** Python's `global` and `nonlocal`. */
export interface Scope extends Node<'scope'> {
  readonly type: 'global' | 'nonlocal';
  readonly names: readonly string[];
}
export interface Delete extends Node<'delete'> {
  readonly targets: readonly Expression[];
}
/** Python's `match` and JavaScript's `switch`: a switch's cases fall through unless they break (`fallsThrough`). */
export interface Match extends Node<'match'> {
  readonly subject: Expression;
  readonly cases: readonly {
    readonly range: Range;
    readonly pattern: Expression | null;
    readonly guard: Expression | null;
    readonly body: readonly Statement[];
  }[];
  readonly fallsThrough?: boolean;
}
/** A JavaScript block, which scopes `let` and `const`. */
export interface Block extends Node<'block'> {
  readonly body: readonly Statement[];
}
/** A statement that does not parse or has no word here: its parts, as statements and expressions that could be read. */
export interface UnknownStatement extends Node<'unknown statement'> {
  readonly body: readonly Statement[];
}

// ------------------------------------------------------------------------------------------------ definitions

export interface FunctionDefinition {
  readonly range: Range;
  /** '' for a lambda or an anonymous function. */
  readonly name: string;
  readonly nameRange: Range | null;
  readonly parameters: readonly Parameter[];
  /** A lambda or an arrow with an expression body is one return statement. */
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
  readonly returns?: Expression;
  readonly isAsync?: boolean;
  readonly isGenerator?: boolean;
  /** JavaScript arrow functions take `this` from outside. */
  readonly isArrow?: boolean;
}
/** `target` is a name, or in JavaScript a pattern. */
export interface Parameter {
  readonly range: Range;
  readonly target: Expression;
  readonly kind: 'positional only' | 'ordinary' | 'keyword only' | 'rest' | 'keywords';
  readonly default: Expression | null;
  readonly annotation?: Expression;
}
export interface ClassDefinition {
  readonly range: Range;
  readonly name: string;
  readonly nameRange: Range | null;
  readonly bases: readonly Argument[];
  /** Python: the class body. JavaScript: methods are function statements (static ones carry the decorator Name 'staticmethod', getters 'property'), fields are assigns to a name. */
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
}
