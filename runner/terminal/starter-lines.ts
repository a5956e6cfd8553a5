// What an update of the course has changed in a lab's starter, as lines: pure. It knows nothing of where the texts lie.
import type { StarterChange } from '../course/starters.ts';
import { differenceLines, shownDifference } from './difference.ts';
import type { Style } from './style.ts';
import { readableColumns, wrap } from './wrap.ts';

/** Said once after an update. */
export function starterNotice(labId: string, changes: readonly StarterChange[]): string {
  const files = changes.map(({ path }) => path).join(', ');
  return `The course has a newer starter for this lab (${files}) than the one that you began with. Your copy is untouched; "npx interleave reset ${labId} --diff" shows what is new.`;
}

/** What is new in each file, and what to do about it. */
export function starterDifferenceLines(changes: readonly StarterChange[], columns: number, style: Style): string[] {
  return changes.flatMap(({ path, before, now, isEdited }) => {
    const difference = differenceLines(
      { name: `${path} (as you began)`, text: before },
      { name: `${path} (as it is now)`, text: now },
    );
    const what = isEdited
      ? `You have changed your ${path}: take over what you want, or reset and look for yours in the backup.`
      : `You have not changed your ${path}: a reset brings this one and costs you nothing.`;
    return [...shownDifference(difference, columns, style), '', ...wrap(what, Math.min(columns, readableColumns)), ''];
  });
}
