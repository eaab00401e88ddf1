using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.PaymentService.Migrations
{
    /// <inheritdoc />
    public partial class EndedOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "order_ended_at",
                table: "payments",
                type: "datetime(6)",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "order_ended_at",
                table: "payments");
        }
    }
}
