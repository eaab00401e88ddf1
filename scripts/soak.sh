#!/usr/bin/env bash
# Runs a test for longer than the two minutes that ./shop test gives it.
. scripts/lib.sh
. scripts/machine.sh

minutes=${1:-30} seed=${2:-$RANDOM}
[[ $minutes =~ ^[1-9][0-9]{0,3}$ && $seed =~ ^[0-9]{1,9}$ && $# -le 2 ]] ||
  fail "a soak takes whole minutes and a seed: ./shop soak 30 7"
require_linux "./shop soak"
set_up soak
step "Building" dotnet build tests/MsaShop.EndToEnd.Tests -v quiet
say "Living in the shop for $minutes minutes; ./shop soak $minutes $seed does it once more, the log is artifacts/soak.log"
ok=true
mkdir -p artifacts
MSA_SHOP_SOAK_MINUTES=$minutes MSA_SHOP_SEED=$seed dotnet test tests/MsaShop.EndToEnd.Tests --no-build \
  --filter FullyQualifiedName~EnduranceTests --logger "console;verbosity=detailed" >artifacts/soak.log 2>&1 || ok=false
awk '/^  (Passed|Failed) MsaShop/ { shown = 1 } /^(fail|warn|info|Test Run)/ { shown = 0 } shown' artifacts/soak.log
[ "$ok" = true ] || fail "the shop did not come through"
