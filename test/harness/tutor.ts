// A learner in front of the tutor: `npm start`'s program in a real terminal, in a shell that afterwards says how it ended
// and in which state it left the terminal.
import type { RunnableCourse } from './course.ts';
import { keys, Person } from './pty.ts';

export interface TutorWindow {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: NodeJS.ProcessEnv;
}

export function startTutor(course: RunnableCourse, { columns, rows, env = {} }: TutorWindow = {}): Person {
  // The shell lives through Ctrl-C; what it starts does not inherit that.
  const script = 'trap : INT; "$0" "$1"; echo "ended with $?"; stty -a';
  return new Person('sh', ['-c', script, process.execPath, course.launcher], {
    cwd: course.root,
    env: { ...course.env, ...env },
    ...(columns === undefined ? {} : { columns }),
    ...(rows === undefined ? {} : { rows }),
  });
}

export interface LeftTerminal {
  readonly exitCode: number;
  /** the terminal reads lines and echoes them, and its cursor was never hidden */
  readonly isAsBefore: boolean;
  /** all that was ever on the screen */
  readonly text: string;
}

/** Waits for the end, and looks at what is left of the terminal. */
export async function leftBy(person: Person): Promise<LeftTerminal> {
  const text = await person.saw(/ended with \d+[^]*icanon/);
  const modes = text.slice(text.lastIndexOf('ended with')).split(/[\s;]+/);
  // Whoever never hides the cursor need not bring it back, also when killed.
  const isCursorShown = !person.raw.includes('\x1b[?25l');
  return {
    exitCode: Number(/ended with (\d+)/.exec(text)?.[1]),
    isAsBefore: modes.includes('icanon') && modes.includes('echo') && isCursorShown,
    text,
  };
}

/** Walks from the start to the menu of the labs of lesson 11. */
export async function goToLabs(person: Person): Promise<void> {
  await person.sees('Enter, q quit');
  person.press('11');
  await person.sees('> 11  Numbers');
  person.press(keys.enter);
  await person.sees('l labs');
  person.press('l');
  await person.sees('Labs of lesson 11');
}

/** Walks on to the screen of lab 11.1. */
export async function goToFirstLab(person: Person): Promise<void> {
  await goToLabs(person);
  person.press(keys.enter);
  await person.sees('Lab 11.1: Twice as much');
  await person.sees('h hint');
}
