using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Http;
using MsaShop.UserService.Data;

namespace MsaShop.UserService.Accounts;

/// <summary>Which users are wanted.</summary>
public sealed record UserQuery : PageRequest
{
    /// <summary>A part of the name or of the e-mail address.</summary>
    [StringLength(User.MaxEmailLength)]
    public string? Q { get; init; }

    /// <summary>Only users with this role: USER or ADMIN.</summary>
    [AllowedValues(null, "USER", "ADMIN")]
    public string? Role { get; init; }
}

/// <summary>A new role for a user.</summary>
/// <param name="Role">The role.</param>
public sealed record RoleChange([Required] UserRole? Role);

/// <summary>What an administrator sees and does.</summary>
public static class UserAdministrationApi
{
    /// <summary>Maps the endpoints.</summary>
    public static RouteGroupBuilder MapUserAdministration(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/users").RequireAuthorization(Policies.Admin).WithTags("Administration");
        group.MapGet("", ListAsync).WithName("ListUsers").WithSummary("Lists users, the newest first.");
        group
            .MapPatch("/{id:long}/role", ChangeRoleAsync)
            .WithName("ChangeRole")
            .WithSummary("Makes a user an administrator, or one no longer.");
        return group;
    }

    private static async Task<Results<Ok<PagedList<UserResponse>>, ValidationProblem>> ListAsync(
        [AsParameters] UserQuery query,
        UserDbContext db,
        CancellationToken cancellationToken
    )
    {
        var users = db.Users.AsNoTracking();
        if (query.Role is { } word)
        {
            var role = Enum.Parse<UserRole>(word, ignoreCase: true);
            users = users.Where(user => user.Role == role);
        }

        if (!string.IsNullOrWhiteSpace(query.Q))
        {
            var text = query.Q.Trim();
            var email = EmailAddresses.Normalize(text);
            users = users.Where(user => user.Name.Contains(text) || user.Email.Contains(email));
        }

        var total = await users.LongCountAsync(cancellationToken);
        var page = await query.Apply(users.OrderByDescending(user => user.Id)).ToListAsync(cancellationToken);
        return TypedResults.Ok(query.ToPage<UserResponse>([.. page.Select(user => user.ToResponse())], total));
    }

    private static async Task<Results<Ok<UserResponse>, ValidationProblem, ProblemHttpResult>> ChangeRoleAsync(
        long id,
        RoleChange change,
        CurrentUser me,
        UserDbContext db,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (id == me.Id)
        {
            // So the shop cannot lose its last administrator by a slip.
            return Problems.Conflict("own_role", "Another administrator has to change your role.");
        }

        var user = await db.Users.SingleOrDefaultAsync(user => user.Id == id, cancellationToken);
        if (user is null)
        {
            return Problems.NotFound("user");
        }

        // The role travels in the access token, so it takes hold with the user's next one.
        user.Role = change.Role!.Value;
        user.UpdatedAt = time.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(user.ToResponse());
    }
}
