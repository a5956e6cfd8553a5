// Somebody who is the scheduler: where they are, and what follows from a key. Pure; it knows nothing of terminals and
// processes.
import type { Style } from '../../terminal/style.ts';
import type { ExploredFile } from '../explore-file.ts';
import type { Sources } from '../picture/sources.ts';
import type { Where } from '../engine/walk.ts';

/** What does not change on the way. */
export interface Player {
  /** what the explorer found */
  readonly explored: ExploredFile;
  readonly sources: Sources;
  /** as it is typed */
  readonly file: string;
  /** where the learner's shell is, absolute */
  readonly cwd: string;
  readonly style: Style;
  /** keys are typed with Enter behind them */
  readonly isTyped: boolean;
}

export interface Position {
  readonly where: Where;
  readonly page: 'walk' | 'solution' | 'help';
  /** lines of the page that have gone by above; of the walk, lines that are hidden at its end */
  readonly scrolled: number;
  /** said once, until the next key */
  readonly remark?: string | undefined;
}

export interface PlayedOn {
  readonly position: Position;
  /** threads in the order of their turns from the beginning: there they want to be */
  readonly turns?: readonly number[];
  /** they do not go on: out of the game, or, when the input has ended, out of everything */
  readonly end?: 'left' | 'interrupted';
}

export function firstPosition(where: Where): Position {
  return { where, page: 'walk', scrolled: 0 };
}

export function playOn(player: Player, before: Position, pressed: string): PlayedOn {
  const key = pressed.toLowerCase();
  const position: Position = { ...before, remark: undefined };
  if (key === 'ctrl-d') return { position, end: 'interrupted' };
  if (key === 'ctrl-c') return { position, end: 'left' };
  return position.page === 'walk' ? walkOn(player, position, key) : lookOn(position, key);
}

/** The answer to a wish. */
export function arrived(before: Position, turns: readonly number[], where: Where): Position {
  const stuck = where.moves.length < turns.length ? turns[where.moves.length] : undefined;
  const remark = stuck === undefined || where.ending ? undefined : whyNot(where, stuck);
  return { ...before, where, page: 'walk', scrolled: 0, remark };
}

function walkOn(player: Player, position: Position, key: string): PlayedOn {
  const { where, scrolled } = position;
  const turns = where.moves.map(({ thread }) => thread);
  const say = (remark: string): PlayedOn => ({ position: { ...position, remark } });
  if (/^\d+$/.test(key)) {
    const thread = Number(key.charAt(0));
    if (thread >= player.explored.scenario.threads) return say(`There is no thread ${thread}.`);
    if (!where.choices[thread]) return say(whyNot(where, thread));
    return { position, turns: [...turns, ...Array.from(key, Number)] };
  }
  switch (key) {
    case 'space':
    case 'enter': {
      const next = sameAgain(where);
      if (next !== undefined) return { position, turns: [...turns, next] };
      return say(where.ending ? overWords : 'Whose turn is it? Press the number of a thread.');
    }
    case 'b':
    case 'left':
    case 'backspace':
      return turns.length === 0 ? say('This is where it begins.') : { position, turns: turns.slice(0, -1) };
    case 'r':
      return { position, turns: [] };
    case 'up':
    case 'pageup':
      return { position: { ...position, scrolled: scrolled + linesOf(key) } };
    case 'down':
    case 'pagedown':
      return { position: { ...position, scrolled: Math.max(0, scrolled - linesOf(key)) } };
    case 'g':
      return { position: { ...position, page: 'solution', scrolled: 0 } };
    case '?':
      return { position: { ...position, page: 'help', scrolled: 0 } };
    case 'q':
    case 'escape':
      return { position, end: 'left' };
    case 'paste':
      return say('That was pasted; keys work one at a time.');
    default:
      return say('That key does nothing here. These do something:');
  }
}

function lookOn(position: Position, key: string): PlayedOn {
  const { scrolled } = position;
  switch (key) {
    case 'down':
    case 'pagedown':
    case 'space':
      return { position: { ...position, scrolled: scrolled + linesOf(key) } };
    case 'up':
    case 'pageup':
      return { position: { ...position, scrolled: Math.max(0, scrolled - linesOf(key)) } };
    default:
      return { position: { ...position, page: 'walk', scrolled: 0 } };
  }
}

function linesOf(key: string): number {
  return key === 'up' || key === 'down' ? 1 : 10;
}

/** Whoever went last goes on, or whoever alone can. */
function sameAgain({ moves, choices }: Where): number | undefined {
  const last = moves.at(-1)?.thread;
  if (last !== undefined && choices[last]) return last;
  const able = choices.flatMap((choice, thread) => (choice ? [thread] : []));
  return able.length === 1 ? able[0] : undefined;
}

const overWords = 'It is over; b goes back a step, r begins again.';

function whyNot({ standings, ending }: Where, thread: number): string {
  if (ending) return overWords;
  switch (standings[thread]?.kind) {
    case 'ended':
      return `Thread ${thread} has ended.`;
    case 'sleeps':
      return `Thread ${thread} sleeps: another one has to wake it.`;
    default:
      return `Thread ${thread} cannot go on.`;
  }
}
