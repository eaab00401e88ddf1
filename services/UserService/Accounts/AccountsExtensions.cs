using Microsoft.AspNetCore.Identity;

namespace MsaShop.UserService.Accounts;

internal static class AccountsExtensions
{
    public static void AddAccounts(this IHostApplicationBuilder builder)
    {
        builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = Passwords.Iterations);
        builder
            .Services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>()
            .AddSingleton<Passwords>()
            .AddScoped<AccountStore>()
            .AddScoped<IAdminCheck, StoredAdmins>();
    }
}
