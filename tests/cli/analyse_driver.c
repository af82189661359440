// `goldthread analyse` alone, so that its tests need nothing else of the program.
#include "cli/analyse.h"

int main(int argc, char **argv)
{
    return argc < 2 ? 2 : analyse_main(argc - 1, argv + 1);
}
