using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.ProductService.Migrations
{
    /// <inheritdoc />
    public partial class CatalogueSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_products_category",
                table: "products");

            migrationBuilder.DropIndex(
                name: "ix_products_name",
                table: "products");

            migrationBuilder.DropIndex(
                name: "ix_products_newest",
                table: "products");

            migrationBuilder.DropIndex(
                name: "ix_products_price",
                table: "products");

            migrationBuilder.AddColumn<byte[]>(
                name: "indexed_text",
                table: "products",
                type: "binary(32)",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "catalogue_version",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_catalogue_version", x => x.id);
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("Relational:Collation", "utf8mb4_unicode_520_ci");

            migrationBuilder.CreateTable(
                name: "product_terms",
                columns: table => new
                {
                    term = table.Column<string>(type: "varchar(2)", maxLength: 2, nullable: false, collation: "utf8mb4_unicode_520_ci")
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    product_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_product_terms", x => new { x.term, x.product_id });
                })
                .Annotation("MySql:CharSet", "utf8mb4")
                .Annotation("Relational:Collation", "utf8mb4_unicode_520_ci");

            migrationBuilder.InsertData(
                table: "catalogue_version",
                columns: new[] { "id", "version" },
                values: new object[] { 1, 1L });

            migrationBuilder.CreateIndex(
                name: "ix_products_category",
                table: "products",
                columns: new[] { "category", "created_at", "id", "status", "price" });

            migrationBuilder.CreateIndex(
                name: "ix_products_category_name",
                table: "products",
                columns: new[] { "category", "name", "id", "status", "price" });

            migrationBuilder.CreateIndex(
                name: "ix_products_category_price",
                table: "products",
                columns: new[] { "category", "price", "id", "status" });

            migrationBuilder.CreateIndex(
                name: "ix_products_image_url",
                table: "products",
                column: "image_url");

            migrationBuilder.CreateIndex(
                name: "ix_products_name",
                table: "products",
                columns: new[] { "name", "id", "status", "price" });

            migrationBuilder.CreateIndex(
                name: "ix_products_newest",
                table: "products",
                columns: new[] { "created_at", "id", "status", "price" });

            migrationBuilder.CreateIndex(
                name: "ix_products_price",
                table: "products",
                columns: new[] { "price", "id", "status" });

            migrationBuilder.CreateIndex(
                name: "ix_product_terms_product",
                table: "product_terms",
                column: "product_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "catalogue_version");

            migrationBuilder.DropTable(
                name: "product_terms");

            migrationBuilder.DropIndex(
                name: "ix_products_category",
                table: "products");

            migrationBuilder.DropIndex(
                name: "ix_products_category_name",
                table: "products");

            migrationBuilder.DropIndex(
                name: "ix_products_category_price",
                table: "products");

            migrationBuilder.DropIndex(
                name: "ix_products_image_url",
                table: "products");

            migrationBuilder.DropIndex(
                name: "ix_products_name",
                table: "products");

            migrationBuilder.DropIndex(
                name: "ix_products_newest",
                table: "products");

            migrationBuilder.DropIndex(
                name: "ix_products_price",
                table: "products");

            migrationBuilder.DropColumn(
                name: "indexed_text",
                table: "products");

            migrationBuilder.CreateIndex(
                name: "ix_products_category",
                table: "products",
                columns: new[] { "category", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_products_name",
                table: "products",
                columns: new[] { "name", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_products_newest",
                table: "products",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_products_price",
                table: "products",
                columns: new[] { "price", "id" });
        }
    }
}
