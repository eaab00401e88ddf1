namespace MsaShop.UserService.Accounts;

/// <summary>Checks the stored role: the roles are in this service's database.</summary>
internal sealed class StoredAdmins(UserDbContext database) : IAdminCheck
{
    public Task<bool> IsAdminNowAsync(long userId, HttpContext context) =>
        database.Users.AnyAsync(user => user.Id == userId && user.Role == UserRole.Admin, context.RequestAborted);
}
