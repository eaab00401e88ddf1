using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>Tests that look at the shop through a real browser.</summary>
public abstract class StorefrontTests(ShopFixture shop, StorefrontFixture storefront)
{
    protected ShopFixture Shop { get; } = shop;

    /// <summary>
    /// Lets somebody visit the shop. Afterwards nothing may have gone wrong in the browser that the test has not announced,
    /// and the shop's books must be right. When something fails, what was to be seen is kept.
    /// </summary>
    protected async Task VisitAsync(
        Visitor visitor,
        Func<Visit, Task> act,
        Uri? address = null,
        [CallerMemberName] string test = ""
    )
    {
        await using var visit = await storefront.OpenAsync(Shop, visitor, address);
        try
        {
            await act(visit);
            var problems = visit.Problems.Unannounced();
            Assert.True(problems.Count == 0, $"The browser met with:\n{string.Join('\n', problems)}");
        }
        catch (Exception exception)
        {
            var folder = Repository.PathOf("artifacts", "storefront", $"{GetType().Name}.{test}.{visitor}");
            await visit.SaveAsync(folder);
            throw new XunitException(
                $"{exception.Message}\n\nAt {visit.Page.Url}. The page and the trace are in {folder} (playwright show-trace).\n"
                    + $"In the browser:\n{string.Join('\n', visit.Problems.Unannounced())}",
                exception
            );
        }

        await Shop.SettleAndCheckAsync();
    }
}
