#!/usr/bin/env bash
# Renews docs/api and the storefront's types after a change of a service's API.
. scripts/lib.sh

set_up api
step "Building" dotnet build MsaShop.sln -v quiet
step "Writing docs/api" env MSA_SHOP_WRITE_API=1 dotnet test MsaShop.sln --no-build -m:1 --filter ApiDocumentTests
step "Writing the storefront's types" npm run --silent api --prefix frontend
git status --short docs/api frontend/src/api
