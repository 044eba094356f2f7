// Stands for Node's `string_decoder`, which TensorFlow.js's data looks for: nothing in a realm is one.
export class StringDecoder {}
