using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.ProductService.Migrations
{
    /// <summary>
    /// Says that the stored text is in the form in which it would be stored today: the step that migrates mends it before this.
    /// </summary>
    public partial class NormalText : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder
                .AddColumn<string>(
                    name: "folded_text",
                    table: "products",
                    type: "mediumtext",
                    nullable: true,
                    collation: "utf8mb4_unicode_520_ci"
                )
                .Annotation("MySql:CharSet", "utf8mb4");

            // Whatever else an address led to, every visitor's browser asked for it.
            migrationBuilder.Sql(
                "UPDATE products SET image_url = NULL WHERE image_url NOT REGEXP '^/api/products/images/[A-Za-z0-9_-][A-Za-z0-9._-]*$'"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "folded_text", table: "products");
        }
    }
}
