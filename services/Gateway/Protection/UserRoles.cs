using System.Net;

namespace MsaShop.Gateway.Protection;

internal sealed class UserRoles(HttpClient http)
{
    public async Task<bool> IsAdminAsync(long userId, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync($"/internal/users/{userId}", cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        var user = await response
            .EnsureSuccessStatusCode()
            .Content.ReadFromJsonAsync<Answer>(ShopJson.Options, cancellationToken);
        return user?.Role == AccessTokens.AdminRole;
    }

    private sealed record Answer(string? Role);
}
