/** Packages that CI files install and that every Debian suite has under the same name. Others are of the CI's machine. */
const KNOWN = new Set(
  'ffmpeg fonts-dejavu-core gettext gfortran ghostscript git-lfs graphviz libaio-dev libboost-dev libbz2-dev libcairo2-dev libcurl4-openssl-dev libenchant-2-2 libev-dev libevent-dev libffi-dev libfreetype6-dev libfuse-dev libgeos-dev libgit2-dev libgmp-dev libgraphviz-dev libhdf5-dev libjpeg-dev libldap2-dev liblmdb-dev liblz4-dev liblzma-dev libmagic1 libmariadb-dev libmpc-dev libmpfr-dev libopenblas-dev libpango-1.0-0 libpangocairo-1.0-0 libpcre3-dev libpng-dev libpq-dev libproj-dev libsasl2-dev libsnappy-dev libsodium-dev libspatialindex-dev libsqlite3-dev libssl-dev libtiff-dev libudev-dev libusb-1.0-0-dev libwebp-dev libxml2-dev libxmlsec1-dev libxslt1-dev libyaml-dev libzmq3-dev libzstd-dev locales netcat-openbsd ninja-build pandoc poppler-utils postgresql-client redis-server sqlite3 swig unixodbc-dev unzip zlib1g-dev zip'.split(
    ' ',
  ),
);

export function librariesOf(named: readonly string[]): readonly string[] {
  return named.filter((name) => KNOWN.has(name));
}
