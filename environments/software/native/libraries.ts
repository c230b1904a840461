/** Debian packages by the names that build files have for libraries, in lower case: CMake's find_package, pkg-config, meson's dependency(), AC_CHECK_LIB. */
const PACKAGES: Readonly<Record<string, string>> = {
  alsa: 'libasound2-dev',
  benchmark: 'libbenchmark-dev',
  bison: 'bison',
  boost: 'libboost-dev',
  brotli: 'libbrotli-dev',
  bz2: 'libbz2-dev',
  bzip2: 'libbz2-dev',
  'c-ares': 'libc-ares-dev',
  cairo: 'libcairo2-dev',
  cap: 'libcap-dev',
  catch2: 'catch2',
  check: 'check',
  cjson: 'libcjson-dev',
  cmocka: 'libcmocka-dev',
  cppunit: 'libcppunit-dev',
  crypto: 'libssl-dev',
  cunit: 'libcunit1-dev',
  curl: 'libcurl4-openssl-dev',
  curses: 'libncurses-dev',
  'dbus-1': 'libdbus-1-dev',
  deflate: 'libdeflate-dev',
  doctest: 'doctest-dev',
  edit: 'libedit-dev',
  eigen3: 'libeigen3-dev',
  ev: 'libev-dev',
  event: 'libevent-dev',
  expat: 'libexpat1-dev',
  ffi: 'libffi-dev',
  flex: 'flex',
  fmt: 'libfmt-dev',
  freetype2: 'libfreetype-dev',
  freetype: 'libfreetype-dev',
  fuse3: 'libfuse3-dev',
  gflags: 'libgflags-dev',
  'gio-2.0': 'libglib2.0-dev',
  'glib-2.0': 'libglib2.0-dev',
  glib: 'libglib2.0-dev',
  glog: 'libgoogle-glog-dev',
  gmock: 'libgmock-dev',
  gmp: 'libgmp-dev',
  gnutls: 'libgnutls28-dev',
  googletest: 'libgtest-dev',
  gsl: 'libgsl-dev',
  gtest: 'libgtest-dev',
  gtest_main: 'libgtest-dev',
  'icu-uc': 'libicu-dev',
  icu: 'libicu-dev',
  idn2: 'libidn2-dev',
  jansson: 'libjansson-dev',
  jemalloc: 'libjemalloc-dev',
  jpeg: 'libjpeg-dev',
  'json-c': 'libjson-c-dev',
  jsoncpp: 'libjsoncpp-dev',
  libarchive: 'libarchive-dev',
  libcurl: 'libcurl4-openssl-dev',
  libevent: 'libevent-dev',
  libffi: 'libffi-dev',
  liblz4: 'liblz4-dev',
  liblzma: 'liblzma-dev',
  libnghttp2: 'libnghttp2-dev',
  'libpcre2-8': 'libpcre2-dev',
  libpcre: 'libpcre3-dev',
  libpng: 'libpng-dev',
  libsodium: 'libsodium-dev',
  libssl: 'libssl-dev',
  libsystemd: 'libsystemd-dev',
  libunwind: 'libunwind-dev',
  liburing: 'liburing-dev',
  libuv: 'libuv1-dev',
  'libxml-2.0': 'libxml2-dev',
  libxml2: 'libxml2-dev',
  libxslt: 'libxslt1-dev',
  libxxhash: 'libxxhash-dev',
  libzmq: 'libzmq3-dev',
  libzstd: 'libzstd-dev',
  lmdb: 'liblmdb-dev',
  lz4: 'liblz4-dev',
  lzma: 'liblzma-dev',
  magic: 'libmagic-dev',
  mbedtls: 'libmbedtls-dev',
  mpfr: 'libmpfr-dev',
  ncurses: 'libncurses-dev',
  ncursesw: 'libncurses-dev',
  nghttp2: 'libnghttp2-dev',
  nlohmann_json: 'nlohmann-json3-dev',
  onig: 'libonig-dev',
  oniguruma: 'libonig-dev',
  openssl: 'libssl-dev',
  pcap: 'libpcap-dev',
  pcre2: 'libpcre2-dev',
  png: 'libpng-dev',
  popt: 'libpopt-dev',
  postgresql: 'libpq-dev',
  protobuf: 'libprotobuf-dev',
  psl: 'libpsl-dev',
  range_v3: 'librange-v3-dev',
  re2: 'libre2-dev',
  readline: 'libreadline-dev',
  rt: '',
  sdl2: 'libsdl2-dev',
  seccomp: 'libseccomp-dev',
  snappy: 'libsnappy-dev',
  sodium: 'libsodium-dev',
  spdlog: 'libspdlog-dev',
  sqlite3: 'libsqlite3-dev',
  ssh2: 'libssh2-1-dev',
  ssl: 'libssl-dev',
  subunit: 'libsubunit-dev',
  systemd: 'libsystemd-dev',
  tbb: 'libtbb-dev',
  tiff: 'libtiff-dev',
  tinyxml2: 'libtinyxml2-dev',
  unistring: 'libunistring-dev',
  unity: '',
  uring: 'liburing-dev',
  uuid: 'uuid-dev',
  valgrind: '',
  webp: 'libwebp-dev',
  x11: 'libx11-dev',
  xml2: 'libxml2-dev',
  xxhash: 'libxxhash-dev',
  'yaml-0.1': 'libyaml-dev',
  'yaml-cpp': 'libyaml-cpp-dev',
  yaml: 'libyaml-dev',
  z: 'zlib1g-dev',
  zlib: 'zlib1g-dev',
  zmq: 'libzmq3-dev',
  zstd: 'libzstd-dev',
};

