// Which Python a machine has, as data and in words. Pure but for the question which system this is; it knows nothing of
// processes.
import { readFileSync } from 'node:fs';

/** What a Python says of itself. */
export interface PythonFacts {
  /** `3.14.0` */
  readonly version: string;
  /** `CPython` */
  readonly implementation: string;
  /** one thread at a time runs Python */
  readonly hasGil: boolean;
  /** built so that it can do without; the GIL may be switched on all the same */
  readonly isFreeThreaded: boolean;
  /** `concurrent.interpreters`, from 3.14 on */
  readonly interpreters: boolean;
  /** `InterpreterPoolExecutor`, from 3.14 on */
  readonly interpreterPool: boolean;
}

/** Why there is none that serves, and what to do about it. */
export interface PythonMissing {
  /** a sentence */
  readonly missing: string;
  readonly next: string;
}

const oldestPython = [3, 9] as const;

/** Looks at a first line that may have come from anything that is called python3. */
export function readFacts(line: string): PythonFacts | PythonMissing {
  const facts = parsed(line);
  if (typeof facts?.error === 'string') return { missing: `Python could not begin: ${facts.error}.`, next: '' };
  const numbers = Array.isArray(facts?.version) ? facts.version : [];
  const [major, minor, micro] = numbers;
  if (![major, minor, micro].every(Number.isInteger))
    return { missing: `What is called python3 is no Python: it says "${line.slice(0, 60)}".`, next: howToGetPython() };
  const version = numbers.join('.');
  const [oldest, least] = oldestPython;
  if (major < oldest || (major === oldest && minor < least))
    return {
      missing: `python3 is Python ${version}, which is too old: it takes ${oldestPython.join('.')} or newer.`,
      next: howToGetPython(),
    };
  const { implementation, hasGil, isFreeThreaded, interpreters, interpreterPool } = facts ?? {};
  return {
    version,
    implementation: String(implementation),
    hasGil: hasGil !== false,
    isFreeThreaded: isFreeThreaded === true,
    interpreters: interpreters === true,
    interpreterPool: interpreterPool === true,
  };
}

/** `Python 3.13.0, which has a GIL: one thread at a time runs Python`. */
export function pythonWords(facts: PythonFacts): string {
  const { version, implementation, interpreters, interpreterPool } = facts;
  const name = implementation === 'CPython' ? `Python ${version}` : `Python ${version} (${implementation})`;
  const pool = interpreterPool ? 'concurrent.interpreters and InterpreterPoolExecutor' : 'concurrent.interpreters';
  return `${name}, ${gilWords(facts)}${interpreters ? `; it has sub-interpreters, each with a GIL of its own (${pool})` : ''}`;
}

function gilWords({ hasGil, isFreeThreaded }: PythonFacts): string {
  if (!hasGil) return 'which has no GIL: its threads may help where those of others do not';
  const means = 'one thread at a time runs Python';
  return isFreeThreaded ? `built without a GIL, which is switched on here: ${means}` : `which has a GIL: ${means}`;
}

/** For this system: a command where there is one. */
export function howToGetPython(): string {
  const way =
    process.platform === 'win32'
      ? '"winget install 9NQ7512CXL7T" brings the installer of python.org, then "py install 3" and a new terminal'
      : process.platform === 'darwin'
        ? '"brew install python3", or the installer of python.org'
        : linuxWay(osRelease());
  return `To get Python ${oldestPython.join('.')} or newer as python3: ${way}.`;
}

/** @param release what /etc/os-release says */
export function linuxWay(release: string): string {
  const ids = [...release.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)/gm)].flatMap(([, names = '']) => names.split(' '));
  const commands: Readonly<Record<string, string>> = {
    debian: 'sudo apt install python3',
    fedora: 'sudo dnf install python3',
    rhel: 'sudo dnf install python3',
    arch: 'sudo pacman -S python',
    alpine: 'sudo apk add python3',
    suse: 'sudo zypper install python3',
  };
  const id = ids.find((name) => Object.hasOwn(commands, name));
  return id === undefined ? 'the package python3 of your system' : `"${commands[id]}"`;
}

function osRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

interface Line {
  readonly [key: string]: unknown;
  readonly version?: readonly number[];
}

function parsed(line: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}
