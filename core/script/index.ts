// TensorFlow.js as it is: its engine, its kernels' gradients, its public functions. Importing it fills the tables.
import '../ops/index.ts';
import './functions/math.ts';
import './functions/reductions.ts';
import './functions/moves.ts';
import './functions/neural.ts';
import './functions/without-gradient.ts';

export { toScriptTensor } from './arguments.ts';
export { ScriptEngine, NOT_ENCLOSED } from './engine.ts';
export { allKernels, findKernel, kernelOfRow } from './kernel.ts';
export { allScriptFunctions, callScriptFunction, findScriptFunction, type ScriptFunction } from './function.ts';
export { scriptError } from './error.ts';
export { findScriptLayer, type ScriptLayer, UNFOLLOWED } from './layers.ts';
export { ScriptArguments } from './arguments.ts';
