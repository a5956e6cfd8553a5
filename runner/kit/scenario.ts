// What a scenario imports as `interleave/kit/scenario`: a small program whose interleavings the explorer tries.
export { checkpoint, i32 } from '../explorer/author-kit.ts';
export type { AsyncScenario, Operations, ThreadScenario } from '../explorer/author-kit.ts';
