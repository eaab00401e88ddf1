#!/usr/bin/env bash
# Runs Aspire's command line. After the first use, `dotnet aspire` works as well.
. scripts/lib.sh

set_up aspire >&2
exec dotnet aspire "$@"
