using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.ProductService.Migrations
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_product_images_created",
                table: "product_images",
                column: "created_at"
            );

            migrationBuilder.CreateIndex(
                name: "ix_stock_takes_status",
                table: "stock_takes",
                columns: ["status", "updated_at"]
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "ix_stock_takes_status", table: "stock_takes");

            migrationBuilder.DropIndex(name: "ix_product_images_created", table: "product_images");
        }
    }
}
