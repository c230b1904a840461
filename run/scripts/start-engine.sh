#!/usr/bin/env bash
# Installs the Docker Engine and debootstrap where they are missing (Debian, as root) and starts the engine where none answers.
set -euo pipefail
socket=/var/run/docker.sock
answers() { [ -S "$socket" ] && python3 - "$socket" <<'PY'
import http.client, socket, sys
class Engine(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(5)
        self.sock.connect(sys.argv[1])
try:
    engine = Engine("engine")
    engine.request("GET", "/_ping")
    sys.exit(engine.getresponse().status != 200)
except OSError:
    sys.exit(1)
PY
}

missing=()
command -v dockerd >/dev/null || missing+=(docker.io)
command -v iptables >/dev/null || missing+=(iptables)
command -v debootstrap >/dev/null || missing+=(debootstrap)
command -v python3 >/dev/null || missing+=(python3)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "install first, as root: ${missing[*]}" >&2
    exit 3
  fi
  echo "installing ${missing[*]}" >&2
  apt-get update -q >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
fi

answers && exit 0
if [ "$(id -u)" -ne 0 ]; then
  echo "no Docker engine answers at $socket: start dockerd as root" >&2
  exit 3
fi
log=${ENVMINT_DOCKERD_LOG:-/var/log/envmint-dockerd.log}
echo "starting dockerd, which logs to $log" >&2
setsid dockerd >>"$log" 2>&1 </dev/null &
for _ in $(seq 60); do
  sleep 1
  answers && exit 0
done
echo "dockerd does not answer; the end of $log:" >&2
tail -c 4000 "$log" >&2
exit 3
