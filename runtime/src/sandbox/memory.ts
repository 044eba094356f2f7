// The memory limit inside the process: WebAssembly may not grow past it, so that Python raises MemoryError instead of the process being ended.
const PAGE_BYTES = 64 * 1024;

/** Bytes that all WebAssembly memories together may reach, for a process that may reach so many: JavaScript needs the rest. */
export const webAssemblyShare = (processBytes: number): number => Math.floor(processBytes * 0.6);

/** From now on no WebAssembly memory grows past the limit. */
export function limitWebAssemblyMemory(limitBytes: number): void {
  const grow = WebAssembly.Memory.prototype.grow;
  Object.defineProperty(WebAssembly.Memory.prototype, 'grow', {
    value: function (this: WebAssembly.Memory, pages: number): number {
      if (this.buffer.byteLength + pages * PAGE_BYTES > limitBytes)
        throw new RangeError('WebAssembly.Memory.grow(): the memory limit of the snippet is reached');
      return grow.call(this, pages);
    },
    writable: false,
    configurable: false,
  });
}
