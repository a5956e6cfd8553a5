// What each key of the lab screen does, and how the keys are shown. It knows nothing of how it is done.
import { wrap } from '../terminal/wrap.ts';

export type LabAction =
  | 'hint'
  | 'solution'
  | 'reset'
  | 'run'
  | 'open'
  | 'task'
  | 'output'
  | 'next'
  | 'back'
  | 'quit'
  | 'help'
  | 'leave';

interface LabKey {
  readonly keys: readonly string[];
  readonly action: LabAction;
  /** in the line of keys; '' when it is not shown there */
  readonly short: string;
  readonly long: string;
  /** what is typed for the same outside of the tutor */
  readonly command?: string;
}

const table: readonly LabKey[] = [
  {
    keys: ['h'],
    action: 'hint',
    short: 'hint',
    long: 'the next hint; 1, 2, 3, ... show again what you have had',
    command: 'hint',
  },
  {
    keys: ['s'],
    action: 'solution',
    short: 'solution',
    long: 'one solution, why it works, and how yours differs',
    command: 'solution',
  },
  {
    keys: ['r'],
    action: 'reset',
    short: 'reset',
    long: 'a fresh copy; yours goes to a dated backup',
    command: 'reset',
  },
  {
    keys: ['t', 'enter'],
    action: 'run',
    short: 'test',
    long: 'judges your files again (Enter does it, too)',
    command: 'test',
  },
  { keys: ['o'], action: 'open', short: 'open', long: 'opens your files in $VISUAL, $EDITOR or code' },
  { keys: ['i'], action: 'task', short: 'task', long: 'all that the task says' },
  { keys: ['p'], action: 'output', short: 'printed', long: 'all that your program printed in the last run' },
  { keys: ['n'], action: 'next', short: 'next lab', long: 'the next lab' },
  { keys: ['b', 'escape'], action: 'back', short: 'back', long: 'back to the lesson' },
  { keys: ['q'], action: 'quit', short: 'quit', long: 'leaves; your files and your progress stay' },
  { keys: ['?'], action: 'help', short: 'help', long: 'this list' },
  { keys: ['ctrl-c', 'ctrl-d'], action: 'leave', short: '', long: '' },
];

const gap = '   ';

/** What a key does; a digit asks for a hint that was had. */
export function actionOf(key: string): LabAction | { readonly rung: number } | undefined {
  if (/^[1-9]$/.test(key)) return { rung: Number(key) };
  return table.find(({ keys }) => keys.includes(key))?.action;
}

/**
 * The keys in one line or two, a key and its word together.
 * @param idle keys that would do nothing now
 */
export function keysLines(columns: number, idle: readonly LabAction[]): string[] {
  const lines: string[] = [];
  for (const { keys, short, action } of table) {
    if (short === '' || idle.includes(action)) continue;
    const word = `${keys[0]} ${short}`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + gap.length + word.length < columns)
      lines.push(`${lines.pop()}${gap}${word}`);
    else lines.push(word);
  }
  return lines;
}

/** A text of the course that names commands, with the keys that do the same here. */
export function withKeys(markdown: string): string {
  return markdown.replaceAll(/`npx interleave (\w+)[^`]*`/g, (typed, name) => {
    const key = table.find(({ command }) => command === name)?.keys[0];
    return key === undefined ? typed : `\`${key}\``;
  });
}

/** One line for each key. */
export function helpLines(columns: number): string[] {
  return table
    .filter(({ short }) => short !== '')
    .flatMap(({ keys, long }) => wrap(long, columns, { first: `  ${keys[0]}  `, rest: '     ' }));
}
