// Traces are right: each program of test/fixtures/traced is run without the tracer and with it. What notes.ts reads in it was
// written by hand, so a trace is held against the program itself and never against another trace.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';
import { traceProgram } from '../../runner/tracer/trace-program.ts';
import type { Trace, TraceEvent } from '../../runner/tracer/trace.ts';
import { readNotes, type Notes } from './notes.ts';

const folder = fileURLToPath(new URL('../fixtures/traced/', import.meta.url));
const programs = readdirSync(folder).filter((name) => /\.[cm]?[jt]s$/.test(name));
const env = { PATH: process.env.PATH, HOME: process.env.HOME };
const aHeader = /^(script|nextTick|microtask|timer|immediate|io|close|message|process) \S+$/;

describe.concurrent('a traced program', () => {
  test.for(programs)('%s', async (name, { expect }) => {
    const file = join(folder, name);
    const notes = readNotes(sourcesOf(file));
    const args = notes.given('args');
    const environment = { ...env, ...Object.fromEntries(notes.given('env').map((pair) => pair.split('=', 2))) };
    const [plain, run] = await Promise.all([
      runPlain([...notes.given('plain'), file, ...args], environment),
      traceProgram({ file, args, cwd: folder, env: environment, limitMs: 30_000 }),
    ]);
    expect(run.ending).toEqual(plain.ending);
    expect(run.stdout).toBe(plain.stdout);
    expect(steady(run.stderr)).toBe(steady(plain.stderr));
    // A comment about a callback that never runs would prove nothing.
    expect(
      [...notes.scheduled.keys(), ...notes.begins.keys()].filter((name) => !plain.stdout.includes(` ${name}\n`)),
    ).toEqual([]);
    const { events } = run.trace;
    expect(tracedRows(run.trace, notes)).toEqual(expectedRows(plain.stdout, notes));
    if (notes.given('unseen').length === 0) expect(events.map(({ output }) => output).join('')).toBe(plain.stdout);
    expect(run.trace.unseen.map((sentence) => sentence.split(' ')[0])).toEqual(notes.given('unseen'));
  });
});

/** What the program itself says of each callback, a line for each. */
function expectedRows(stdout: string, notes: Notes): string[] {
  const printed = stdout.split('\n').filter((line) => aHeader.test(line));
  const listed = notes.given('events').map((event) => event.replace(':', ' '));
  return (listed.length > 0 ? listed : printed).map((header) => {
    const name = header.split(' ')[1] ?? '';
    const at = notes.scheduled.get(name);
    const begins = notes.begins.get(name) ?? at;
    return rowOf(header, at && `${at.file}:${at.line} < ${at.parent}`, begins && `${begins.file}:${begins.line}`);
  });
}

/** The same as the trace has it, of as much as the program says. */
function tracedRows({ events }: Trace, notes: Notes): string[] {
  const headerOf = ({ output }: TraceEvent): string => aHeader.exec(output.split('\n')[0] ?? '')?.[0] ?? '';
  return events.map((event) => {
    const header = headerOf(event);
    const name = header.split(' ')[1] ?? '';
    const parent = events[event.parent ?? -1];
    const scheduled = `${nameOf(event.scheduledFile)}:${event.scheduledLine} < ${parent ? headerOf(parent).split(' ')[1] : ''}`;
    const isSaid = notes.scheduled.has(name);
    return rowOf(
      header.startsWith(`${event.kind} `) ? header : `${event.kind} ${header}`.trim(),
      isSaid ? scheduled : undefined,
      notes.begins.has(name) || (isSaid && notes.scheduled.get(name)?.line !== null)
        ? `${nameOf(event.file)}:${event.line}`
        : undefined,
    );
  });
}

function rowOf(header: string, scheduled = '', begins = ''): string {
  return `${header}, ${scheduled}, ${begins}`;
}

function nameOf(file: string | null): string {
  return basename(file ?? '');
}

/** The program, and what it imports of its own folder. */
function sourcesOf(file: string): Record<string, string> {
  const text = readFileSync(file, 'utf8');
  const imported = [...text.matchAll(/'\.\/(parts\/[^']+)'/g)].map(([, path]) => join(folder, path ?? ''));
  return Object.fromEntries([[file, text], ...imported.map((path) => [path, readFileSync(path, 'utf8')])]);
}

async function runPlain(args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { stdout, stderr, ending: signal ? { kind: 'signal', signal } : { kind: 'exit', code } };
}

/** Warnings name the process. */
function steady(stderr: string): string {
  return stderr.replaceAll(/\(node:\d+\)/g, '(node)');
}
