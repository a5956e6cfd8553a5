// What each key does while a drill is answered, and how the keys are shown. Pure; it knows nothing of the screen.
import { indexOf, letterOf } from './answer.ts';

/** A drill as far as its keys are concerned. */
export interface Answering {
  /** its lines as they are shown */
  readonly shuffled: readonly string[];
  /** those that were taken so far, in order */
  readonly taken: readonly string[];
  /** the verdict is there: Enter goes on */
  readonly isAnswered: boolean;
}

export type DrillAction =
  | { readonly kind: 'taken'; readonly taken: readonly string[] }
  | { readonly kind: 'judge' | 'next' | 'help' | 'quit' | 'leave' }
  /** a key that cannot be meant */
  | { readonly kind: 'remark'; readonly text: string };

/** @param key as of listenToKeys */
export function actionOf(key: string, answering: Answering): DrillAction {
  switch (key.toLowerCase()) {
    case 'ctrl-c':
    case 'ctrl-d':
      return { kind: 'leave' };
    case 'q':
      return { kind: 'quit' };
    case '?':
      return { kind: 'help' };
    case 'paste':
      return { kind: 'remark', text: 'That was pasted; keys work one at a time.' };
    default:
      return answering.isAnswered ? afterwards(key) : meanwhile(key, answering);
  }
}

function afterwards(key: string): DrillAction {
  if (key === 'enter' || key === 's' || key === 'n') return { kind: 'next' };
  return { kind: 'remark', text: 'That key does nothing here. Enter brings the next one.' };
}

function meanwhile(key: string, { shuffled, taken }: Answering): DrillAction {
  const missing = shuffled.length - taken.length;
  switch (key.toLowerCase()) {
    case 'enter':
      if (missing === 0) return { kind: 'judge' };
      return { kind: 'remark', text: missing === 1 ? 'One line is missing.' : `${missing} lines are missing.` };
    case 's':
      return { kind: 'next' };
    // What terminals send for it.
    case 'backspace':
    case 'ctrl-h':
    case '\x7f':
      return { kind: 'taken', taken: taken.slice(0, -1) };
    default: {
      const index = indexOf(key, shuffled.length);
      const line = index === undefined ? undefined : shuffled[index];
      if (line === undefined)
        return { kind: 'remark', text: `The lines have the letters a to ${letterOf(shuffled.length - 1)}.` };
      if (taken.includes(line)) return { kind: 'remark', text: `"${line}" stands in your order already.` };
      return { kind: 'taken', taken: [...taken, line] };
    }
  }
}

/** The keys that do something now. */
export function keysOf({ shuffled, isAnswered }: Pick<Answering, 'shuffled' | 'isAnswered'>): string[] {
  if (isAnswered) return ['Enter next', '? help', 'q quit'];
  const last = letterOf(shuffled.length - 1);
  return [`a-${last} the next line`, 'Backspace takes back', 'Enter done', 's skip', '? help', 'q quit'];
}

export const help: readonly string[] = [
  'Press the letter of the line that is printed first, then that of the next one, and so on; Backspace takes the last one back, Enter says that you are done. Then the program is run.',
  'Every program prints the same on every run: where Node guarantees no order, none is asked for.',
  'Three right answers in a row raise the level, two wrong ones in a row lower it. s skips a drill, and nothing is counted. q quits.',
];
