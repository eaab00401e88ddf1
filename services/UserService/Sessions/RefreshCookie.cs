namespace MsaShop.UserService.Sessions;

/// <summary>
/// The cookie with the refresh token: hidden from scripts, never sent by other sites, and sent to user-svc only.
/// </summary>
public static class RefreshCookie
{
    public const string Name = "shop_refresh";

    /// <summary>Null if the request has none.</summary>
    public static RefreshTokenValue? Read(HttpRequest request) => RefreshTokenValue.Parse(request.Cookies[Name]);

    public static void Write(HttpContext context, Session session)
    {
        var options = Options(context);
        options.Expires = session.ExpiresAt;
        context.Response.Cookies.Append(Name, session.Token.ToString(), options);
    }

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    internal static CookieOptions Options(HttpContext context) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Path = "/api/users",
            // A developer's machine uses http, where a browser drops a secure cookie.
            Secure = context.Request.IsHttps,
            IsEssential = true,
        };
}
