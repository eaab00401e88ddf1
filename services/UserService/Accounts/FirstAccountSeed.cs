namespace MsaShop.UserService.Accounts;

/// <summary>The initial accounts: the administrator and, if <c>DemoData:Enabled</c> is set, a demo shopper.</summary>
internal static class FirstAccountSeed
{
    private const string ShopperEmail = "shopper@example.com";
    private const string ShopperPassword = "shopper-1234";
    private const string DefaultAdminEmail = "admin@shop.example.com";

    /// <summary>
    /// Creates the demo shopper if wanted, and the administrator if <c>Administrator:Password</c> is set. On a developer's
    /// machine the administrator's password follows that setting; elsewhere it only counts at first.
    /// </summary>
    public static async Task SeedAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var isDemo = configuration.GetValue<bool>("DemoData:Enabled");
        var database = services.GetRequiredService<UserDbContext>();
        var passwords = services.GetRequiredService<Passwords>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

        if (isDemo && !await database.Users.AnyAsync(user => user.Email == ShopperEmail, cancellationToken))
        {
            Add(ShopperEmail, ShopperPassword, "김쇼핑", UserRole.User).Phone = "010-1234-5678";
        }

        if (configuration["Administrator:Password"] is { Length: > 0 } adminPassword)
        {
            var email = configuration["Administrator:Email"] ?? DefaultAdminEmail;
            var admin = await database.Users.SingleOrDefaultAsync(user => user.Email == email, cancellationToken);
            if (admin is null)
            {
                Add(email, adminPassword, "관리자", UserRole.Admin);
            }
            else if (isDemo && !passwords.Match(admin, adminPassword))
            {
                admin.ChangePassword(passwords.Hash(adminPassword));
                admin.UpdatedAt = now;
            }
        }

        await database.SaveChangesAsync(cancellationToken);

        User Add(string email, string password, string name, UserRole role) =>
            database
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
