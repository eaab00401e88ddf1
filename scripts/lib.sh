# shellcheck shell=bash
# Sourced by every script: `. scripts/lib.sh`, from the repository's root.
set -euo pipefail

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 ASPIRE_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
fail() {
  printf 'shop: %s\n' "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Runs a long step with its output in a log file, which is printed if the step fails.
step() {
  local title=$1 log started=$SECONDS
  shift
  log=$(mktemp)
  say "$title"
  if ! "$@" >"$log" 2>&1; then
    cat "$log"
    rm -f "$log"
    fail "failed: $title"
  fi
  rm -f "$log"
  printf '    done in %s s\n' $((SECONDS - started))
}

# Installs what a command needs. Only ./shop setup installs; it is silent if nothing is missing.
set_up() { bash scripts/setup.sh --quietly "$@"; }
