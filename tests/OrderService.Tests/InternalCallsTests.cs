using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MsaShop.OrderService.Stock;
using MsaShop.OrderService.Users;
using MsaShop.Testing;
using Xunit.Sdk;

namespace MsaShop.OrderService.Tests;

/// <summary>What order-svc asks other services is what their internal documents offer.</summary>
public sealed class InternalCallsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_user_is_asked_for_and_read_as_documented(bool everything)
    {
        using var users = new DocumentedService { AnswersEverything = everything };

        var user = await new UserClient(users.CreateClient()).FindAsync(7, CancellationToken.None);

        Assert.NotNull(user);
        users.AssertAnswered(user);
    }

    [Theory]
    [InlineData(true, 12_000L)]
    [InlineData(false, null)]
    public async Task Stock_is_taken_as_documented(bool everything, long? expectedTotal)
    {
        using var products = new DocumentedService { AnswersEverything = everything };

        var answer = await TakeAsync(products, expectedTotal);

        products.AssertAnswered(Assert.IsType<StockAnswer.Taken>(answer).Items, "items");
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict, "out_of_stock")]
    [InlineData(HttpStatusCode.Conflict, "price_changed")]
    [InlineData(HttpStatusCode.UnprocessableEntity, "total_too_small")]
    [InlineData(HttpStatusCode.UnprocessableEntity, "unknown_product")]
    public async Task A_refusal_to_give_stock_is_documented(HttpStatusCode status, string code)
    {
        using var products = new DocumentedService { Refusal = (status, code) };

        // The document has the codes, not what each comes with.
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => TakeAsync(products, null));

        Assert.Contains(code, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stock_is_returned_as_documented()
    {
        using var products = new DocumentedService();

        await new StockClient(products.CreateClient()).ReturnAsync("20261123-ORDER1", CancellationToken.None);
    }

    [Theory]
    [InlineData("/internal/users/1", "answer.mail is unknown")]
    [InlineData("/internal/users/1?verbose=true", "takes no ?verbose")]
    [InlineData("/internal/accounts/1", "No document has GET /internal/accounts/1")]
    public async Task A_stub_that_is_asked_or_answers_otherwise_is_found_out(string path, string fault)
    {
        var stub = await StubService.StartAsync(app =>
            app.Map("/internal/{**path}", () => Results.Json(new { id = 1, mail = "a@example.com" }))
        );
        using var client = new HttpClient();
        await client.GetAsync(new Uri(stub.Address, path));

        var failure = await Assert.ThrowsAnyAsync<XunitException>(() => stub.DisposeAsync().AsTask());

        Assert.Contains(fault, failure.Message, StringComparison.Ordinal);
    }

    private static Task<StockAnswer> TakeAsync(DocumentedService products, long? expectedTotal) =>
        new StockClient(products.CreateClient()).TakeAsync(
            "20261123-ORDER1",
            [new StockLine(3, 2)],
            expectedTotal,
            leastTotal: 100,
            CancellationToken.None
        );
}
