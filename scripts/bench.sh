#!/usr/bin/env bash
# Runs the benchmarks, or those that are named.
. scripts/lib.sh
. scripts/machine.sh

program=bench/MsaShop.Bench/bin/Release/net10.0/MsaShop.Bench.dll
require_linux "./shop bench"
require_dotnet
step "Building the benchmarks" dotnet build bench/MsaShop.Bench -c Release -v quiet
# Before everything that takes minutes.
dotnet "$program" --check "$@" || exit
set_up bench
# As in their images: compiled ahead of time, for this machine. Apart, so that they leave the ordinary build alone.
for service in services/*/; do
  step "Publishing $(basename "$service")" \
    dotnet publish "$service" -c Release --os linux --no-self-contained --artifacts-path artifacts/bench -v quiet
done
exec dotnet "$program" "$@"
