using MsaShop.OrderService.Orders;
using MsaShop.OrderService.Stock;
using MsaShop.OrderService.Users;

namespace MsaShop.OrderService.Placing;

internal abstract record PlacingDecision
{
    private PlacingDecision() { }

    /// <param name="Order">Has no id yet.</param>
    public sealed record Place(Order Order) : PlacingDecision;

    /// <summary>For a reason that a retry does not change.</summary>
    /// <param name="ReturnsStock">Whether stock may have been taken.</param>
    public sealed record Refuse(IResult Why, bool ReturnsStock = false) : PlacingDecision;
}

internal static class PlacingDecisions
{
    public static PlacingDecision Decide(
        OrderPlacement placement,
        OrderRequest request,
        ShopUser user,
        StockAnswer answer,
        PaymentTermsOptions terms,
        DateTime now
    ) =>
        answer switch
        {
            StockAnswer.Taken(var lines) => new PlacingDecision.Place(
                Create(placement, request, user, lines, terms, now)
            ),
            // An earlier try of the call may still be carried out.
            _ => new PlacingDecision.Refuse(Explain(request, answer, terms), ReturnsStock: answer.AskedTwice),
        };

    /// <summary>The outcome of ending a placement.</summary>
    /// <param name="stored">Null if it had already ended.</param>
    /// <param name="found">The answer found in that case: an earlier try's commit may have come through late.</param>
    public static PlacingOutcome Conclude(RecordedAnswer? stored, RecordedAnswer? found) =>
        (stored ?? found) is { } answer ? new PlacingOutcome.Decided(answer) : new PlacingOutcome.Undone();

    private static IResult Explain(OrderRequest request, StockAnswer refusal, PaymentTermsOptions terms) =>
        refusal switch
        {
            StockAnswer.OutOfStock(var items) => PlacingAnswers.OutOfStock(items),
            StockAnswer.PriceChanged(var items) => PlacingAnswers.PriceChanged(request.ExpectedTotal, items),
            StockAnswer.TotalTooSmall(var items) => PlacingAnswers.TotalTooSmall(
                terms.LeastFor(request.PaymentMethod),
                items
            ),
            StockAnswer.UnknownProduct(var ids) => PlacingAnswers.UnknownProduct(ids),
            _ => throw new InvalidOperationException($"Unforeseen answer {refusal}."),
        };

    private static Order Create(
        OrderPlacement placement,
        OrderRequest request,
        ShopUser user,
        IReadOnlyList<TakenLine> lines,
        PaymentTermsOptions terms,
        DateTime now
    ) =>
        new()
        {
            OrderNumber = placement.OrderNumber,
            UserId = user.Id,
            Email = request.Email!,
            TotalPrice = lines.SumPrices(),
            PaymentMethod = request.PaymentMethod,
            Recipient = request.Recipient?.ToRecipient(),
            DepositorName =
                request.PaymentMethod == PaymentMethod.BankTransfer
                    ? request.GetDepositorName() ?? request.Recipient?.Name ?? user.Name
                    : null,
            PayBy = now + terms.For(request.PaymentMethod, lines),
            CreatedAt = now,
            UpdatedAt = now,
            Items = [.. lines.Select(CreateItem)],
        };

    private static OrderItem CreateItem(TakenLine line) =>
        new()
        {
            ProductId = line.ProductId,
            ProductName = line.Name,
            Price = line.Price,
            Quantity = line.Quantity,
        };
}
