#!/usr/bin/env bash
# Runs all tests and checks; the last line is "N passed, N failed".
. scripts/lib.sh
. scripts/machine.sh

readonly results=artifacts/test-results

passed=0
failed=0

# Counts a whole check as one test.
check() {
  local title=$1 started=$SECONDS
  shift
  say "$title"
  if "$@"; then
    passed=$((passed + 1))
    printf '    passed in %s s\n' $((SECONDS - started))
  else
    failed=$((failed + 1))
    printf '    FAILED after %s s\n' $((SECONDS - started))
  fi
}

# Sums the counters of the .NET test results.
count_dotnet() {
  local file counters
  while IFS= read -r file; do
    counters=$(grep -o '<Counters [^>]*' "$file")
    passed=$((passed + $(sed -E 's/.* passed="([0-9]+)".*/\1/' <<<"$counters")))
    failed=$((failed + $(sed -E 's/.* failed="([0-9]+)".*/\1/' <<<"$counters")))
  done < <(find "$results" -name '*.trx')
}

# Sums the counters of the frontend's test results.
count_frontend() {
  local counts
  # shellcheck disable=SC2016 # JavaScript's placeholders.
  counts=$(node -p 'const r = JSON.parse(fs.readFileSync(process.argv[1])); `${r.numPassedTests} ${r.numFailedTests}`' "$1")
  passed=$((passed + ${counts% *}))
  failed=$((failed + ${counts#* }))
}

run_dotnet_tests() {
  say "Testing the .NET side"
  local before=$((passed + failed)) ok=true
  # One project at a time: several start servers, which would overload two cores.
  dotnet test MsaShop.sln --no-build -m:1 --logger trx --results-directory "$results/dotnet" \
    --logger "console;verbosity=minimal" || ok=false
  count_dotnet
  if [ "$((passed + failed))" = "$before" ] || { [ "$ok" = false ] && [ "$failed" = 0 ]; }; then
    failed=$((failed + 1))
    echo "    the test run itself failed"
  fi
}

run_frontend_tests() {
  say "Testing the storefront"
  local report=$PWD/$results/frontend.json
  (cd frontend && npx vitest run --reporter=default --reporter=json --outputFile.json="$report") || true
  if [ -s "$report" ]; then
    count_frontend "$report"
  else
    failed=$((failed + 1))
    echo "    the test run itself failed"
  fi
}

require_linux "./shop test"
set_up test
rm -rf "$results"
mkdir -p "$results"

check "Lock file of the storefront" node scripts/check-lock-file.mjs
check "Formatting of the .NET side" dotnet csharpier check .
check "Build, with analyzers, without a warning" dotnet build MsaShop.sln -v quiet
check "Types of the storefront" npm run --silent typecheck --prefix frontend
check "Lint of the storefront" npm run --silent lint --prefix frontend
check "Formatting of the storefront" npm run --silent format:check --prefix frontend
check "Production build of the storefront" npm run --silent build --prefix frontend
run_frontend_tests
run_dotnet_tests
say "Explored"
grep -rhoE '[a-z ,]+: [0-9,]+ states(, which are all)?' "$results/dotnet" | sort -u || true

echo
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
