// What nobody would write on purpose: facts may be missing, but nothing is thrown, nothing hangs, and what is said of the call at the end is never wrong.
import { describe, expect, it } from 'vitest';
import { check } from '../rules/harness.ts';

const repeated = (part: string, count: number): string => part.repeat(count);

/** Each stands between a variable and a gradient by it, which is a value wherever the program comes so far. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'a file that is not finished': 'def f(x:\n    with tf.GradientTape() as t\n  y = (x *\n',
  'Python 2': 'print "a"\nexec "x"\nraise E, "b"\n',
  'tabs and spaces': 'if 1:\n\tx = 1\n        y = 2\n    z = 3\n',
  'a megabyte on one line': `x = [${repeated('1.0, ', 200_000)}1.0]\n`,
  '10,000 nested brackets': `x = ${repeated('[', 10_000)}${repeated(']', 10_000)}\n`,
  '10,000 nested parentheses': `x = ${repeated('(', 10_000)}1${repeated(')', 10_000)}\n`,
  'recursion without end': 'def f(a):\n    return f(a) + g(a)\ndef g(a):\n    return f(a)\nf(1)\n',
  'recursion under conditions that nobody knows':
    'import sys\ndef f(a):\n    if a in sys.argv: return g(a)\n    if a == sys.path: return f(a) + g(a)\n    return f(a)\ndef g(a):\n    if a in sys.argv: return f(a)\n    return f(a) + g(a) + f(a)\nf(1)\n',
  'recursion through match':
    'def f(v):\n    match v:\n        case [a, *r]:\n            return f(r) + f(r) + f([a])\n        case _:\n            return f([v])\nf(list(range(50)))\n',
  'a class that inherits from itself': 'class A(A):\n    pass\na = A()\n',
  'classes that derive each other': 'class A:\n    def __init_subclass__(cls):\n        class B(A): pass\nclass C(A): pass\n',
  'an attribute that asks for itself': 'class A:\n    def __getattr__(self, n):\n        return getattr(self, n)\nb = A().x\n',
  'a property that sets itself':
    'class A:\n    @property\n    def x(self):\n        return self.x\n    @x.setter\n    def x(self, v):\n        self.x = v\na = A()\na.x = 2\nb = a.x\n',
  'an object that is made of itself': 'class A:\n    def __new__(cls):\n        return cls()\na = A()\n',
  'a generator without end': 'def g():\n    while True:\n        yield 1\nfor i in g():\n    pass\nx = list(g())\n',
  'a generator of itself': 'def g():\n    yield from g()\nfor i in g():\n    pass\n',
  'an iterator without end':
    'class I:\n    def __iter__(self):\n        return self\n    def __next__(self):\n        return 1\nfor i in I():\n    pass\nx = list(I())\n',
  'counting without end':
    'import itertools\nfor i in itertools.count():\n    y = i\nz = list(itertools.count())\nw = sum(itertools.repeat(1))\n',
  'a context that enters itself':
    'class C:\n    def __enter__(self):\n        with self:\n            return self\n    def __exit__(self, *a):\n        with self:\n            return True\nwith C():\n    pass\n',
  'a function that is called with itself': '(lambda f: f(f))(lambda f: f(f))\n',
  'structures that hold themselves':
    'd = {}\nd["d"] = d\nl = [x0]\nl.append(l)\nl += l\nd["l"] = l\ntry:\n    z = tf.stack(l)\nexcept Exception:\n    pass\nf = tf.function(lambda a: x0)\ntry:\n    f(l)\nexcept Exception:\n    pass\n',
  'numbers beyond all bounds': 'x = 10**5000\ny = x % 7 << 4000\nz = 2**(2**40)\nfor i in range(10**12): x = i\n',
  '3,000 lambdas on a line': `f = ${Array.from({ length: 3000 }, () => 'lambda v: v').join(', ')}\nh = tf.function(f[0])\nh(x0)\n`,
  'signatures of all kinds':
    'b = tf.TensorSpec(tf.TensorShape([None, "a"]))\n@tf.function(input_signature=[b, None, 3])\ndef g(x, y): return x.shape[5] + x.shape["a"]\ntry:\n    g(1, 2, 3)\nexcept Exception:\n    pass\n',
};

describe('bad input', () => {
  it.each(Object.entries(PROGRAMS))('%s', (_, text) => {
    const program = `import tensorflow as tf\nx0 = tf.Variable(2.0)\n${text}\nwith tf.GradientTape() as t:\n    y0 = x0 * x0\ng0 = t.gradient(y0, x0)\n`;
    const { facts } = check(program, 'python').subject;
    expect(facts.failure).toBeNull();
    for (const call of facts.calls)
      expect(['value', 'unknown', 'unreached'], call.outcome).toContain(
        call.outcome === 'returns' ? call.sources.map((source) => source.outcome).join() : call.outcome,
      );
  });
});
