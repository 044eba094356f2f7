// The table of TensorFlow.js's kernels: importing it fills it.
import './elementwise.ts';
import './pairs.ts';
import './activations.ts';
import './reductions.ts';
import './moves.ts';
import './without-gradient.ts';
