using Microsoft.EntityFrameworkCore;
using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Data;

/// <summary>The accounts of a developer's machine, where <c>DemoData:Enabled</c> is set.</summary>
internal static class DemoData
{
    private const string ShopperEmail = "shopper@example.com";
    private const string ShopperPassword = "shopper-1234";
    private const string AdminEmail = "admin@shop.example.com";

    /// <summary>
    /// Makes the demo shopper, and the administrator if <c>DemoData:AdminPassword</c> is set. The administrator's
    /// password follows that setting.
    /// </summary>
    public static async Task SeedAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        if (!configuration.GetValue<bool>("DemoData:Enabled"))
        {
            return;
        }

        var db = services.GetRequiredService<UserDbContext>();
        var passwords = services.GetRequiredService<Passwords>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

        if (!await db.Users.AnyAsync(user => user.Email == ShopperEmail, cancellationToken))
        {
            Add(ShopperEmail, ShopperPassword, "김쇼핑", UserRole.User).Phone = "010-1234-5678";
        }

        if (configuration["DemoData:AdminPassword"] is { Length: > 0 } adminPassword)
        {
            var admin = await db.Users.SingleOrDefaultAsync(user => user.Email == AdminEmail, cancellationToken);
            if (admin is null)
            {
                Add(AdminEmail, adminPassword, "관리자", UserRole.Admin);
            }
            else if (!passwords.Match(admin, adminPassword))
            {
                (admin.PasswordHash, admin.UpdatedAt) = (passwords.Hash(adminPassword), now);
            }
        }

        await db.SaveChangesAsync(cancellationToken);

        User Add(string email, string password, string name, UserRole role) =>
            db
                .Users.Add(
                    new User
                    {
                        Email = email,
                        PasswordHash = passwords.Hash(password),
                        Name = name,
                        Role = role,
                        CreatedAt = now,
                        UpdatedAt = now,
                    }
                )
                .Entity;
    }
}
