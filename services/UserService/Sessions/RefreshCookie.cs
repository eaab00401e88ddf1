namespace MsaShop.UserService.Sessions;

/// <summary>
/// The cookie that carries the refresh token: scripts cannot read it, other sites cannot send it, and only requests to
/// user-svc bring it.
/// </summary>
public static class RefreshCookie
{
    /// <summary>The cookie's name.</summary>
    public const string Name = "shop_refresh";

    /// <summary>The token that the request brings, if it does.</summary>
    public static RefreshTokenValue? Read(HttpRequest request) => RefreshTokenValue.Parse(request.Cookies[Name]);

    /// <summary>Gives the browser a token.</summary>
    public static void Write(HttpContext context, Session session)
    {
        var options = Options(context);
        options.Expires = session.ExpiresAt;
        context.Response.Cookies.Append(Name, session.Token.ToString(), options);
    }

    /// <summary>Takes the token away from the browser.</summary>
    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    internal static CookieOptions Options(HttpContext context) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Path = "/api/users",
            // A developer's machine speaks http, where a browser would drop a secure cookie.
            Secure = context.Request.IsHttps,
            IsEssential = true,
        };
}
