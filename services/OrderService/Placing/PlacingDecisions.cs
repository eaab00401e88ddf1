using MsaShop.OrderService.Orders;
using MsaShop.OrderService.Stock;
using MsaShop.OrderService.Users;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Placing;

/// <summary>How the placing of an order ends.</summary>
internal abstract record PlacingDecision
{
    private PlacingDecision() { }

    /// <summary>With the order.</summary>
    /// <param name="Order">The order, which has no id yet.</param>
    public sealed record Place(Order Order) : PlacingDecision;

    /// <summary>Without one, for a reason that trying again does not change.</summary>
    /// <param name="Why">The answer.</param>
    /// <param name="ReturnsStock">Whether stock may have been taken that has to go back.</param>
    public sealed record Refuse(IResult Why, bool ReturnsStock = false) : PlacingDecision;
}

/// <summary>Decides what comes of the wish to order, from what is known of it.</summary>
internal static class PlacingDecisions
{
    /// <summary>A request with a key that was used before.</summary>
    /// <param name="earlier">The placement that has the key.</param>
    /// <param name="requestHash">What is wanted now.</param>
    public static PlacingOutcome Repeat(OrderPlacement earlier, string requestHash) =>
        earlier switch
        {
            _ when earlier.RequestHash != requestHash => new PlacingOutcome.KeyReused(),
            { Answer: { } answer } => new PlacingOutcome.Decided(answer),
            _ => new PlacingOutcome.InProgress(),
        };

    /// <summary>A request that product-svc has answered.</summary>
    /// <param name="placement">The placement.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="user">By whom.</param>
    /// <param name="answer">What product-svc says.</param>
    /// <param name="terms">How long, and how much, can be paid.</param>
    /// <param name="now">The time.</param>
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
            // Where product-svc was asked more than once, an earlier question may yet be carried out.
            _ => new PlacingDecision.Refuse(Explain(request, answer, terms), ReturnsStock: answer.AskedTwice),
        };

    /// <summary>A placement has been told to end.</summary>
    /// <param name="stored">The answer that was stored; null where there was nothing to end any more.</param>
    /// <param name="found">The answer that is found then: an earlier try may have ended it, whose commit came late.</param>
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
