// How far a search goes.
import type { MemoryModel } from './memories.ts';

export interface Options {
  readonly memory: MemoryModel;
  /** of the first search */
  readonly mostPreemptions: number;
  readonly mostStates: number;
  /** of one thread in one run */
  readonly mostOperations: number;
  readonly mostMs: number;
  /** resident memory of the process that searches */
  readonly mostMiB: number;
}

export const defaultOptions: Options = {
  memory: 'sc',
  mostPreemptions: 2,
  mostStates: 4_000_000,
  mostOperations: 2_000,
  mostMs: 60_000,
  mostMiB: 2_048,
};
