using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using MsaShop.ServiceDefaults.Text;
using MsaShop.UserService.Sessions;

namespace MsaShop.UserService.Accounts;

/// <summary>A change of one's own account. What is absent stays.</summary>
/// <param name="Name">The new name.</param>
/// <param name="Phone">The new phone number; an empty one removes it.</param>
/// <param name="NewPassword">The new password; requires the current one.</param>
/// <param name="CurrentPassword">The current password.</param>
public sealed record ProfileChange(
    [StringLength(User.MaxNameLength), NotBlank] string? Name,
    [
        StringLength(User.MaxPhoneLength),
        RegularExpression(ProfileApi.PhonePattern, ErrorMessage = ProfileApi.PhoneError)
    ]
        string? Phone,
    [StringLength(Passwords.MaxLength, MinimumLength = Passwords.MinLength)]
    [property: JsonConverter(typeof(PasswordConverter))]
        string? NewPassword,
    [StringLength(Passwords.MaxTypedLength)] [property: JsonConverter(typeof(ExactConverter))] string? CurrentPassword
);

internal static class ProfileApi
{
    internal const string PhonePattern = "[0-9+() -]{7,20}";
    internal const string PhoneError = "A phone number has 7 to 20 digits, blanks and the signs + - ( ).";

    public static void MapProfile(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/users/me").RequireAuthorization().WithTags("Accounts");
        group.MapGet("", GetAsync).WithName("GetProfile").WithSummary("Shows one's own account.");
        group
            .MapPatch("", ChangeAsync)
            .WithName("ChangeProfile")
            .WithSummary("Changes one's own account. A new password ends all other sessions.");
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> GetAsync(
        CurrentUser me,
        UserDbContext database,
        CancellationToken cancellationToken
    ) =>
        await database.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == me.Id, cancellationToken)
            is { } user
            ? TypedResults.Ok(user.ToResponse())
            : Problems.NotFound("user");

    private static async Task<Results<Ok<UserResponse>, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        ProfileChange change,
        CurrentUser me,
        HttpContext context,
        UserDbContext database,
        AccountStore accounts,
        Passwords passwords,
        LoginAttempts attempts,
        KnownDevices devices,
        CancellationToken cancellationToken
    )
    {
        var known = await database
            .Users.AsNoTracking()
            .SingleOrDefaultAsync(user => user.Id == me.Id, cancellationToken);
        if (known is null)
        {
            return Problems.NotFound("user");
        }

        string? newHash = null;
        if (change.NewPassword is not null)
        {
            // Otherwise a stolen access token could be used to guess the password.
            var guess = await devices.GuessAsync(context, known.Email, known);
            using var turn = await attempts.WaitForTurnAsync(guess, cancellationToken);
            if (attempts.MustWait(guess, turn) is { } wait)
            {
                return wait;
            }

            if (!passwords.Match(known, change.CurrentPassword ?? ""))
            {
                attempts.Failed(guess);
                return WrongPassword();
            }

            newHash = passwords.Hash(change.NewPassword);
        }

        return await accounts.ChangeProfileAsync(
            known,
            change,
            newHash,
            RefreshCookie.Read(context.Request),
            cancellationToken
        ) switch
        {
            AccountOutcome.Changed(var user) => TypedResults.Ok(user.ToResponse()),
            AccountOutcome.NotFound => Problems.NotFound("user"),
            // It was right, but the password has just been changed.
            _ => WrongPassword(),
        };
    }

    private static ValidationProblem WrongPassword() =>
        Problems.Invalid("currentPassword", "This is not the current password.");
}
