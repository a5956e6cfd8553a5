// The machine in a few words, as it stands below figures that were measured on it.
import os from 'node:os';

const systems: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

/** `2 cores, Linux, Node 24.21`. */
export function machineWords(): string {
  const cores = os.availableParallelism();
  const [major, minor] = process.versions.node.split('.');
  const system = systems[process.platform] ?? process.platform;
  return `${cores} ${cores === 1 ? 'core' : 'cores'}, ${system}, Node ${major}.${minor}`;
}
