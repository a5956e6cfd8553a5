// Runs inside of knip, before it reports: a knip that sees no files finds no dead code and would pass.
import { globSync } from 'node:fs';
import type { Preprocessor } from 'knip';

const check: Preprocessor = (options) => {
  const sources = globSync('runner/**/*.{ts,mjs}').length;
  const { total, processed } = options.counters;
  console.log(`${processed} files of ${total}`);
  if (sources === 0 || processed < sources) {
    throw new Error(`knip saw ${processed} files; runner/ alone has ${sources}: this is not a check`);
  }
  return options;
};

export default check;
