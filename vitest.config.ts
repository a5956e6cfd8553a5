// Three projects of tests. `npm test` runs `course`, the program's own tests. `corpora` holds the long ones (the explorer's
// scenarios, brute force, forged proofs and answers), which continuous integration runs, too. `labs` holds the suites of the labs, so
// that `npx vitest run labs/...` and editors judge a working copy (or the starter, which fails as it should).
import process from 'node:process';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

if (Number.parseInt(process.versions.node) < 24) {
  throw new Error(
    `The course needs Node 24 and brings it; this is ${process.version}. Next: type "npm run vitest --" for "npx vitest".`,
  );
}

const shared: TestProjectInlineConfiguration['test'] = {
  pool: 'forks',
  server: {
    deps: {
      // The program is imported by Node itself, as it is when it runs: types stripped, one instance of each module,
      // lines that are the file's own.
      external: [/\/runner\/.*\.(ts|mjs)$/],
    },
  },
  // Tests start real children; with every core busy that takes its time.
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

/** What takes too long for every run. */
const corpora = 'test/**/*.corpus.test.ts';

export default defineConfig({
  test: {
    watch: false,
    projects: [
      {
        test: {
          ...shared,
          name: 'course',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'test/fixtures/**', corpora],
        },
      },
      {
        test: {
          ...shared,
          name: 'corpora',
          include: [corpora],
        },
      },
      {
        test: {
          ...shared,
          name: 'labs',
          include: ['labs/**/*.test.ts'],
        },
      },
    ],
  },
});
