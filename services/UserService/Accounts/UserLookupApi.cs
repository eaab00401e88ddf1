using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Errors;

namespace MsaShop.UserService.Accounts;

/// <summary>What other services ask.</summary>
public static class UserLookupApi
{
    /// <summary>Maps the look-up under the internal endpoints.</summary>
    public static RouteGroupBuilder MapUserLookup(this RouteGroupBuilder internals)
    {
        internals.MapGet("/users/{id:long}", FindAsync).CalledBy(ServiceNames.Gateway, ServiceNames.Orders);
        return internals;
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> FindAsync(
        long id,
        UserDbContext db,
        CancellationToken cancellationToken
    ) =>
        await s_find(db, id, cancellationToken) is { } user
            ? TypedResults.Ok(user.ToResponse())
            : Problems.NotFound("user");

    /// <summary>Compiled once: every order asks.</summary>
    private static readonly Func<UserDbContext, long, CancellationToken, Task<User?>> s_find = EF.CompileAsyncQuery(
        (UserDbContext db, long id, CancellationToken _) =>
            db.Users.AsNoTracking().FirstOrDefault(user => user.Id == id)
    );
}
