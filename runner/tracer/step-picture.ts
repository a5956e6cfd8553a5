// A step of a trace as what the window shows. Pure.
import type { Picture } from '../terminal/page-window.ts';
import { bottomRows, stepBottom, stepHelp, type Size } from './step-bottom.ts';
import { stepLines } from './step-lines.ts';
import type { Standing, Stepper } from './stepper.ts';

export function stepPicture(stepper: Stepper, standing: Standing, size: Size): Picture {
  const lines = standing.isHelpShown ? stepHelp(stepper, size) : stepLines(stepper, standing, size);
  return {
    // Two steps have nothing to do with each other: where lines are printed, each is printed whole.
    page: standing.isHelpShown ? 'help of the trace' : `step ${standing.index}`,
    lines,
    first: 0,
    height: stepper.isTyped ? lines.length : Math.max(1, size.rows - bottomRows(size)),
    bottom: stepBottom(stepper, standing, size),
  };
}
