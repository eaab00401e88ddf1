using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.ProductService.Migrations
{
    /// <inheritdoc />
    public partial class RequestsOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "request_hash",
                table: "products",
                type: "varchar(64)",
                maxLength: 64,
                nullable: true,
                collation: "ascii_bin")
                .Annotation("MySql:CharSet", "ascii");

            migrationBuilder.AddColumn<string>(
                name: "request_key",
                table: "products",
                type: "varchar(64)",
                maxLength: 64,
                nullable: true,
                collation: "ascii_bin")
                .Annotation("MySql:CharSet", "ascii");

            migrationBuilder.CreateIndex(
                name: "ux_products_request_key",
                table: "products",
                column: "request_key",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_products_request_key",
                table: "products");

            migrationBuilder.DropColumn(
                name: "request_hash",
                table: "products");

            migrationBuilder.DropColumn(
                name: "request_key",
                table: "products");
        }
    }
}
