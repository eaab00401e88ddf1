#!/usr/bin/env bash
# Explores every order of events, for longer than ./shop test does.
. scripts/lib.sh

states=${1:-2000000}
[[ $states =~ ^[1-9][0-9]{0,8}$ && $# -le 1 ]] ||
  fail "exploring takes the most states to look at in each scenario: ./shop explore 2000000"
set_up explore
step "Building" dotnet build tests/Explorer.Tests -v quiet
say "Looking at up to $states states of each scenario; the log is artifacts/explore.log"
ok=true
mkdir -p artifacts
MSA_SHOP_EXPLORE_STATES=$states dotnet test tests/Explorer.Tests --no-build \
  --logger "console;verbosity=detailed" >artifacts/explore.log 2>&1 || ok=false
grep -E '^ .* states|^ +[0-9]+\. |^  (Passed|Failed) ' artifacts/explore.log
[ "$ok" = true ] || fail "a promise is broken: artifacts/explore.log tells the shortest way to it"
