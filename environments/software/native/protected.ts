import { nameOf } from '../shared/paths.ts';

const BUILD_FILES =
  /^(?:CMakeLists\.txt|CMakePresets\.json|CMakeUserPresets\.json|CTest\w*\.(?:cmake|txt)|configure(?:\.ac|\.in)?|aclocal\.m4|config\.(?:status|guess|sub)|libtool|ltmain\.sh|(?:GNU)?[Mm]akefile(?:\.\w+)*|meson\.build|meson_options\.txt|meson\.options|conanfile\.\w+|vcpkg\.json|autogen(?:\.sh)?|bootstrap(?:\.sh)?|buildconf(?:\.sh)?|test-driver|depcomp|missing|compile|install-sh)$/;
const BY_EXTENSION = /\.(?:cmake|m4|am|mk|mak|wrap|o|lo|la|a|so|gch|pch|trs|Po|Plo)$/;

/** Headers of the C library: one of the same name that is found first says what an assertion is, and what is equal. */
const LIBRARY =
  /^(?:assert|complex|ctype|errno|fenv|float|inttypes|limits|locale|math|setjmp|signal|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|string|strings|tgmath|threads|time|unistd|wchar|wctype)\.h$|^c(?:assert|errno|float|limits|math|setjmp|signal|stdarg|stddef|stdint|stdio|stdlib|string|time)$/;

/** Headers of the C++ library that have no extension. */
const CPP_LIBRARY = new Set(
  `algorithm any array atomic bit bitset charconv chrono compare concepts deque exception execution expected filesystem format forward_list fstream functional
  future initializer_list iomanip ios iosfwd iostream istream iterator limits list locale map memory memory_resource mutex new numbers numeric optional ostream
  queue random ranges ratio regex set shared_mutex span sstream stack stdexcept streambuf string string_view system_error thread tuple type_traits typeindex
  typeinfo unordered_map unordered_set utility valarray variant vector`.split(/\s+/),
);

/** Frameworks of tests that a project carries with it. */
const CARRIED_FRAMEWORK =
  /(?:^|\/)(?:3rd_?party|third_?party|externals?|extern|ext|vendor(?:ed)?|deps|dependencies|contrib|subprojects|submodules|libs?)\/(?:.*\/)?(?:boost[-_]?test|catch2?|clar|cmocka|doctest|gmock|google-?test|greatest|gtest|minunit|munit|unity|utest)(?:[-_.]?v?\d[\w.]*)?(?:\/|\.h(?:pp|h)?$)/i;

/** Scripts that build files call to run tests. */
const DRIVER =
  /^(?:[\w.]+[-_.])?(?:run|do|all|make)?[-_]?(?:unit|regress(?:ion)?)?[-_]?(?:tests?|checks?)(?:[-_.][\w-]+)*\.(?:sh|bash|ksh|pl|awk|tcl|py|rb)$|^(?:run|do)[-_]?(?:all[-_]?)?tests?$/i;

/** Build files say which tests there are and what is linked into them; products of an earlier build must not be brought along, and nothing may take the place of the language's library or of the framework of the tests. */
export function isProtected(path: string): boolean {
  const name = nameOf(path);
  return (
    BUILD_FILES.test(name) ||
    DRIVER.test(name) ||
    LIBRARY.test(name) ||
    CPP_LIBRARY.has(name) ||
    CARRIED_FRAMEWORK.test(path) ||
    BY_EXTENSION.test(name) ||
    /(?:^|\/)\.libs\//.test(path) ||
    /\.so\.\d/.test(name)
  );
}
