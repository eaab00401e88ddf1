#!/usr/bin/env bash
# Writes the migration of a service's database after a change of its model. No database server is needed.
. scripts/lib.sh

[[ $# -eq 2 && $2 =~ ^[A-Z][A-Za-z0-9]*$ ]] ||
  fail "a migration takes a service and a name that says what it does: ./shop migration OrderService AddGiftMessage"
case $1 in
  UserService) database=userdb ;;
  ProductService) database=productdb ;;
  OrderService) database=orderdb ;;
  PaymentService) database=paymentdb ;;
  *) fail "'$1' is no service with a database: UserService, ProductService, OrderService or PaymentService" ;;
esac
set_up migration
step "Building $1" dotnet build "services/$1" -v quiet
# Where the server would be, and its version, which would otherwise be asked for.
export "ConnectionStrings__$database=Server=localhost;Database=$database"
export Aspire__Pomelo__EntityFrameworkCore__MySql__ServerVersion=8.4.0-mysql
step "Writing the migration" dotnet ef migrations add "$2" --project "services/$1" --no-build
git status --short "services/$1/Migrations"
