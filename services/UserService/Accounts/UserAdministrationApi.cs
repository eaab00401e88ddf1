using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MsaShop.UserService.Accounts;

/// <summary>Which users to list.</summary>
public sealed record UserQuery : PageRequest
{
    /// <summary>Part of the name or of the e-mail address.</summary>
    [StringLength(User.MaxEmailLength)]
    public string? Q { get; init; }

    /// <summary>Only users with this role: USER or ADMIN.</summary>
    [AllowedValues(null, "USER", "ADMIN")]
    public string? Role { get; init; }
}

/// <summary>Which role changes to list.</summary>
public sealed record RoleChangeQuery : PageRequest
{
    /// <summary>Only changes of this user's role.</summary>
    [Range(1, long.MaxValue)]
    public long? UserId { get; init; }
}

/// <summary>A change of a user's role.</summary>
/// <param name="UserId">The user whose role changed.</param>
/// <param name="ChangedBy">The administrator who changed it.</param>
/// <param name="OldRole">The role before.</param>
/// <param name="NewRole">The role afterwards.</param>
/// <param name="ChangedAt">When it changed.</param>
public sealed record RoleChangeResponse(
    long Id,
    long UserId,
    string Name,
    string Email,
    long ChangedBy,
    string ChangedByName,
    UserRole OldRole,
    UserRole NewRole,
    DateTime ChangedAt
);

internal static class UserAdministrationApi
{
    /// <summary>
    /// As in the other services. Not every server's default collation matches letters of other widths.
    /// </summary>
    private const string NameCollation = "utf8mb4_unicode_520_ci";

    public static void MapUserAdministration(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/users").RequireAuthorization(Policies.Admin).WithTags("Administration");
        group.MapGet("", ListAsync).WithName("ListUsers").WithSummary("Lists users, the newest first.");
        group
            .MapGet("/role-changes", ListRoleChangesAsync)
            .WithName("ListRoleChanges")
            .WithSummary("Lists who changed whose role, the newest first.")
            .WithDescription(LongList.TotalDescription);
        group
            .MapPatch("/{id:long}/role", ChangeRoleAsync)
            .WithName("ChangeRole")
            .WithSummary("Makes a user an administrator, or one no longer. It ends the user's sessions.");
    }

    private static async Task<Results<Ok<PagedList<UserResponse>>, ValidationProblem>> ListAsync(
        [AsParameters] UserQuery query,
        UserDbContext database,
        CancellationToken cancellationToken
    )
    {
        var users = database.Users.AsNoTracking();
        if (query.Role is { } word)
        {
            var role = Enum.Parse<UserRole>(word, ignoreCase: true);
            users = users.Where(user => user.Role == role);
        }

        if (!string.IsNullOrWhiteSpace(query.Q))
        {
            var text = new SearchText(query.Q);
            users = users.Where(user =>
                EF.Functions.Collate(user.Name, NameCollation).Contains(text.Typed)
                || EF.Functions.Collate(user.Name, NameCollation).Contains(text.Folded)
                || EF.Functions.Collate(user.Name, NameCollation).Contains(text.Apart)
                || user.Email.Contains(text.Folded)
            );
        }

        var total = await users.LongCountAsync(cancellationToken);
        var page = await query.Apply(users.OrderByDescending(user => user.Id)).ToListAsync(cancellationToken);
        return TypedResults.Ok(query.ToPage<UserResponse>([.. page.Select(user => user.ToResponse())], total));
    }

    private static async Task<Ok<PagedList<RoleChangeResponse>>> ListRoleChangesAsync(
        [AsParameters] RoleChangeQuery query,
        UserDbContext database,
        CancellationToken cancellationToken
    )
    {
        var changes = database.RoleChanges.AsNoTracking();
        if (query.UserId is { } userId)
        {
            changes = changes.Where(change => change.UserId == userId);
        }

        var page = await query
            .Apply(changes.OrderByDescending(change => change.Id))
            .Join(database.Users, change => change.UserId, user => user.Id, (change, user) => new { change, user })
            .Join(
                database.Users,
                pair => pair.change.ChangedBy,
                admin => admin.Id,
                (pair, admin) =>
                    new RoleChangeResponse(
                        pair.change.Id,
                        pair.change.UserId,
                        pair.user.Name,
                        pair.user.Email,
                        pair.change.ChangedBy,
                        admin.Name,
                        pair.change.OldRole,
                        pair.change.NewRole,
                        pair.change.ChangedAt
                    )
            )
            .ToListAsync(cancellationToken);
        var total = await query.CountAsync(changes, page.Count, cancellationToken);
        return TypedResults.Ok(query.ToPage([.. page.OrderByDescending(change => change.Id)], total));
    }

    private static async Task<Results<Ok<UserResponse>, ValidationProblem, ProblemHttpResult>> ChangeRoleAsync(
        long id,
        RoleChange change,
        CurrentUser me,
        AccountStore accounts,
        CancellationToken cancellationToken
    )
    {
        if (id == me.Id)
        {
            // Otherwise the shop could lose its last administrator by accident.
            return Problems.Conflict("own_role", "Another administrator has to change your role.");
        }

        return await accounts.ChangeRoleAsync(id, change.Role!.Value, me.Id, cancellationToken) switch
        {
            AccountOutcome.Changed(var user) => TypedResults.Ok(user.ToResponse()),
            AccountOutcome.NotFound => Problems.NotFound("user"),
            _ => Problems.Forbidden("forbidden", "You are an administrator no longer."),
        };
    }
}
