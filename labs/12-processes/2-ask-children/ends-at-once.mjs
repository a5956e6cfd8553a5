// A child that never gets going.
process.exit(9);
