using Microsoft.EntityFrameworkCore.Design;

namespace MsaShop.UserService;

/// <summary>Lets <c>dotnet ef</c> write migrations without a server or the service's configuration.</summary>
internal sealed class DesignTimeUserDbContextFactory : IDesignTimeDbContextFactory<UserDbContext>
{
    public UserDbContext CreateDbContext(string[] args) =>
        new(
            new DbContextOptionsBuilder<UserDbContext>()
                .UseMySql("Server=localhost", new MySqlServerVersion(new Version(8, 0)))
                .Options
        );
}
