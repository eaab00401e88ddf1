using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Gateway.Protection;

/// <summary>
/// Vouches for administrators to the services that may not ask user-svc themselves. Where user-svc does not answer, nobody is
/// vouched for, and the request ends here.
/// </summary>
internal static class AdminVouching
{
    /// <summary>Adds what it takes to ask.</summary>
    public static WebApplicationBuilder AddAdminVouching(this WebApplicationBuilder builder)
    {
        builder.Services.AddServiceClient<UserRoles>(ServiceNames.Users);
        builder.Services.AddSingleton<IAdminCheck, AnyAdmin>();
        return builder;
    }

    /// <summary>Asks where a service wants to know, and hands the answer on.</summary>
    public static void UseAdminVouching(this IApplicationBuilder proxy) => proxy.Use(VouchAsync);

    private static async Task VouchAsync(HttpContext context, RequestDelegate next)
    {
        // What comes from outside proves nothing.
        context.Request.Headers.Remove(AdminProofs.Header);

        var callee = context.GetReverseProxyFeature().Cluster.Config.ClusterId;
        var caller = new CurrentUser(context.User);
        if (callee != ServiceNames.Users && caller.IsAdmin && AdminProofs.AreWantedFor(context.Request))
        {
            var roles = context.RequestServices.GetRequiredService<UserRoles>();
            if (await roles.IsAdminAsync(caller.Id, context.RequestAborted))
            {
                var proofs = context.RequestServices.GetRequiredService<AdminProofs>();
                context.Request.Headers[AdminProofs.Header] = proofs.Create(callee, caller.Id);
            }
        }

        await next(context);
    }

    /// <summary>The gateway itself lets administrators do nothing: it takes a token's word, and leaves the rest to who does.</summary>
    private sealed class AnyAdmin : IAdminCheck
    {
        public Task<bool> IsAdminNowAsync(long userId, HttpContext context) => Task.FromResult(true);
    }
}
