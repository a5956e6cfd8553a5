// What a reader can have done on a page of a lesson: a demo measured, a program run or stepped through, a scenario explored,
// tried by luck, played. Names and words alone; it knows nothing of how it is done.
import type { ProgramWay } from '../course/fence-info.ts';
import type { MemoryModel } from '../explorer/engine/memories.ts';

/** A scenario as it is to be explored. */
export interface Explorable {
  /** from the course's folder down */
  readonly file: string;
  readonly memory: MemoryModel;
}

export type Runnable =
  | { readonly kind: 'demo'; readonly name: string }
  /** files from the course's folder down */
  | { readonly kind: 'program' | 'trace'; readonly file: string }
  | ({ readonly kind: 'explore' | 'luck' | 'play' } & Explorable);

export function runnableFor(file: string, way: ProgramWay): Runnable {
  switch (way) {
    case 'run':
      return { kind: 'program', file };
    case 'trace':
      return { kind: 'trace', file };
    case 'explore':
      return { kind: 'explore', file, memory: 'sc' };
    case 'explore-tso':
      return { kind: 'explore', file, memory: 'tso' };
  }
}

/** What an exploration is known by. */
export function explorationKey({ file, memory }: Explorable): string {
  return memory === 'tso' ? `${file} tso` : file;
}

/** Of a search nothing would be missed; what a program or a demo has done so far is seen. */
export function doesEscEnd(kind: Runnable['kind']): boolean {
  return kind === 'explore' || kind === 'luck' || kind === 'play';
}

/** `Enter measure`, `1 run` */
export const commands: Readonly<Record<Runnable['kind'], string>> = {
  demo: 'measure',
  program: 'run',
  trace: 'step through',
  explore: 'explore',
  luck: 'try luck',
  play: 'play',
};

/** `Enter measures it first`, `[1] runs it` */
export const deeds: Readonly<Record<Runnable['kind'], string>> = {
  demo: 'measures it',
  program: 'runs it',
  trace: 'steps through it',
  explore: 'explores it',
  luck: 'tries luck',
  play: 'plays it',
};
