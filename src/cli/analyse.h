// `goldthread analyse METHOD [FILE]`: the engine as a filter (FORMAT.md 5). CSV in, CSV out, no
// record; memory does not grow with the input (aggregate keeps its figures).
#ifndef GT_CLI_ANALYSE_H
#define GT_CLI_ANALYSE_H

// argv[0] is "analyse". Reads FILE or standard input, writes standard output, says what is wrong on
// standard error. Returns the exit status: 0 done, 1 the input is at fault, 2 wrong usage, 3 the
// machine failed. A reader that goes away (a broken pipe) ends it quietly with 0.
int analyse_main(int argc, char **argv);

#endif
