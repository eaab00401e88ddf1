#!/usr/bin/env bash
# Aspire's command line. Whoever has used it once can say `dotnet aspire` as well.
. scripts/lib.sh

set_up aspire >&2
exec dotnet aspire "$@"
