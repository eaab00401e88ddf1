# shellcheck shell=bash
# Detects what this machine has: has_<name> tells whether a part that the shop needs is here.

# The operating system: Linux (including WSL), Darwin, or Git Bash on Windows.
system() {
  case $(uname -s) in
    MINGW* | MSYS* | CYGWIN*) echo Windows ;;
    *) uname -s ;;
  esac
}

# The tests read /proc, start nginx and freeze processes.
require_linux() {
  case $(system) in
    Linux) ;;
    Windows) fail "$1 needs Linux: install WSL (wsl --install), clone the repository inside it, and run this there" ;;
    *) fail "$1 needs Linux: open the repository in its dev container (.devcontainer), and run this there" ;;
  esac
}

major() { "$1" --version 2>/dev/null | sed -E 's/^v?([0-9]+).*/\1/'; }

# Finds the first program of that name, also in the sbin folders.
program() { PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v "$1"; }

# macOS has no `timeout`.
container_runtime() {
  local runtime limit=()
  ! have timeout || limit=(timeout 5)
  for runtime in docker podman; do
    if have "$runtime" && ${limit[@]+"${limit[@]}"} "$runtime" info >/dev/null 2>&1; then
      echo "$runtime"
      return
    fi
  done
  return 1
}

database_server() { program mariadbd || program mysqld; }

# macOS and Windows include it.
has_icu() {
  [ "$(system)" != Linux ] || compgen -G '/usr/lib*/libicuuc.so*' >/dev/null || compgen -G '/usr/lib/*/libicuuc.so*' >/dev/null
}

has_dotnet() { have dotnet && [ "$(major dotnet)" -ge 10 ]; }

has_node() { have node && [ "$(major node)" -ge 20 ] && have npm; }

has_kubectl() { have kubectl; }

# The shop's database server: a container, or a process.
has_database() { container_runtime >/dev/null || has_server; }

# Tests always use a server process: it starts in a second and leaves nothing behind.
has_server() { database_server >/dev/null; }

# The tests back up and restore a database.
has_dump() { have mysqldump || have mariadb-dump; }

# Toss's window includes no Korean font.
has_korean_font() { [ -n "$(fc-list :lang=ko 2>/dev/null)" ]; }

# Tests see the storefront as visitors do: in a browser, served by nginx.
has_browser() {
  local tool
  for tool in chromium nginx envsubst; do
    program "$tool" >/dev/null || return 1
  done
  has_korean_font
}

# wrk generates the load; nginx is what the gateway is measured against.
has_load() { have wrk && program nginx >/dev/null; }

readonly npm_stamp=frontend/node_modules/.msa-shop

# A stamp of everything that the packages depend on: Windows and WSL may share one clone, and so one folder.
npm_fingerprint() {
  cat frontend/package.json frontend/package-lock.json | cksum
  printf '%s %s\n' "$(node --version)" "$(uname -sm)"
}

# The stamp is written after npm has finished.
has_packages() {
  [ -e frontend/node_modules/.bin/vite ] && [ "$(cat "$npm_stamp" 2>/dev/null)" = "$(npm_fingerprint)" ]
}

# Tools of .config/dotnet-tools.json, in the version given there.
has_formatter() { dotnet csharpier --version >/dev/null 2>&1; }

has_migrations() { dotnet ef --version >/dev/null 2>&1; }

has_aspire() { dotnet aspire --version >/dev/null 2>&1; }

has_aspirate() { dotnet aspirate --version >/dev/null 2>&1; }

require_dotnet() {
  have dotnet || fail "the .NET SDK 10 is missing: https://dotnet.microsoft.com/download"
  has_dotnet || fail "the .NET SDK is $(dotnet --version); the shop needs 10: https://dotnet.microsoft.com/download"
}

require_node() {
  have node || fail "Node.js 20 or newer is missing: https://nodejs.org"
  [ "$(major node)" -ge 20 ] || fail "Node.js is $(node --version); the shop needs 20 or newer: https://nodejs.org"
  have npm || fail "npm is missing: it comes with https://nodejs.org"
}

require_kubectl() { have kubectl || fail "kubectl is missing: https://kubernetes.io/docs/tasks/tools"; }
