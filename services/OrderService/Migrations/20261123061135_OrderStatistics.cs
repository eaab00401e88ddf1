using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.OrderService.Migrations
{
    /// <inheritdoc />
    public partial class OrderStatistics : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_orders_created_at",
                table: "orders");

            migrationBuilder.CreateIndex(
                name: "IX_orders_created_at_status_total_price",
                table: "orders",
                columns: new[] { "created_at", "status", "total_price" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_orders_created_at_status_total_price",
                table: "orders");

            migrationBuilder.CreateIndex(
                name: "IX_orders_created_at",
                table: "orders",
                column: "created_at");
        }
    }
}
