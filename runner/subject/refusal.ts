// The mark of an import that the stage refused: set in the subject (stage-hooks.ts), read in the judge.

export const refusedCode = 'INTERLEAVE_REFUSED';
