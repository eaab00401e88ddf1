using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.PaymentService.Migrations
{
    /// <inheritdoc />
    public partial class RefundDetails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<decimal>(
                name: "asked_amount",
                table: "refunds",
                type: "decimal(15,2)",
                precision: 15,
                scale: 2,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "transferred_by",
                table: "refunds",
                type: "bigint",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "asked_amount",
                table: "refunds");

            migrationBuilder.DropColumn(
                name: "transferred_by",
                table: "refunds");
        }
    }
}
