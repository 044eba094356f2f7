// tfjs-node as an engine: loads the package that the host has found, in its own copy of TensorFlow.js, and calls its kernels one by one.
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import { type EngineData, engineNumbers, type EngineStorage, type KernelSet, listOf, LOSES_NAN, namedAs } from './tfjs.ts';

/** What this needs of the package: it exports all of its TensorFlow.js. */
interface TensorFlowNode {
  ready(): Promise<void>;
  getKernel(name: string, backend: string): object | undefined;
  tensor(values: EngineData, shape: number[], dtype: string): NativeTensor;
  tidy<T>(run: () => T): T;
  engine(): { runKernel(name: string, inputs: object, attributes: object): NativeTensor | NativeTensor[] };
}

interface NativeTensor {
  readonly shape: number[];
  readonly dtype: string;
  dataSync(): EngineData;
}

const BACKEND = 'tensorflow';

interface Compiler {
  _compile(content: string, file: string): unknown;
}

/** Throws what the package throws when it does not start. Before the process shuts itself in: it reads files and loads native code. */
export async function startNative(folder: string): Promise<KernelSet> {
  // Removed in Node 23; tfjs-node 4.22 calls it.
  const removed = util as { isNullOrUndefined?: (value: unknown) => boolean };
  removed.isNullOrUndefined ??= (value) => value === null || value === undefined;
  process.env['TF_CPP_MIN_LOG_LEVEL'] = '3';
  const tf = withoutGlobalByCode(() => createRequire(join(folder, 'package.json'))(folder) as TensorFlowNode);
  await tf.ready();
  return {
    name: 'node',
    has: (kernel) => tf.getKernel(kernel, BACKEND) !== undefined && !LOSES_NAN.has(kernel),
    // Some of its kernels are made of others: they want tensors, and leave some behind, which tidy takes away.
    run: (kernel, inputs, attributes) =>
      tf.tidy(() => {
        const tensors = listOf(inputs).map((x) => {
          const { data, storage } = engineNumbers(x);
          return tf.tensor(data, [...x.shape], storage);
        });
        const outputs = tf.engine().runKernel(kernel, namedAs(inputs, tensors), attributes);
        const output = Array.isArray(outputs) ? outputs[0] : outputs;
        if (!output) throw new Error(`the kernel ${kernel} gave nothing back`);
        return { data: output.dataSync(), shape: output.shape, storage: output.dtype as EngineStorage };
      }),
  };
}

/** Its protocol buffers ask for the global object by code made from a string, which this process does not allow. */
function withoutGlobalByCode<T>(load: () => T): T {
  const compiler = Module.prototype as unknown as Compiler;
  const compile = compiler._compile;
  compiler._compile = function (content, file) {
    return compile.call(this, content.replaceAll(`Function('return this')()`, 'globalThis'), file);
  };
  try {
    return load();
  } finally {
    compiler._compile = compile;
  }
}
