// The words for what learner code threw through a test, and the names that a learner knows for the files of a stage:
// pure, from data to text.
import { inspect } from 'node:util';
import type { Place } from '../subject/endings.ts';
import { cut, errorText, placeText, type ShownAs } from './ending-words.ts';
import type { Failure } from './failure.ts';

/** @param at the innermost line of the learner's on its stack */
export function thrownWords(thrown: unknown, at: Place | undefined, shownAs: ShownAs): Failure {
  if (!(thrown instanceof Error)) {
    const value = cut(inspect(thrown, { depth: 2, maxArrayLength: 10, maxStringLength: 200 }));
    return { happened: `Your code threw ${value}, which is no Error and says nothing of where it comes from.` };
  }
  // Made on the subject's side of the wire, where an answer could not be put into words.
  if (thrown.name === 'WireError')
    return { happened: `What your code answered cannot be judged: ${cut(thrown.message)}.` };
  return { happened: `Your code threw ${errorText(thrown)}`, ...(at ? { look: placeText(at, shownAs) } : {}) };
}

/**
 * Names files as the learner knows them: `/tmp/interleave-1-ab/lab.ts` was a copy of `workspace/.../lab.ts`.
 * @param stages the folders of the stages that a message may mean
 */
export function inLearnersNames(text: string, stages: readonly string[], shownAs: ShownAs): string {
  let named = text;
  for (const stage of stages) {
    if (!named.includes(stage)) continue;
    const literal = stage.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    const path = new RegExp(`(?:file://)?${literal}(?:/([\\w-]+(?:[./][\\w-]+)*))?`, 'g');
    named = named.replaceAll(path, (_, file: string | undefined) => shownAs(file ?? '.'));
  }
  return named;
}
