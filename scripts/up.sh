#!/usr/bin/env bash
# Builds and starts the whole shop.
. scripts/lib.sh

set_up up
step "Building the services" dotnet build MsaShop.AppHost -v quiet
say "Starting the shop; the addresses follow once everything is healthy (Ctrl-C stops it all)"
exec dotnet run --project MsaShop.AppHost --no-build -- "$@"
