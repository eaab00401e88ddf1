namespace MsaShop.UserService.Sessions;

/// <summary>
/// Deletes expired refresh tokens, which can be neither used nor replayed. A returning user's go when they sign in or
/// refresh; the others go here.
/// </summary>
public sealed class ExpiredTokenCleaner(
    IServiceScopeFactory scopes,
    IOptions<RefreshTokenOptions> options,
    TimeProvider time,
    ILogger<ExpiredTokenCleaner> logger
) : RowCleaner<UserDbContext>(scopes, time, logger)
{
    public override string Table => "refresh_tokens";

    protected override Task<int> DeleteAsync(UserDbContext database, DateTime now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        var before = now - options.Value.KeepExpired;
        return database.Database.ExecuteSqlAsync(
            $"DELETE FROM refresh_tokens WHERE expires_at < {before} ORDER BY expires_at LIMIT {BatchSize}",
            cancellationToken
        );
    }
}
