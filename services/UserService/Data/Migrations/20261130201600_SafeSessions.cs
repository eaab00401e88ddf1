using System;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.UserService.Data.Migrations
{
    /// <inheritdoc />
    public partial class SafeSessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "password_version",
                table: "users",
                type: "int",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<int>(
                name: "password_version",
                table: "refresh_tokens",
                type: "int",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder
                .CreateTable(
                    name: "role_changes",
                    columns: table => new
                    {
                        id = table
                            .Column<long>(type: "bigint", nullable: false)
                            .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                        user_id = table.Column<long>(type: "bigint", nullable: false),
                        changed_by = table.Column<long>(type: "bigint", nullable: false),
                        old_role = table
                            .Column<string>(type: "enum('USER','ADMIN')", nullable: false)
                            .Annotation("MySql:CharSet", "utf8mb4"),
                        new_role = table
                            .Column<string>(type: "enum('USER','ADMIN')", nullable: false)
                            .Annotation("MySql:CharSet", "utf8mb4"),
                        changed_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    },
                    constraints: table =>
                    {
                        table.PrimaryKey("PK_role_changes", x => x.id);
                    }
                )
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.CreateIndex(name: "IX_role_changes_user_id", table: "role_changes", column: "user_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "role_changes");

            migrationBuilder.DropColumn(name: "password_version", table: "refresh_tokens");

            migrationBuilder.DropColumn(name: "password_version", table: "users");
        }
    }
}
