#!/usr/bin/env bash
# Reports what this machine has, what is missing, and which packages have known vulnerabilities.
. scripts/lib.sh
. scripts/machine.sh

ok=true
report() { # state, what, detail
  printf '  %-8s %-18s %s\n' "$1" "$2" "$3"
  [ "$1" != missing ] || ok=false
}

if has_dotnet; then report found ".NET SDK" "$(dotnet --version)"; else report missing ".NET SDK" "10 or newer: https://dotnet.microsoft.com/download"; fi
if has_icu; then report found ICU "for texts and searches"; else report missing ICU "./shop setup up"; fi
if have node && [ "$(major node)" -ge 20 ]; then report found Node.js "$(node --version)"; else report missing Node.js "20 or newer: https://nodejs.org"; fi
if have npm; then report found npm "$(npm --version 2>/dev/null)"; else report missing npm "comes with Node.js"; fi
if line=$(container_runtime); then report found "container runtime" "$line"; else report none "container runtime" "the databases run as local processes"; fi
if line=$(database_server); then
  report found "database server" "$("$line" --version)"
elif has_database; then
  report none "database server" "the shop uses containers; the tests want one: ./shop setup test"
else
  report missing "database server" "./shop setup up"
fi
if has_packages 2>/dev/null; then report found "npm packages" "as the lock file has them"; else report none "npm packages" "./shop setup up"; fi
if [ "$(system)" = Linux ]; then
  if has_browser; then report found "browser tests" "chromium, nginx and a Korean font"; else report none "browser tests" "./shop setup test"; fi
  if has_load; then report found "benchmarks" "wrk and nginx"; else report none "benchmarks" "./shop setup bench"; fi
else
  report none "tests, benchmarks" "they need Linux: WSL on Windows, the dev container elsewhere"
fi
if has_kubectl; then report found kubectl "$(kubectl version --client 2>/dev/null | sed -n 's/^Client Version: //p')"; else report none kubectl "for the cluster and the tests of its manifests: https://kubernetes.io/docs/tasks/tools"; fi
if line=$(sed -n 's/.*<AspireStandIns>\(.*\)<\/AspireStandIns>.*/\1/p' .aspire-feed/*.props 2>/dev/null); then
  report found "Aspire packages" "from NuGet; stood in for by compat/: ${line//+/, } (delete .aspire-feed to ask again)"
else
  report none "Aspire packages" "the first build finds out which of them the feed lacks"
fi

vulnerable=false
if has_dotnet && has_node; then
  while IFS=$'\t' read -r state what detail; do
    report "$state" "$what" "$detail"
    [ "$state" != unsafe ] || vulnerable=true
  done < <(node scripts/audit.mjs)
fi

[ "$ok" = true ] || fail "something is missing; ./shop setup installs what it can"
[ "$vulnerable" = false ] || fail "packages have known vulnerabilities"
echo "Everything that ./shop up needs is here."
