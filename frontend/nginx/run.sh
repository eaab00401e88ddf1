#!/bin/sh
# Runs the web server as a process of this machine, as the image would: run.sh <empty folder>. See README.md.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(cd "$1" && pwd)
export WEB_ROOT="${WEB_ROOT:-$(dirname "$here")/dist}"
. "$here/15-storefront.envsh"

variables=$(sed -n 's/^[^#]*export \([A-Z_]*\).*/${\1}/p' "$here/15-storefront.envsh" | tr '\n' ' ')
for template in "$here"/templates/*.template; do
  envsubst "$variables" <"$template" >"$folder/$(basename "$template" .template)"
done
# Started by root, nginx would hand the work to a user who may not see these folders.
user=$([ "$(id -u)" -ne 0 ] || echo 'user root;')
PATH="$PATH:/usr/sbin" exec nginx -e stderr -p "$folder/" -c "$folder/nginx.conf" -g "daemon off; $user"
