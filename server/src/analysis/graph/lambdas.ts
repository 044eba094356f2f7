// Which lambda is which: AutoGraph finds one by its line and its parameters, and leaves those alone of which it cannot tell. TensorFlow: python/autograph/pyct/parser.py.
import type { FunctionDefinition, Statement } from '../../ir/ir.ts';
import { nodesIn } from '../../ir/walk.ts';
import type { Machine } from '../machine.ts';
import type { FunctionValue } from '../values.ts';

/** Whether AutoGraph runs this function as it is written. What is made in code that is converted is converted with it. */
export const isLeftAlone = (m: Machine, f: FunctionValue): boolean =>
  f.unconverted === true || (f.isMadeConverted !== true && isLambda(f.definition) && m.language === 'python' && hasTwin(m, f.definition));

const isLambda = (definition: FunctionDefinition): boolean => definition.name === '';

function hasTwin(m: Machine, lambda: FunctionDefinition): boolean {
  const lineStart = m.text.lastIndexOf('\n', lambda.range.start - 1) + 1;
  const newline = m.text.indexOf('\n', lambda.range.start);
  const lineEnd = newline < 0 ? m.text.length : newline;
  const candidates = m
    .remember(LAMBDAS)
    .of(m.body)
    .filter(({ range }) => range.start < lineEnd && range.end > lineStart);
  return candidates.length > 1 && candidates.filter((other) => signature(other) === signature(lambda)).length > 1;
}

const signature = ({ parameters }: FunctionDefinition): string =>
  parameters.map(({ kind, target }) => `${kind} ${target.kind === 'name' ? target.name : ''}`).join();

/** All lambdas of a program, looked for once. */
const LAMBDAS = {
  make: () => {
    let found: readonly FunctionDefinition[] | null = null;
    return {
      of: (body: readonly Statement[]): readonly FunctionDefinition[] =>
        (found ??= nodesIn(body).flatMap((node) => (node.kind === 'function' ? [node.definition] : []))),
    };
  },
};
