using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.OrderService.Migrations
{
    /// <inheritdoc />
    public partial class OrderLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_orders_created_at_status_total_price",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "IX_orders_user_id_id",
                table: "orders");

            migrationBuilder.CreateIndex(
                name: "IX_orders_created_at_id_status_total_price",
                table: "orders",
                columns: new[] { "created_at", "id", "status", "total_price" });

            migrationBuilder.CreateIndex(
                name: "IX_orders_pay_by",
                table: "orders",
                column: "pay_by");

            migrationBuilder.CreateIndex(
                name: "IX_orders_status_created_at",
                table: "orders",
                columns: new[] { "status", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_orders_user_id_created_at",
                table: "orders",
                columns: new[] { "user_id", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_orders_created_at_id_status_total_price",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "IX_orders_pay_by",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "IX_orders_status_created_at",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "IX_orders_user_id_created_at",
                table: "orders");

            migrationBuilder.CreateIndex(
                name: "IX_orders_created_at_status_total_price",
                table: "orders",
                columns: new[] { "created_at", "status", "total_price" });

            migrationBuilder.CreateIndex(
                name: "IX_orders_user_id_id",
                table: "orders",
                columns: new[] { "user_id", "id" });
        }
    }
}
