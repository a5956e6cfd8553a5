// The learner's editor: which one it is, and whether it needs the terminal for itself. It knows nothing of what is
// edited.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import type { HandOver } from './keyboard.ts';

export interface Editor {
  /** as the learner wrote it, with its arguments: `code --wait` */
  readonly command: string;
  /** `$VISUAL`, `$EDITOR` or `code` */
  readonly from: string;
  /** it opens a window of its own; any other one is taken to draw on this terminal */
  readonly hasWindow: boolean;
}

/** Editors that open a window and leave the terminal alone. */
const windowed = new Set([
  'atom',
  'code',
  'code-insiders',
  'codium',
  'cursor',
  'geany',
  'gedit',
  'gnome-text-editor',
  'gvim',
  'idea',
  'kate',
  'mate',
  'mousepad',
  'notepad',
  'notepad++',
  'open',
  'pluma',
  'subl',
  'vscodium',
  'webstorm',
  'windsurf',
  'xdg-open',
  'xed',
  'zed',
]);

/** The first of $VISUAL, $EDITOR and `code` that says anything; $EDITOR not where only npm says it. */
export function findEditor(env: NodeJS.ProcessEnv): Editor | undefined {
  for (const from of ['VISUAL', 'EDITOR']) {
    const command = from === 'EDITOR' && isNpmsOwn(env) ? undefined : env[from]?.trim();
    if (command) return { command, from: `$${from}`, hasWindow: windowed.has(nameOf(command)) };
  }
  return isOnPath('code', env) ? { command: 'code', from: 'code', hasWindow: true } : undefined;
}

/** What was looked for in vain, as a sentence. */
export function noEditor(env: NodeJS.ProcessEnv): string {
  return isNpmsOwn(env)
    ? `$VISUAL is not set, there is no "code", and $EDITOR is "${env.EDITOR}" only because npm makes it so (to have that one, set VISUAL).`
    : '$VISUAL and $EDITOR are not set, and there is no "code".';
}

/**
 * npm sets EDITOR for what it starts, also where nobody has chosen one. Nobody who never chose
 * vi should get into it and not find the way out.
 */
function isNpmsOwn({ EDITOR, npm_lifecycle_event, npm_config_editor }: NodeJS.ProcessEnv): boolean {
  const byDefault = process.platform === 'win32' ? 'notepad.exe' : 'vi';
  return npm_lifecycle_event !== undefined && npm_config_editor === undefined && EDITOR === byDefault;
}

/**
 * Opens the learner's files in their editor, and gives it the terminal if it needs one.
 * @returns what went wrong, or undefined
 */
export async function openInEditor(
  folder: string,
  names: readonly string[],
  env: NodeJS.ProcessEnv,
  handOver: HandOver,
): Promise<string | undefined> {
  const editor = findEditor(env);
  if (!editor) return `No editor was found: ${noEditor(env)} Open ${folder} yourself.`;
  const files = names.map((name) => join(folder, name));
  if (editor.hasWindow) return await openFiles(editor, files, env);
  // Ctrl-C belongs to the editor now; it comes to this process, too.
  const ignore = (): void => {};
  handOver.before();
  process.on('SIGINT', ignore);
  try {
    return await openFiles(editor, files, env);
  } finally {
    process.off('SIGINT', ignore);
    handOver.after();
  }
}

/**
 * Opens files. An editor with a window is let go at once; for any other one this takes until it is closed.
 * @returns what went wrong, or undefined
 */
async function openFiles(
  editor: Editor,
  files: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  return await new Promise((resolve) => {
    // Through a shell, as git does it: $EDITOR may hold arguments and quotes.
    const isWindows = process.platform === 'win32';
    const child = spawn(
      isWindows ? `${editor.command} ${files.map((file) => `"${file}"`).join(' ')}` : 'sh',
      isWindows ? [] : ['-c', `${editor.command} "$@"`, editor.command, ...files],
      { env, stdio: editor.hasWindow ? 'ignore' : 'inherit', detached: editor.hasWindow, shell: isWindows },
    );
    child.on('error', (error) => resolve(`${editor.command} cannot be started (${error.message}).`));
    child.on('exit', (code, signal) => {
      if (code === 127) resolve(`${editor.from} is "${editor.command}", and there is no such program.`);
      else resolve(code === 0 ? undefined : `"${editor.command}" ended with ${signal ?? `code ${code}`}.`);
    });
    if (editor.hasWindow) {
      child.unref();
      // It may stay open for hours; what goes wrong with it does so at once.
      setTimeout(() => resolve(undefined), windowGraceMs).unref();
    }
  });
}

const windowGraceMs = 1_000;

function nameOf(command: string): string {
  const [, quoted, plain] = /^(?:"([^"]+)"|(\S+))/.exec(command) ?? [];
  return basename(quoted ?? plain ?? '')
    .replace(/\.(exe|cmd|bat)$/i, '')
    .toLowerCase();
}

function isOnPath(name: string, env: NodeJS.ProcessEnv): boolean {
  const endings = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  return (env.PATH ?? '')
    .split(delimiter)
    .some((folder) => endings.some((ending) => isExecutable(join(folder, name + ending))));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