/** Tools that CI files install and that a build or its tests may call. */
const TOOLS = new Set([
  ...[
    'autoconf-archive',
    'autopoint',
    'bc',
    'bison',

    'flex',
    'gawk',
    'gettext',
    'gperf',
    'help2man',
    'jq',
    'memcached',
    'redis-server',
    'sqlite3',
  ],
  ...['libltdl-dev', 'libtool', 'lua5.3', 'nasm', 'perl', 'ragel', 're2c', 'swig', 'tcl', 'texinfo', 'xxd', 'yasm'],
]);

const DEVELOPMENT = new Set(Object.values(PACKAGES));

const CALLS = [
  /\bfind_package\s*\(\s*([\w.+-]+)/gi,
  /\bpkg_(?:check|search)_modules?\s*\(\s*\w+\s+((?:[^()])+)\)/gi,
  /\bPKG_CHECK_MODULES\s*\(\s*\[?\w+\]?\s*,\s*\[?([^\]),]+)/g,
  /\bAC_(?:CHECK|SEARCH)_LIBS?\s*\(\s*\[?[^,\]]*\]?(?:\s*,\s*\[?([\w. +-]+))?/g,
  /\bAC_CHECK_LIB\s*\(\s*\[?([\w.+-]+)/g,
  /\bdependency\s*\(\s*'([\w.+-]+)'/g,
];

/** Debian packages of the libraries that a build file asks for, whatever its kind. Optional ones among them: what is found is built and tested. */
export function librariesOf(buildFile: string): readonly string[] {
  const text = buildFile.replaceAll(/^\s*(?:#|dnl\b).*$/gm, '');
  const names = CALLS.flatMap((call) =>
    [...text.matchAll(call)].flatMap(([, found]) => (found ?? '').split(/[\s>=<;]+/)),
  );
  return unique([...names.map((name) => PACKAGES[name.toLowerCase()] ?? ''), ...boostParts(text)]);
}

/** Parts of Boost that are compiled: Debian has a package for each of them, and the rest comes with the headers. */
const BOOST_PARTS = new Set(
  'atomic chrono container context contract coroutine date_time fiber filesystem graph iostreams locale log math nowide program_options random regex serialization stacktrace system thread timer type_erasure unit_test_framework wave'.split(
    ' ',
  ),
);

function boostParts(text: string): readonly string[] {
  const lists = [...text.matchAll(/\bfind_package\s*\(\s*Boost\b[^)]*\bCOMPONENTS\s+([^)]+)\)/gi)].map(
    ([, list]) => list ?? '',
  );
  const parts = lists.flatMap((list) => list.split(/\s+/)).filter((part) => BOOST_PARTS.has(part));
  return parts.map((part) => `libboost-${part === 'unit_test_framework' ? 'test' : part.replaceAll('_', '-')}-dev`);
}

/** Packages of a repository's own releases, by "owner/name": its examples and its tests of an installed copy ask for them, and a newer one may have the fix. */
export function ownPackages(repository: string): ReadonlySet<string> {
  const [owner = '', name = ''] = repository.toLowerCase().split('/');
  const names = [name, `lib${name}`, name.replace(/^lib/, ''), `${owner}_${name}`];
  return new Set(names.flatMap((one) => PACKAGES[one] || []));
}

/** Those of the packages that CI installs that are a library or a tool known here: other names may not be Debian's. */
export function knownPackages(apt: readonly string[]): readonly string[] {
  return unique(apt.filter((name) => DEVELOPMENT.has(name) || TOOLS.has(name)));
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((name) => name !== '').sort();
}
