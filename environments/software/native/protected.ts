import { nameOf } from '../shared/paths.ts';

const BUILD_FILES =
  /^(?:CMakeLists\.txt|CMakePresets\.json|CMakeUserPresets\.json|CTest\w*\.(?:cmake|txt)|configure(?:\.ac|\.in)?|aclocal\.m4|config\.(?:status|guess|sub)|libtool|ltmain\.sh|(?:GNU)?[Mm]akefile(?:\.\w+)*|meson\.build|meson_options\.txt|meson\.options|conanfile\.\w+|vcpkg\.json|autogen(?:\.sh)?|bootstrap(?:\.sh)?|buildconf(?:\.sh)?|test-driver|depcomp|missing|compile|install-sh)$/;
const BY_EXTENSION = /\.(?:cmake|m4|am|mk|mak|wrap|o|lo|la|a|so|gch|pch|trs|Po|Plo)$/;

/** Headers of the C library: one of the same name that is found first says what an assertion is, and what is equal. */
const LIBRARY =
  /^(?:assert|complex|ctype|errno|fenv|float|inttypes|limits|locale|math|setjmp|signal|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|string|strings|tgmath|threads|time|unistd|wchar|wctype)\.h$|^c(?:assert|errno|float|limits|math|setjmp|signal|stdarg|stddef|stdint|stdio|stdlib|string|time)$/;

/** Build files say which tests there are and what is linked into them; products of an earlier build must not be brought along, and nothing may take the C library's place. */
export function isProtected(path: string): boolean {
  const name = nameOf(path);
  return (
    BUILD_FILES.test(name) ||
    LIBRARY.test(name) ||
    BY_EXTENSION.test(name) ||
    /(?:^|\/)\.libs\//.test(path) ||
    /\.so\.\d/.test(name)
  );
}
