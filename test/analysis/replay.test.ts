// Branches that nobody can decide: what is the same whichever way they go is said, what differs is not.
import { describe, expect, it } from 'vitest';
import { check } from '../rules/harness.ts';

const program = (body: string): string =>
  `import tensorflow as tf\nx = tf.Variable(2.0)\nw = tf.Variable(3.0)\nr = tf.random.normal([])\n${body}`;
const outcomes = (body: string): string[] =>
  check(program(body), 'python').subject.facts.calls.map(({ outcome, sources }) =>
    outcome === 'returns' ? sources.map((s) => s.outcome).join(' ') : outcome,
  );

describe('one branch', () => {
  const branch = (a: string, b: string, call: string): string[] =>
    outcomes(`with tf.GradientTape(persistent=True) as t:\n    if r > 0.0:\n        y = ${a}\n    else:\n        y = ${b}\ng = ${call}\n`);

  it('says what both ways have in common', () => {
    expect(branch('x * x', 'tf.sin(x)', 't.gradient(y, [x, w])')).toEqual(['value none']);
  });
  it('does not say what they do not', () => {
    expect(branch('x * x', 'w * 2.0', 't.gradient(y, [x, w])')).toEqual(['unknown unknown']);
    expect(branch('tf.nn.relu(x)', 'x * w', 't.gradient(y, x)')).toEqual(['value']);
  });
  it('says that a call raises where it does so either way', () => {
    expect(branch('x * x', 'w * 2.0', 't.batch_jacobian(y, x)')).toEqual(['raises']);
    expect(branch('x * x', 'tf.ones([2, 2])', 't.batch_jacobian(y, x)')).toEqual(['unknown']);
  });
});

it('a branch that is not always taken makes its calls uncertain', () => {
  const { subject } = check(
    program('with tf.GradientTape() as t:\n    y = x * x\n    if r > 0.0:\n        y = y * 2.0\nif r > 1.0:\n    g = t.gradient(y, x)\n'),
    'python',
  );
  const [call] = subject.facts.calls;
  expect(call?.sources.map((s) => s.outcome)).toEqual(['value']);
  expect(call?.certain).toBe(false);
});

it('too many ways are not tried: nothing is said, and soon', () => {
  const many = Array.from({ length: 12 }, (_, i) => `    if tf.random.normal([]) > 0.0:\n        y = y * ${i + 1}.5\n`).join('');
  const began = performance.now();
  expect(outcomes(`with tf.GradientTape() as t:\n    y = x * 1.5\n${many}g = t.gradient(y, w)\n`)).toEqual(['unknown']);
  expect(performance.now() - began).toBeLessThan(5000);
});

it('a branch that changes nothing is no question', () => {
  const print = Array.from({ length: 12 }, () => `    if tf.random.normal([]) > 0.0:\n        print(y)\n`).join('');
  expect(
    outcomes(`with tf.GradientTape() as t:\n    y = x * 1.5\n    if r > 0.0:\n        y = y + 1.0\n${print}g = t.gradient(y, w)\n`),
  ).toEqual(['none']);
});

it('an exception on every way is one', () => {
  const { subject } = check(
    program('with tf.GradientTape() as t:\n    y = x * x if r > 0.0 else x + 1.0\ng = t.gradient(y, w)\nprint(g.shape)\n'),
    'python',
  );
  expect(subject.facts.exception?.type).toBe('AttributeError');
});
