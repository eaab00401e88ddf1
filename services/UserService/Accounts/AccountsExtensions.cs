using Microsoft.AspNetCore.Identity;
using MsaShop.ServiceDefaults.Authentication;

namespace MsaShop.UserService.Accounts;

/// <summary>Registers accounts.</summary>
internal static class AccountsExtensions
{
    public static WebApplicationBuilder AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = Passwords.Iterations);
        builder.Services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        builder.Services.AddSingleton<Passwords>();
        builder.Services.AddScoped<AccountStore>();
        builder.Services.AddScoped<IAdminCheck, StoredAdmins>();
        return builder;
    }
}
