// Prints `N passed, N failed` from vitest's JSON reports, and fails when nothing passed or anything failed. A file that
// could not be loaded has no tests to count and is one failure. Plain JavaScript: it runs on any Node.
import { readFileSync } from 'node:fs';
import process from 'node:process';

let passed = 0;
let failed = 0;
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  const report = text === '' ? { numPassedTests: 0, numFailedTests: 1, testResults: [] } : JSON.parse(text);
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  passed += report.numPassedTests;
  failed += report.numFailedTests + unloaded.length;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
