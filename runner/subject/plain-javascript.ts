// A TypeScript module as JavaScript that keeps its lines. Native type stripping does it; what it refuses because it is
// more than types (enum, parameter properties, namespaces) goes through esbuild, file by file. It runs beside learner
// code, in each of its threads.
import { createRequire, stripTypeScriptTypes } from 'node:module';

/** @throws SyntaxError, whose stack begins with the place as V8 prints it */
export function plainJavaScript(url: string, source: string): string {
  try {
    return stripTypeScriptTypes(source, { sourceUrl: url });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') throw error;
    return transformed(url, source);
  }
}

/** What this needs of esbuild. */
interface Esbuild {
  transformSync(source: string, options: Readonly<Record<string, string>>): { readonly code: string };
}

/** What esbuild throws. */
interface Refusal {
  readonly errors?: readonly {
    readonly text: string;
    readonly location: { readonly line: number; readonly column: number; readonly lineText: string } | null;
  }[];
}

let esbuild: Esbuild | undefined;

function transformed(url: string, source: string): string {
  esbuild ??= loadEsbuild();
  // Lines move; an error is to name the learner's.
  process.setSourceMapsEnabled(true);
  try {
    return esbuild.transformSync(source, {
      loader: 'ts',
      target: 'esnext',
      sourcefile: url,
      sourcemap: 'inline',
      logLevel: 'silent',
    }).code;
  } catch (error) {
    throw asSyntaxError(error as Refusal, url);
  }
}

/**
 * The transformer of tsx, and not tsx itself: that keeps a process of esbuild for each thread (some 50 MiB) and sends
 * through it what only needs stripping, too.
 */
function loadEsbuild(): Esbuild {
  // Else it starts a thread of its own, which would be taken for one of the learner's.
  process.env.ESBUILD_WORKER_THREADS = '0';
  try {
    return createRequire(import.meta.resolve('tsx'))('esbuild') as Esbuild;
  } finally {
    delete process.env.ESBUILD_WORKER_THREADS;
  }
}

function asSyntaxError(refusal: Refusal, url: string): unknown {
  const first = refusal.errors?.[0];
  if (!first?.location) return refusal;
  const { line, column, lineText } = first.location;
  const error = new SyntaxError(first.text);
  error.stack = `${url}:${line}\n${lineText}\n${' '.repeat(column)}^\n\n${String(error)}`;
  return error;
}
