// The command line is read as the contract says, and what cannot be understood is told in a sentence.
import { describe, expect, test } from 'vitest';
import { readCommand, UsageError } from '../../server/src/cli/arguments.ts';

const read = (line: string) => readCommand(line.split(' ').filter((word) => word !== ''));

test.each([
  ['check a.py b', { name: 'check', format: 'text', paths: ['a.py', 'b'] }],
  ['check --format sarif a.py', { name: 'check', format: 'sarif', paths: ['a.py'] }],
  ['explain --format=json a.py', { name: 'explain', format: 'json', run: false, paths: ['a.py'], engine: 'auto', timeoutSeconds: null }],
  [
    'explain --run --timeout 2.5 a.py',
    { name: 'explain', format: 'text', run: true, paths: ['a.py'], engine: 'auto', timeoutSeconds: 2.5 },
  ],
  ['rule TL102', { name: 'rule', code: 'TL102' }],
  ['rule', { name: 'rule', code: null }],
  ['server --stdio', { name: 'server' }],
  ['--help', { name: 'help' }],
  ['check --help', { name: 'help' }],
  ['--version', { name: 'version' }],
])('%s', (line, command) => {
  expect(read(line)).toEqual(command);
});

const hessian = {
  name: 'hessian',
  format: 'text',
  path: 'a.py',
  line: null,
  wrt: null,
  occurrence: null,
  component: null,
  limit: null,
  newton: false,
  engine: 'auto',
  output: null,
  timeoutSeconds: null,
};

test.each([
  ['hessian a.py', {}],
  ['hessian a.py:12', { line: 12 }],
  ['hessian C:\\x\\a.py:12', { path: 'C:\\x\\a.py', line: 12 }],
  ['hessian C:\\x\\a.py', { path: 'C:\\x\\a.py' }],
  ['hessian a.py:end', { path: 'a.py:end' }],
  [
    'hessian a.py:3 --wrt x --occurrence 2 --engine cpu --format npy --output h.npy --timeout 9',
    { line: 3, wrt: 'x', occurrence: 2, engine: 'cpu', format: 'npy', output: 'h.npy', timeoutSeconds: 9 },
  ],
  ['hessian a.py --component 0,2 --limit 100 --newton', { component: [0, 2], limit: 100, newton: true }],
  ['hessian a.py --component 3', { component: [3] }],
])('%s', (line, difference) => {
  expect(read(line)).toEqual({ ...hessian, ...difference });
});

describe('what cannot be understood', () => {
  test.each([
    ['', /Say what to do: check, explain/],
    ['chekc a.py', /no command 'chekc': use check/],
    ['check', /check needs a file or a folder/],
    ['check --format xml a.py', /--format is one of text, json, sarif, github, not 'xml'/],
    ['check --fromat json a.py', /--fromat/],
    ['check --format', /--format/],
    ['explain', /explain needs a file or a folder/],
    ['hessian', /hessian takes one file/],
    ['hessian a.py b.py', /hessian takes one file/],
    ['hessian a.py:0', /lines count from 1/],
    ['hessian a.py --timeout soon', /--timeout is a positive number of seconds, not 'soon'/],
    ['hessian a.py --timeout 0', /--timeout is a positive number/],
    ['hessian a.py --component x', /--component is an index along every axis/],
    ['hessian a.py --occurrence 1.5', /--occurrence is a positive whole number, not '1.5'/],
    ['hessian a.py --engine gpu', /--engine is one of auto, node, wasm, cpu, not 'gpu'/],
    ['rule TL101 TL102', /rule takes one code/],
    ['server', /server --stdio/],
  ])('%s', (line, message) => {
    expect(() => read(line)).toThrow(UsageError);
    expect(() => read(line)).toThrow(message);
  });
});
