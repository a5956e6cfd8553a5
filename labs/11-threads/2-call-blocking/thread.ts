// For the thread in which the function may block as long as it likes. Nobody runs this file yet.

/** What the thread needs to know. Change it as you like: only your own two files look at it. */
export interface Call {
  readonly module: string;
  readonly name: string;
  readonly args: readonly unknown[];
}
