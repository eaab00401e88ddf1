using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Authentication;

namespace MsaShop.UserService.Accounts;

/// <summary>Checks the stored role: the roles are in this service's database.</summary>
internal sealed class StoredAdmins(UserDbContext db) : IAdminCheck
{
    public Task<bool> IsAdminNowAsync(long userId, HttpContext context) =>
        db.Users.AnyAsync(user => user.Id == userId && user.Role == UserRole.Admin, context.RequestAborted);
}
