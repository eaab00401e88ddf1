using Aspire.Hosting.Testing;
using Microsoft.Playwright;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>What a page of the shop keeps from others, and does not let them do.</summary>
[Collection(ShopCollection.Name)]
public sealed class SecurityTests(ShopFixture shop, StorefrontFixture storefront) : StorefrontTests(shop, storefront)
{
    [Fact]
    public Task Every_page_comes_with_its_policy() =>
        VisitAsync(
            Visitor.KoreanDesktop,
            async visit =>
            {
                foreach (var path in new[] { "/", "/orders/1", "/admin" })
                {
                    var answer = await visit.Page.GotoAsync(path);
                    var headers = await answer!.AllHeadersAsync();
                    var policy = headers["content-security-policy"];
                    Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
                    Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
                    Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
                    Assert.Equal("nosniff", headers["x-content-type-options"]);
                    Assert.Equal("strict-origin-when-cross-origin", headers["referrer-policy"]);
                    Assert.DoesNotContain(headers["server"], char.IsAsciiDigit);
                }
            }
        );

    [Fact]
    public Task Nothing_that_signs_in_can_be_read_by_a_script() =>
        VisitAsync(
            Visitor.KoreanDesktop,
            async visit =>
            {
                using var shopper = await visit.SignInSomebodyNewAsync();

                var readable = await visit.Page.EvaluateAsync<string>(
                    "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])"
                );

                Assert.DoesNotContain("eyJ", readable, StringComparison.Ordinal);
                Assert.EndsWith(",\"\"]", readable, StringComparison.Ordinal);
                var cookies = await visit.Page.Context.CookiesAsync();
                Assert.Equal(
                    ["shop_device", "shop_refresh"],
                    cookies.Select(cookie => cookie.Name).Order(StringComparer.Ordinal)
                );
                Assert.All(
                    cookies,
                    cookie =>
                    {
                        Assert.True(cookie.HttpOnly);
                        Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
                        Assert.Equal("/api/users", cookie.Path);
                    }
                );
            }
        );

    [Theory]
    [InlineData("script-src-elem", "s => { s.src = '{elsewhere}/docs'; }")]
    [InlineData("script-src-elem", "s => { s.textContent = 'window.ran = true'; }")]
    public Task A_foreign_script_does_not_run(string directive, string prepare) =>
        VisitAsync(
            Visitor.KoreanDesktop,
            async visit =>
            {
                visit.Problems.Announce("^console: .*Content Security Policy");
                visit.Problems.Announce("^request: GET /docs csp$");
                await visit.GoAsync("/");
                await Visit.SeeAsync(visit.Heading("catalogue.title"));
                var elsewhere = Shop.App.GetEndpoint("gateway-svc", "http").GetLeftPart(UriPartial.Authority);

                var violated = await visit.Page.EvaluateAsync<string>(
                    $$"""
                    () => new Promise((resolve) => {
                      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
                      const script = document.createElement('script');
                      ({{prepare.Replace("{elsewhere}", elsewhere, StringComparison.Ordinal)}})(script);
                      document.head.append(script);
                    })
                    """
                );

                Assert.Equal(directive, violated);
                Assert.False(await visit.Page.EvaluateAsync<bool>("'ran' in window"));
            }
        );
}
