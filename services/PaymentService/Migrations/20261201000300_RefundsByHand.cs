using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.PaymentService.Migrations
{
    /// <inheritdoc />
    public partial class RefundsByHand : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "retried_at",
                table: "refunds",
                type: "datetime(6)",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "retried_by",
                table: "refunds",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "settled_at",
                table: "refunds",
                type: "datetime(6)",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "settled_by",
                table: "refunds",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "settled_reason",
                table: "refunds",
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
                name: "retried_at",
                table: "refunds");

            migrationBuilder.DropColumn(
                name: "retried_by",
                table: "refunds");

            migrationBuilder.DropColumn(
                name: "settled_at",
                table: "refunds");

            migrationBuilder.DropColumn(
                name: "settled_by",
                table: "refunds");

            migrationBuilder.DropColumn(
                name: "settled_reason",
                table: "refunds");
        }
    }
}
