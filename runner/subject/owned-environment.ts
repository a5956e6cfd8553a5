// The environment of a process that runs an author's code for this one. Such code may hang, and this process may be killed
// outright: whoever clears orphans (orphans.ts) knows what is left by its token.
import process from 'node:process';
import { tokenName } from './proc.ts';
import { newToken } from './start-process.ts';
import { want } from './strays.ts';

export function ownedEnvironment(): NodeJS.ProcessEnv {
  const token = newToken();
  // It is no subject: nobody here takes it for one that was left behind.
  want(token);
  return { ...process.env, [tokenName]: token };
}
