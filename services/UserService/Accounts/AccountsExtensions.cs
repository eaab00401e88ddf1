using Microsoft.AspNetCore.Identity;
using MsaShop.ServiceDefaults.Authentication;

namespace MsaShop.UserService.Accounts;

/// <summary>Accounts in user-svc.</summary>
internal static class AccountsExtensions
{
    /// <summary>Adds what accounts need.</summary>
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
