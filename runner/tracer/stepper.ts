// Somebody who steps through a trace: where they are, and what follows from a key. Pure; it knows nothing of terminals.
import type { Span } from '../terminal/spans.ts';
import type { Style } from '../terminal/style.ts';
import type { TracedRun } from './trace.ts';

/** What does not change on the way. */
export interface Stepper {
  readonly run: TracedRun;
  /** the program's files as coloured lines, by their absolute paths; those that could not be read are missing */
  readonly sources: ReadonlyMap<string, readonly (readonly Span[])[]>;
  /** where the learner's shell is, absolute */
  readonly cwd: string;
  readonly style: Style;
  /** keys are typed with Enter behind them, on a terminal that cannot move its cursor */
  readonly isTyped: boolean;
  /** where q leads: `back to the lesson` */
  readonly exit: string;
}

export interface Standing {
  /** the step that has just happened; as many as there are steps: the program has ended */
  readonly index: number;
  readonly isHelpShown: boolean;
  /** said once, until the next key */
  readonly remark?: string | undefined;
}

export const firstStanding: Standing = { index: 0, isHelpShown: false };

export interface SteppedOn {
  readonly standing: Standing;
  /** they do not go on: `back` to where they came from, or out of everything */
  readonly end?: 'back' | 'interrupted';
}

export function stepOn(stepper: Stepper, before: Standing, pressed: string): SteppedOn {
  const key = pressed.toLowerCase();
  const { steps } = stepper.run.trace;
  const standing: Standing = { ...before, remark: undefined };
  const to = (index: number, remark?: string): SteppedOn => ({
    standing: { ...standing, index: Math.max(0, Math.min(index, steps.length)), remark },
  });
  if (key === 'ctrl-c' || key === 'ctrl-d') return { standing, end: 'interrupted' };
  if (standing.isHelpShown) return { standing: { ...standing, isHelpShown: false } };
  const { index } = standing;
  switch (key) {
    case 'space':
    case 'right':
    case 'n':
    case 'enter':
      return index === steps.length
        ? to(index, `This is where it ended; ${backKey(stepper)} goes back.`)
        : to(index + 1);
    case 'left':
    case 'b':
    case 'p':
    case 'backspace':
      return index === 0 ? to(0, 'This is where it begins.') : to(index - 1);
    case 'down':
    case 'pagedown':
    case 'j': {
      const next = steps.findIndex((step, at) => at > index && step.kind === 'begin');
      return to(next < 0 ? steps.length : next);
    }
    case 'up':
    case 'pageup':
    case 'k':
      return to(steps.findLastIndex((step, at) => at < index && step.kind === 'begin'));
    case 'home':
    case 'g':
      return to(0);
    case 'end':
    case 'e':
      return to(steps.length);
    case 'q':
    case 'escape':
      return { standing, end: 'back' };
    case '?':
      return { standing: { ...standing, isHelpShown: true } };
    case 'paste':
      return to(index, 'That was pasted; keys work one at a time.');
    default:
      return to(index, 'That key does nothing here. These do something:');
  }
}

function backKey({ isTyped }: Stepper): string {
  return isTyped ? 'q' : 'q or Esc';
}
