// Runs every file of the folders given through a fuzz target, so that inputs that once broke
// something are tried again by every test run, without a fuzzer.
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void fail(const char *what, const char *path)
{
    fprintf(stderr, "replay: %s %s\n", what, path);
    exit(1);
}

static void replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        fail("cannot read", path);
    }
    size_t length = (size_t)ftell(file);
    rewind(file);
    // Exactly as large as the input, so that ASan sees one byte read too far.
    uint8_t *bytes = malloc(length == 0 ? 1 : length);
    if (bytes == NULL || fread(bytes, 1, length, file) != length) {
        fail("cannot read", path);
    }
    fclose(file);
    LLVMFuzzerTestOneInput(bytes, length);
    free(bytes);
}

static int replay_folder(const char *folder)
{
    DIR *open_folder = opendir(folder);
    if (open_folder == NULL) {
        fail("cannot open the folder", folder);
    }
    int count = 0;
    for (struct dirent *entry; (entry = readdir(open_folder)) != NULL;) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        char *path = NULL;
        if (asprintf(&path, "%s/%s", folder, entry->d_name) < 0) {
            fail("no memory for", entry->d_name);
        }
        replay_file(path);
        free(path);
        count++;
    }
    closedir(open_folder);
    return count;
}

int main(int argc, char **argv)
{
    int count = 0;
    for (int i = 1; i < argc; i++) {
        count += replay_folder(argv[i]);
    }
    printf("%d kept inputs replayed\n", count);
    return count > 0 ? 0 : 1;
}
