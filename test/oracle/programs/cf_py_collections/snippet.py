import collections
import tensorflow as tf
from collections import OrderedDict, defaultdict, deque, namedtuple
x = tf.Variable(2.)
od = OrderedDict()
od['b'] = x
od['a'] = 2.
dd = defaultdict(list)
dd['k'].append(x)
dq = deque([1., x])
dq.appendleft(3.)
P = namedtuple('P', ['w', 'b'])
p = P(x, b=2.)
P2 = collections.namedtuple('P2', 'w b')
with tf.GradientTape(persistent=True) as t:
    a = od['b'] * od['a']
    b = dd['k'][0] * 2. if len(dd['z']) == 0 else tf.constant(1.)
    c = dq.pop() * dq.popleft()
    d = p.w * p[1]
    w, k = p
    e = w * k
    f = P2(1., x)._replace(w=x).w * 2.
    g = list(od.values())[0] * 1.
print(t.gradient(a, x), t.gradient(b, x), t.gradient(c, x), t.gradient(d, x), t.gradient(e, x), t.gradient(f, x), t.gradient(g, x))
