using System.Net;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Users;

/// <summary>An account, as user-svc tells the other services.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Email">The user's e-mail address.</param>
/// <param name="Name">The user's name.</param>
/// <param name="Phone">The user's phone number, if they gave one.</param>
public sealed record ShopUser(long Id, string Email, string Name, string? Phone);

/// <summary>Asks user-svc about users.</summary>
public sealed class UserClient(HttpClient http)
{
    /// <summary>The user with this id, or null.</summary>
    public async Task<ShopUser?> FindAsync(long id, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync($"/internal/users/{id}", cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound
            ? null
            : await response
                .EnsureSuccessStatusCode()
                .Content.ReadFromJsonAsync<ShopUser>(ShopJson.Options, cancellationToken);
    }
}
