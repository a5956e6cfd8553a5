// The first lines of the tutor. They are painted before anything else is imported, so this file imports nothing either.

export const welcome = ['Interleave', 'Concurrency in TypeScript: predict, run, measure, break.', ''];
