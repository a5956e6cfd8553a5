// A judge that is started when somebody says so: it takes a core for a second, which must not be the second in which the
// first screen is drawn.
import type { JudgeClient } from '../judge/judge-client.ts';

export interface LateJudge extends JudgeClient {
  /** Starts it if nobody has; whoever asks it for a verdict does so, too. */
  start(): void;
}

export function lateJudge(): LateJudge {
  let client: Promise<JudgeClient> | undefined;
  const started = (): Promise<JudgeClient> =>
    (client ??= import('../judge/judge-client.ts').then(({ startJudge }) => startJudge()));
  return {
    start: () => void started(),
    judge: async (request, options) => await (await started()).judge(request, options),
    close: async () => await (await client)?.close(),
  };
}
