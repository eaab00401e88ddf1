using Microsoft.Playwright;
using MsaShop.EndToEnd.Tests.Telemetry;
using static MsaShop.EndToEnd.Tests.Storefront.Visit;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>What a shopper does in the browser is the beginning of the services' traces.</summary>
[Collection(ShopCollection.Name)]
public sealed class BrowserTraceTests(ShopFixture shop, StorefrontFixture storefront)
    : StorefrontTests(shop, storefront)
{
    [Fact]
    public Task A_click_and_what_the_services_did_for_it_are_one_trace() =>
        VisitAsync(
            Visitor.KoreanDesktop,
            async visit =>
            {
                using var shopper = await visit.SignInSomebodyNewAsync();
                await visit.AccountMenu().ClickAsync();

                var asked = await visit.Page.RunAndWaitForRequestAsync(
                    () =>
                        visit
                            .Page.GetByRole(AriaRole.Menuitem, new() { Name = visit.Words["orders.title"] })
                            .ClickAsync(),
                    request => new Uri(request.Url).AbsolutePath == "/api/orders"
                );
                await SeeAsync(visit.Heading("orders.title"));

                var parent = (await asked.AllHeadersAsync())["traceparent"].Split('-');
                await Shop.WaitForTraceAsync(parent[1], "frontend-svc", "gateway-svc", "order-svc");
                // The request is a span of its own, and a child of what the shopper did, which comes when that is over.
                await Shop.WaitForSpansAsync(
                    parent[1],
                    "click before its request",
                    spans =>
                        spans.SingleOrDefault(span => span.SpanId == parent[2]) is { Service: "frontend-svc" } request
                        && spans.Any(span => span.SpanId == request.ParentId && span.Service == "frontend-svc")
                );
            }
        );
}
