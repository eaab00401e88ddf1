using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.HttpOverrides;
using MsaShop.ServiceDefaults.Text;
using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Sessions;

/// <summary>A sign-in.</summary>
public sealed record LoginRequest(
    [Required, StringLength(User.MaxEmailLength)] string Email,
    [Required, StringLength(Passwords.MaxTypedLength)] [property: JsonConverter(typeof(ExactConverter))] string Password
);

/// <summary>A signed-in user.</summary>
/// <param name="AccessToken">The access token, for the <c>Authorization</c> header.</param>
/// <param name="TokenType">How to send it: <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Its lifetime, in seconds.</param>
/// <param name="User">The signed-in user.</param>
public sealed record TokenResponse(string AccessToken, string TokenType, int ExpiresIn, UserResponse User);

internal static class SessionsApi
{
    public static void AddSessions(this IHostApplicationBuilder builder)
    {
        builder
            .Services.AddValidatedOptions<AccessTokenOptions>("AccessTokens")
            .AddValidatedOptions<RefreshTokenOptions>("RefreshTokens")
            .AddValidatedOptions<LoginAttemptOptions>("LoginAttempts")
            .AddSingleton<SigningKey>()
            .AddSingleton<AccessTokenIssuer>()
            .AddSingleton<LoginAttempts>()
            .AddSingleton<KnownDevices>()
            .AddScoped<SessionStore>()
            .AddPeriodicWork<ExpiredTokenCleaner>();

        // The gateway finds out who the client is and whether the browser used https; it takes nobody's word for it.
        // Nothing else from outside reaches this service, so every proxy may be believed.
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
        });
    }

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/users").AllowAnonymous().WithTags("Sessions");
        group.MapPost("/login", LogInAsync).WithName("LogIn").WithSummary("Signs in.");
        group
            .MapPost("/refresh", RefreshAsync)
            .WithName("Refresh")
            .WithSummary("Exchanges the refresh cookie for a new access token and a new cookie.");
        group
            .MapPost("/logout", LogOutAsync)
            .WithName("LogOut")
            .WithSummary("Signs out: here, or with everywhere=true on all devices.");
    }

    private static async Task<Results<Ok<TokenResponse>, ValidationProblem, ProblemHttpResult>> LogInAsync(
        LoginRequest request,
        HttpContext context,
        UserDbContext database,
        AccountStore accounts,
        Passwords passwords,
        LoginAttempts attempts,
        KnownDevices devices,
        SessionStore sessions,
        AccessTokenIssuer tokens,
        CancellationToken cancellationToken
    )
    {
        var email = EmailAddresses.Normalize(request.Email);
        var user = await database
            .Users.AsNoTracking()
            .SingleOrDefaultAsync(user => user.Email == email, cancellationToken);
        var guess = await devices.GuessAsync(context, email, user);
        using var turn = await attempts.WaitForTurnAsync(guess, cancellationToken);
        if (attempts.MustWait(guess, turn) is { } wait)
        {
            return wait;
        }

        var match = passwords.Check(user, request.Password);
        if (match == PasswordMatch.No)
        {
            attempts.Failed(guess);
            return WrongPassword();
        }

        if (match == PasswordMatch.YesByOldHash)
        {
            await accounts.RenewHashAsync(user!, passwords.Hash(request.Password), cancellationToken);
        }

        if (await sessions.StartAsync(user!, cancellationToken) is not { } session)
        {
            // It was right, but the password has just been changed.
            return WrongPassword();
        }

        await devices.RememberAsync(context, session.User);
        return Answer(context, tokens, session);
    }

    private static async Task<Results<Ok<TokenResponse>, ProblemHttpResult>> RefreshAsync(
        HttpContext context,
        SessionStore sessions,
        AccessTokenIssuer tokens,
        CancellationToken cancellationToken
    )
    {
        if (
            RefreshCookie.Read(context.Request) is { } token
            && await sessions.ExchangeAsync(token, cancellationToken) is { } session
        )
        {
            return Answer(context, tokens, session);
        }

        RefreshCookie.Remove(context);
        return Problems.Unauthorized("session_expired", "There is no session to go on with. Sign in again.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> LogOutAsync(
        HttpContext context,
        SessionStore sessions,
        CancellationToken cancellationToken,
        bool everywhere = false
    )
    {
        var token = RefreshCookie.Read(context.Request);
        if (everywhere)
        {
            var userId =
                context.User.FindFirstValue(AccessTokens.SubjectClaim) is { } subject
                    ? long.Parse(subject, CultureInfo.InvariantCulture)
                : token is { } value ? await sessions.FindOwnerAsync(value, cancellationToken)
                : null;
            if (userId is null)
            {
                return Problems.Unauthorized("session_expired", "There is no session to tell whose devices are meant.");
            }

            await sessions.RevokeAllAsync(userId.Value, cancellationToken);
        }
        else if (token is { } value)
        {
            await sessions.RevokeAsync(value, cancellationToken);
        }

        RefreshCookie.Remove(context);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult WrongPassword() =>
        Problems.Unauthorized("invalid_credentials", "The e-mail address or the password is wrong.");

    private static Ok<TokenResponse> Answer(HttpContext context, AccessTokenIssuer tokens, Session session)
    {
        RefreshCookie.Write(context, session);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(
            new TokenResponse(
                tokens.Issue(session.User),
                "Bearer",
                (int)tokens.Lifetime.TotalSeconds,
                session.User.ToResponse()
            )
        );
    }
}
