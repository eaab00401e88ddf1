using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using MsaShop.ServiceDefaults.Text;

namespace MsaShop.UserService.Accounts;

/// <summary>A new account.</summary>
/// <param name="Email">The e-mail address to sign in with.</param>
/// <param name="Password">The password to sign in with.</param>
/// <param name="Name">The user's name.</param>
/// <param name="Phone">The user's phone number.</param>
public sealed record SignupRequest(
    [Required, ShopEmail] string Email,
    [Required, StringLength(Passwords.MaxLength, MinimumLength = Passwords.MinLength)]
    [property: JsonConverter(typeof(PasswordConverter))]
        string Password,
    [Required, StringLength(User.MaxNameLength)] string Name,
    [
        StringLength(User.MaxPhoneLength),
        RegularExpression(ProfileApi.PhonePattern, ErrorMessage = ProfileApi.PhoneError)
    ]
        string? Phone
);

internal static class SignupApi
{
    public static void MapSignup(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/users/signup", SignUpAsync)
            .AllowAnonymous()
            .WithTags("Accounts")
            .WithName("SignUp")
            .WithSummary("Makes an account.");

    private static async Task<Results<Created<UserResponse>, ValidationProblem, ProblemHttpResult>> SignUpAsync(
        SignupRequest request,
        AccountStore accounts,
        Passwords passwords,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow().UtcDateTime;
        var user = new User
        {
            Email = EmailAddresses.Normalize(request.Email),
            PasswordHash = passwords.Hash(request.Password),
            Name = request.Name.Trim(),
            Phone = string.IsNullOrWhiteSpace(request.Phone) ? null : request.Phone.Trim(),
            Role = UserRole.User,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return await accounts.AddAsync(user, cancellationToken) is { } added
            ? TypedResults.Created("/api/users/me", added.ToResponse())
            : Problems.Conflict("email_taken", "There is an account with this e-mail address already.");
    }
}
