/**
 * A library that is loaded before a test program, and notes in the file $ENVMINT_GUARD that the program began, and with which code it came back from main.
 * A program that code under test ended early, with whatever exit code, did not come back. Where there is a word in $ENVMINT_GUARD_WORD, the program
 * then says that this has passed and that it has failed: whoever reads its output knows whether such lines arrive as they were written. Programs
 * outside of the tree and of its build are let pass.
 */
export const GUARD_C = String.raw`#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int (*main_type)(int, char **, char **);
typedef int (*start_type)(main_type, int, char **, void (*)(void), void (*)(void), void (*)(void), void *);

static main_type real_main;
static char notes[4096], program[4096], word[64];

static void note(const char *what) {
  char line[4200];
  int length = snprintf(line, sizeof line, "%s %s\n", what, program);
  int file = open(notes, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return;
  if (write(file, line, length) < 0) { /* The missing note is the message. */ }
  close(file);
}

static int guarded(int count, char **arguments, char **environment) {
  // What was said before a crash is to be read as well.
  setvbuf(stdout, NULL, _IOLBF, 0);
  int code = real_main(count, arguments, environment);
  char line[32];
  snprintf(line, sizeof line, "returned %d", code & 255);
  note(line);
  if (word[0] != 0) printf("\nok 1 - %s\nnot ok 2 - %s\n", word, word);
  return code;
}

int __libc_start_main(main_type start, int count, char **arguments, void (*init)(void), void (*fini)(void),
                      void (*loader)(void), void *stack) {
  start_type next = (start_type)dlsym(RTLD_NEXT, "__libc_start_main");
  const char *path = getenv("ENVMINT_GUARD"), *said = getenv("ENVMINT_GUARD_WORD");
  ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
  if (path == NULL || length < 0 || strlen(path) >= sizeof notes)
    return next(start, count, arguments, init, fini, loader, stack);
  if (strncmp(program, "/testbed/", 9) != 0 && strncmp(program, "/opt/build/", 11) != 0)
    return next(start, count, arguments, init, fini, loader, stack);
  strcpy(notes, path);
  if (said != NULL && strlen(said) < sizeof word) strcpy(word, said);
  unsetenv("ENVMINT_GUARD");
  unsetenv("ENVMINT_GUARD_WORD");
  unsetenv("LD_PRELOAD");
  note("started");
  real_main = start;
  return next(guarded, count, arguments, init, fini, loader, stack);
}
`;
