using System.Net;

namespace MsaShop.OrderService.Users;

/// <summary>An account, as user-svc reports it to other services.</summary>
public sealed record ShopUser(long Id, string Email, string Name);

public sealed class UserClient(HttpClient http)
{
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
