// How tfjs-node is got: what is installed, what is downloaded for it, and the checksums that hold.

/** tfjs-node and what the npm registry must give for it. */
export const PACKAGE = {
  name: '@tensorflow/tfjs-node',
  version: '4.22.0',
  integrity: 'sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
} as const;

/** The TensorFlow for Python whose library tfjs-node is built against where its own cannot be downloaded. */
export const WHEEL = {
  name: 'tensorflow-cpu',
  version: '2.15.1',
  python: '311',
  platform: 'manylinux_2_17_x86_64',
  sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
  /** The platform that it is for, as Node names it. */
  for: 'linux-x64',
} as const;

/** The libraries out of the wheel, and the names that the linker and the loader look for. */
export const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  'tensorflow/libtensorflow_cc.so.2': ['libtensorflow_cc.so.2', 'libtensorflow.so'],
  'tensorflow/libtensorflow_framework.so.2': ['libtensorflow_framework.so.2', 'libtensorflow_framework.so'],
};
export const HEADERS = 'tensorflow/include/';

/** What building takes, by the command that shows that it is there, and the Debian package that has it. */
export const TOOLS = [
  { command: 'g++', arguments: ['--version'], debian: 'g++' },
  { command: 'make', arguments: ['--version'], debian: 'make' },
  { command: 'python3', arguments: ['--version'], debian: 'python3' },
  { command: 'python3', arguments: ['-m', 'pip', '--version'], debian: 'python3-pip', shown: 'pip' },
] as const;

/** Unpacks what is needed of the wheel; arguments: the wheel, the target folder, then what to unpack. */
export const UNPACK = `
import sys, zipfile
wheel, target, *wanted = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if any(name == one or one.endswith('/') and name.startswith(one) for one in wanted):
            archive.extract(name, target)
`;

/** Loads the package and multiplies two matrices: prints the versions, or fails. Argument: the package's folder. */
export const TRIAL = `
const util = require('node:util');
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
const tf = require(process.argv[1]);
const product = tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5], [6]])).dataSync();
if (product[0] !== 17 || product[1] !== 39) throw new Error('it multiplies wrongly: ' + product);
console.log(JSON.stringify({ package: tf.version['tfjs-node'], library: tf.backend().binding.TF_Version }));
`;
