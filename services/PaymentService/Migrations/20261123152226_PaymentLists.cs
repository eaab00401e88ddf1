using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.PaymentService.Migrations
{
    /// <inheritdoc />
    public partial class PaymentLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_refunds_status",
                table: "refunds");

            migrationBuilder.DropIndex(
                name: "IX_payments_status_id",
                table: "payments");

            migrationBuilder.CreateIndex(
                name: "IX_refunds_created_at",
                table: "refunds",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_refunds_status_created_at",
                table: "refunds",
                columns: new[] { "status", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_payments_status_created_at",
                table: "payments",
                columns: new[] { "status", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_refunds_created_at",
                table: "refunds");

            migrationBuilder.DropIndex(
                name: "IX_refunds_status_created_at",
                table: "refunds");

            migrationBuilder.DropIndex(
                name: "IX_payments_status_created_at",
                table: "payments");

            migrationBuilder.CreateIndex(
                name: "IX_refunds_status",
                table: "refunds",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "IX_payments_status_id",
                table: "payments",
                columns: new[] { "status", "id" });
        }
    }
}
