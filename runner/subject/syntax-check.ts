// Finds the line of a syntax error that Node does not tell: of one in a worker's file only the bare message comes out
// of the worker.
import { join } from 'node:path';
import type { Place } from './endings.ts';
import { whereSyntaxBroke } from './load-failure.ts';
import { Printed } from './printed.ts';
import { makeStage } from './stage.ts';
import { newToken, startSyntaxCheck } from './start-process.ts';
import { killStrays, want } from './strays.ts';
import type { Files } from './submission.ts';

/** Parsing a handful of small files takes a tenth of this. */
const limitMs = 3_000;

export interface BrokenSyntax {
  readonly at: Place;
  /** the line, with a mark below it */
  readonly excerpt: string;
}

/** @returns where the first file breaks that is no TypeScript; undefined when none does, or it cannot be told */
export async function findBrokenSyntax(files: Files): Promise<BrokenSyntax | undefined> {
  const stage = makeStage();
  const token = newToken();
  want(token);
  try {
    stage.put(files);
    const names = [...files.keys()].filter((name) => /\.[mc]?[jt]s$/.test(name));
    const process = startSyntaxCheck({
      stage: stage.folder,
      token,
      files: names.map((name) => join(stage.folder, name)),
    });
    const printed = process.stderr && new Printed([process.stderr], () => {});
    const timer = setTimeout(() => process.kill('SIGKILL'), limitMs);
    await new Promise((resolve) => process.on('close', resolve).on('error', resolve));
    clearTimeout(timer);
    const { at, excerpt } = whereSyntaxBroke(printed?.beginning ?? '', stage.folder);
    return at && { at, excerpt };
  } finally {
    killStrays(token);
    stage.remove();
  }
}
