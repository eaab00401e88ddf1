using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests;

public sealed class ApiDocumentTests(PaymentShop shop) : IClassFixture<PaymentShop>
{
    [Fact]
    public Task The_api_is_as_documented() => shop.AssertApiIsAsDocumentedAsync();
}
