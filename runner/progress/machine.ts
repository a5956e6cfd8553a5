// Which machine this is, as far as figures depend on it: a home folder may be seen from several, and a file be carried to
// another one. It knows nothing of what is measured.
import os from 'node:os';

/**
 * `AMD EPYC 7B13, 2 cores, linux x64`. Not the name of the machine: a laptop changes it from network to network, a
 * container with each start.
 */
export function thisMachine(): string {
  const [first] = os.cpus();
  const model = first?.model.trim() || 'unknown processor';
  return `${model}, ${os.availableParallelism()} cores, ${process.platform} ${process.arch}`;
}
