using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.OrderService.Migrations
{
    /// <inheritdoc />
    public partial class MoneyOfOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "deposit_seen_at",
                table: "orders",
                type: "datetime(6)",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "by_hand",
                table: "orders",
                type: "varchar(200)",
                maxLength: 200,
                nullable: true,
                collation: "utf8mb4_unicode_520_ci")
                .Annotation("MySql:CharSet", "utf8mb4");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "deposit_seen_at",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "by_hand",
                table: "orders");
        }
    }
}
