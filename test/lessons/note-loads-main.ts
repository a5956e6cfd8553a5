// Preloaded into every Node that a lesson's programs start: notes which files are loaded, in threads and children, too.
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const notes = process.env.INTERLEAVE_LOADS;
if (notes !== undefined)
  registerHooks({
    load(url, context, nextLoad) {
      if (url.startsWith('file:')) appendFileSync(notes, `${url}\n`);
      return nextLoad(url, context);
    },
  });
