// Where the modules of a scenario are Node's own, `interleave/kit` is found from wherever the file lies. Imported for its
// effect, before the scenario and by each thread anew. Of the kit there is what a scenario uses, with an import and without.
import { registerHooks } from 'node:module';
import { checkpoint, i32 } from '../author-kit.ts';

const kit = new URL('../author-kit.ts', import.meta.url).href;

Object.assign(globalThis, { i32, checkpoint });

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === 'interleave/kit' || specifier === 'interleave/kit/scenario')
      return { url: kit, format: 'module-typescript', shortCircuit: true };
    return nextResolve(specifier, context);
  },
});
