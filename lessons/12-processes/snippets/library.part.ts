// Native code that writes where it must not: the system ends the process.
process.kill(process.pid, 'SIGSEGV');
