using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Authentication;

namespace MsaShop.UserService.Accounts;

/// <summary>Looks up whether an administrator still is one: the roles are here.</summary>
internal sealed class StoredAdmins(UserDbContext db) : IAdminCheck
{
    public Task<bool> IsAdminNowAsync(long userId, HttpContext context) =>
        db.Users.AnyAsync(user => user.Id == userId && user.Role == UserRole.Admin, context.RequestAborted);
}
