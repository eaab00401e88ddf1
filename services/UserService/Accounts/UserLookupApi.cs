using Microsoft.AspNetCore.Http.HttpResults;

namespace MsaShop.UserService.Accounts;

internal static class UserLookupApi
{
    public static void MapUserLookup(this IEndpointRouteBuilder app) =>
        app.MapGet("/users/{id:long}", FindAsync).CalledBy(ServiceNames.Gateway, ServiceNames.Orders);

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> FindAsync(
        long id,
        UserDbContext database,
        CancellationToken cancellationToken
    ) =>
        await s_find(database, id, cancellationToken) is { } user
            ? TypedResults.Ok(user.ToResponse())
            : Problems.NotFound("user");

    /// <summary>Compiled once, because every order asks.</summary>
    private static readonly Func<UserDbContext, long, CancellationToken, Task<User?>> s_find = EF.CompileAsyncQuery(
        (UserDbContext database, long id, CancellationToken _) =>
            database.Users.AsNoTracking().FirstOrDefault(user => user.Id == id)
    );
}
