#!/usr/bin/env bash
# Installs what is missing, for all commands or the named ones. No other script installs anything.
. scripts/lib.sh
. scripts/machine.sh

# The parts that a command needs, in the order of checking.
parts_of() {
  case $1 in
    up) echo icu dotnet node database packages ;;
    test) echo icu dotnet node kubectl server dump browser packages formatter ;;
    soak) echo icu dotnet node server ;;
    explore) echo icu dotnet ;;
    api) echo icu dotnet node server packages ;;
    bench) echo icu dotnet node server load ;;
    migration) echo icu dotnet node migrations ;;
    aspire) echo icu dotnet node aspire ;;
    aspirate) echo icu dotnet node aspirate ;;
    *) fail "there is nothing to set up for '$1': up, test, soak, explore, api, migration, bench or aspire" ;;
  esac
}

# Debian's packages for a missing part. ICU's package is named after its version; its development package depends on it.
missing_packages_of() {
  case $1 in
    icu) has_icu || echo libicu-dev ;;
    database | server) "has_$1" || echo mariadb-server-core mariadb-client-core ;;
    dump) has_dump || echo mariadb-client ;;
    browser)
      program chromium >/dev/null || echo chromium
      program nginx >/dev/null || echo nginx-light
      have envsubst || echo gettext-base
      has_korean_font || echo fontconfig fonts-nanum
      ;;
    load)
      have wrk || echo wrk
      program nginx >/dev/null || echo nginx-light
      ;;
  esac
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Without a password, or with somebody present to type it.
may_be_root() { [ "$(id -u)" = 0 ] || { have sudo && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; }; }

install_debian_packages() {
  case $(system) in
    Darwin) fail "the database server is missing: brew install mariadb, or start Docker Desktop" ;;
    Windows) fail "the database server is missing: start Docker Desktop, or put mysqld on the PATH, or use WSL" ;;
  esac
  have apt-get || fail "missing: $*. These are Debian's names; install them with this system's package manager"
  may_be_root || fail "missing: $*. Run: sudo apt-get install --no-install-recommends $*"
  step "Reading the package lists" as_root apt-get update
  step "Installing $*" as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

# "npm ci" would start from scratch every time; --no-save keeps the lock file unchanged.
install_npm_packages() {
  npm install --prefix frontend --no-save --no-audit --no-fund
  npm_fingerprint >"$npm_stamp"
}

# Restores one tool by its package. The SDK itself restores all or none, but one of them is half a gigabyte and a feed may
# lack another.
restore_tool() {
  local named ok=true
  named=$(mktemp)
  node -p 'const manifest = JSON.parse(fs.readFileSync(".config/dotnet-tools.json"));
    manifest.tools = { [process.argv[1]]: manifest.tools[process.argv[1]] };
    JSON.stringify(manifest)' "$1" >"$named"
  dotnet tool restore --tool-manifest "$named" || ok=false
  rm -f "$named"
  [ "$ok" = true ]
}

install_part() {
  case $1 in
    dotnet | node | kubectl) "require_$1" ;;
    packages) step "Installing the storefront's packages" install_npm_packages ;;
    formatter) step "Restoring the formatter" restore_tool csharpier ;;
    migrations) step "Restoring Entity Framework's tool" restore_tool dotnet-ef ;;
    aspire) step "Restoring Aspire's command line (480 MB)" restore_tool aspire.cli ;;
    aspirate) step "Restoring Aspirate" restore_tool aspirate ;;
    *) fail "the packages are installed, but what they should bring is not there: $1" ;;
  esac
}

setup() {
  local part list packages=() announced=false
  announce() {
    [ "$announced" = true ] || say "Something is missing on this machine; setting it up, once"
    announced=true
  }

  # The system's packages come first: without ICU, .NET cannot even print its version.
  for part in "$@"; do
    list=$(missing_packages_of "$part")
    # shellcheck disable=SC2206 # A list of words.
    packages+=($list)
  done
  if [ ${#packages[@]} -gt 0 ]; then
    announce
    install_debian_packages "${packages[@]}"
  fi
  for part in "$@"; do
    if ! "has_$part"; then
      announce
      install_part "$part"
    fi
  done
}

main() {
  local command part list parts=() quietly=false
  if [ "${1:-}" = --quietly ]; then
    quietly=true
    shift
  fi
  # Aspirate is left to `./shop k8s generate`, which finds out whether the feed has it.
  if [ $# -eq 0 ]; then
    if [ "$(system)" = Linux ]; then set -- up test soak api bench aspire; else set -- up aspire; fi
  fi
  for command in "$@"; do
    case $command in test | soak | bench) require_linux "./shop $command" ;; esac
    list=$(parts_of "$command")
    for part in $list; do
      [[ " ${parts[*]-} " == *" $part "* ]] || parts+=("$part")
    done
  done
  setup "${parts[@]}"
  [ "$quietly" = true ] || say "Everything is here that these need: $*"
}

main "$@"
