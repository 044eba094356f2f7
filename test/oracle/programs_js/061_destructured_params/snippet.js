import { grads, scalar, tensor1d } from '@tensorflow/tfjs';
const f = ({ a, b }) => a.mul(b);
const g = grads((a, b) => f({ a, b }));
const [da, db] = g([scalar(2), scalar(3)]);
da.print(); db.print();
const h = grads((a, b) => f({ a, b: scalar(2) }));
h([scalar(2), scalar(3)]);
