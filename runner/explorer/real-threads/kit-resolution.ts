// Where the modules of a scenario are Node's own, `interleave/kit` is found from wherever the file lies. Imported for its
// effect, before the scenario and by each thread anew. Of the kit there is what a scenario uses.
import { registerHooks } from 'node:module';

const kit = new URL('../author-kit.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === 'interleave/kit' || specifier === 'interleave/kit/scenario')
      return { url: kit, format: 'module-typescript', shortCircuit: true };
    return nextResolve(specifier, context);
  },
});
