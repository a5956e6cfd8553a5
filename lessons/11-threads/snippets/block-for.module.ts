const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));

/** Stops the thread that calls it, as a synchronous library does. */
export function blockFor(ms: number): void {
  Atomics.wait(nobodyWakes, 0, 0, ms);
}
