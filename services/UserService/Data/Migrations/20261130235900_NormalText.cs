using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.UserService.Data.Migrations
{
    /// <summary>
    /// Says that the stored text is in the form in which it would be stored today: the step that migrates mends it before this.
    /// </summary>
    public partial class NormalText : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) { }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) { }
    }
}
