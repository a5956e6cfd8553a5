// The layers of the program and of the content, and the check that imports keep to them (dependency-cruiser reads the
// imports). It knows names of folders and nothing of what is in them.
import { globSync } from 'node:fs';
import process from 'node:process';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';

/** Folders of runner/, lowest first: a file imports from its own folder and from rows above its own. */
const layers = [
  ['course'],
  ['progress', 'subject', 'terminal'],
  ['timing', 'recorder'],
  ['explorer', 'tracer', 'judge', 'measured'],
  ['kit'],
  ['drill'],
  ['audit', 'grading', 'workshop'],
  ['commands', 'tutor'],
];

const ours = '^(runner|labs|solutions|lessons|test|workspace|[.]ci)/';
const kit = 'runner/kit/(suite|driver|demo|scenario)[.]ts$';

function rules(): IForbiddenRuleType[] {
  const inside = layers.flatMap((row, height) =>
    row.map((folder) => ({
      name: `runner/${folder} imports only its own folder and lower layers`,
      from: { path: `^runner/${folder}/` },
      to: { path: ours, pathNot: `^runner/(${[folder, ...layers.slice(0, height).flat()].join('|')})/` },
    })),
  );
  const around = [
    {
      name: 'each folder of runner/ has its layer (.ci/layers.ts)',
      from: { path: '^runner/[^/]+/', pathNot: `^runner/(${layers.flat().join('|')})/` },
      to: {},
    },
    {
      name: 'runner/ never imports content or tests',
      from: { path: '^runner/' },
      to: { path: ours, pathNot: '^runner/' },
    },
    {
      name: 'a lab imports its own folder and interleave/kit',
      from: { path: '^labs/([^/]+/[^/]+)/' },
      to: { path: ours, pathNot: `^(labs/$1/|${kit})` },
    },
    {
      name: "a solution imports its own folder, its lab's and interleave/kit",
      from: { path: '^solutions/([^/]+/[^/]+)/' },
      to: { path: ours, pathNot: `^((labs|solutions)/$1/|${kit})` },
    },
    {
      name: 'a lesson imports its own folder and interleave/kit',
      from: { path: '^lessons/([^/]+)/' },
      to: { path: ours, pathNot: `^(lessons/$1/|${kit})` },
    },
    {
      name: 'content reaches the kit by its name, interleave/kit',
      from: { path: '^(labs|solutions|lessons)/' },
      to: { path: '^runner/', dependencyTypes: ['local' as const] },
    },
    {
      name: 'every import can be followed',
      from: { path: '^(runner|labs)/' },
      to: { couldNotResolve: true },
    },
  ];
  return [...inside, ...around].map((rule) => ({ severity: 'error' as const, ...rule }));
}

const roots = ['runner', 'labs', 'solutions', 'lessons', 'test', '.ci'];
/** Wrong solutions and fixtures are ill-formed on purpose; right ones may be in syntax that the parser does not know yet. */
const outside = '(^|/)(wrong|right|fixtures)/';

const { output } = await cruise(
  roots.filter((root) => globSync(`${root}/**/*.{ts,mjs}`).length > 0),
  {
    parser: 'swc',
    ruleSet: { forbidden: rules() },
    validate: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: outside },
  },
  { exportsFields: ['exports'], conditionNames: ['import', 'node'], extensions: ['.ts', '.mjs', '.js'] },
);
const { modules, summary } = output as ICruiseResult;

const problems = summary.violations.map((violation) => `${violation.from} -> ${violation.to}: ${violation.rule.name}`);

// One door to each library: a second file that imports it goes through the first.
const importers = new Map<string, string[]>();
for (const { source, dependencies } of modules.filter((module) => module.source.startsWith('runner/'))) {
  for (const dependency of dependencies) {
    if (dependency.typeOnly || !dependency.resolved.includes('node_modules/')) continue;
    importers.set(dependency.module, [...(importers.get(dependency.module) ?? []), source]);
  }
}
for (const [library, files] of importers) {
  const doors = [...new Set(files)];
  if (doors.length > 1) problems.push(`${library} has more than one door: ${doors.join(', ')}`);
}

// A parser that does not understand TypeScript sees no modules and so no violations.
const seen = new Set(modules.map((module) => module.source));
const sources = globSync('{runner,labs}/**/*.{ts,mjs}').filter((file) => !new RegExp(outside).test(file));
const unseen = sources.filter((file) => !seen.has(file.replaceAll('\\', '/')));
if (sources.length === 0) problems.push('saw no modules at all: this is not a check');
for (const file of unseen) problems.push(`${file}: not seen by the checker`);

for (const problem of problems) console.log(problem);
console.log(`${summary.totalCruised} modules, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
