#!/usr/bin/env bash
# Runs all benchmarks, or the named ones.
. scripts/lib.sh
. scripts/machine.sh

program=bench/MsaShop.Bench/bin/Release/net10.0/MsaShop.Bench.dll
require_linux "./shop bench"
require_dotnet
step "Building the benchmarks" dotnet build bench/MsaShop.Bench -c Release -v quiet
# Validates the names before anything that takes minutes.
dotnet "$program" --check "$@" || exit
set_up bench
# Publishes as for the images: compiled ahead of time. A separate folder keeps the ordinary build untouched.
for service in services/*/; do
  step "Publishing $(basename "$service")" \
    dotnet publish "$service" -c Release --os linux --no-self-contained --artifacts-path artifacts/bench -v quiet
done
exec dotnet "$program" "$@"
