#!/usr/bin/env bash
# Regenerates docs/api, the storefront's types and the tables in docs/ after a change to a service's API or rules.
. scripts/lib.sh

set_up api
step "Building" dotnet build MsaShop.sln -v quiet
step "Writing docs/api" env MSA_SHOP_WRITE_API=1 dotnet test MsaShop.sln --no-build -m:1 --filter 'FullyQualifiedName~ApiDocumentTests|FullyQualifiedName~The_docs_show'
step "Writing the storefront's types" npm run --silent api --prefix frontend
git status --short docs frontend/src/api
