#!/usr/bin/env node
// `trap "" INT TERM && …` in a script of package.json lets a POSIX shell leave Ctrl+C to the command that it runs, so that
// npm ends with that command's exit code. The shell of Windows has no such command: there it is this one, and does nothing.
process.exitCode = 0;
