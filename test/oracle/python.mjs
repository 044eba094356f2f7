// A Python with the TensorFlow that everything is recorded under.
import { pythonWith } from '../../scripts/python.mjs';

export const pythonWithTensorflow = () => pythonWith('oracle-python', ['tensorflow-cpu==2.15.1']);
