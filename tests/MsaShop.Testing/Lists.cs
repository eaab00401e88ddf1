using System.Net;
using System.Text.Json;
using Xunit;

namespace MsaShop.Testing;

/// <summary>What all lists in pages have in common.</summary>
public static class Lists
{
    /// <summary>
    /// Asks every list in pages, as the service's own document has them, for its last page and for the one after: no list is read
    /// to the end of a million.
    /// </summary>
    /// <param name="admin">An administrator.</param>
    /// <param name="lastPage">The last page.</param>
    public static async Task AssertListsEndAsync(this HttpClient admin, int lastPage)
    {
        var document = await admin.GetAsync("/openapi/v1.json").JsonAsync();
        var lists = document
            .GetProperty("paths")
            .EnumerateObject()
            .Where(path => path.Value.TryGetProperty("get", out var get) && TakesPage(get))
            .Select(path => path.Name.Replace("{id}", "1", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(lists);

        foreach (var list in lists)
        {
            var last = await admin.GetAsync($"{list}?page={lastPage}");
            Assert.True(last.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{list}: {last.StatusCode}");
            await admin.GetAsync($"{list}?page={lastPage + 1}").InvalidAsync("page");
        }
    }

    private static bool TakesPage(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
        && parameters.EnumerateArray().Any(parameter => parameter.GetProperty("name").GetString() == "page");
}
