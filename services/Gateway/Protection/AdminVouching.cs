namespace MsaShop.Gateway.Protection;

/// <summary>
/// Proves to services, which cannot ask user-svc themselves, that a caller is still an administrator. If user-svc does
/// not answer, the request ends here.
/// </summary>
internal static class AdminVouching
{
    public static void AddAdminVouching(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceClient<UserRoles>(ServiceNames.Users);
        builder.Services.AddSingleton<IAdminCheck, AnyAdmin>();
    }

    /// <summary>Asks user-svc if the service wants a proof, and forwards the proof.</summary>
    public static void UseAdminVouching(this IApplicationBuilder proxy) => proxy.Use(VouchAsync);

    private static async Task VouchAsync(HttpContext context, RequestDelegate next)
    {
        // A header from outside proves nothing.
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

    /// <summary>
    /// The gateway itself offers administrators nothing: it accepts the token, and leaves the check to the service.
    /// </summary>
    private sealed class AnyAdmin : IAdminCheck
    {
        public Task<bool> IsAdminNowAsync(long userId, HttpContext context) => Task.FromResult(true);
    }
}
