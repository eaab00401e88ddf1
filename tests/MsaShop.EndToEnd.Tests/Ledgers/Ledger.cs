using MsaShop.EndToEnd.Tests.Payments;

namespace MsaShop.EndToEnd.Tests.Ledgers;

/// <summary>What must hold in the shop at every quiet moment, whatever has happened before.</summary>
public static class Ledger
{
    private static readonly string[] s_paidStates = ["CONFIRMED", "SHIPPING", "DELIVERED"];

    /// <summary>All that is wrong, in words; nothing when all is well.</summary>
    public static IReadOnlyList<string> FindViolations(ShopRecords shop, IReadOnlyList<TossPayment> toss) =>
        [.. Products(shop), .. Takes(shop), .. Orders(shop), .. Payments(shop), .. Charges(shop, toss)];

    /// <summary>A product's stock is what its ledger adds up to, and its status follows.</summary>
    private static IEnumerable<string> Products(ShopRecords shop)
    {
        foreach (var product in shop.Products)
        {
            if (product.Stock < 0)
            {
                yield return $"product {product.Id}: stock {product.Stock} is below zero";
            }

            if (product.Ledger != product.Stock || product.LedgerStock != product.Stock)
            {
                yield return $"product {product.Id}: stock {product.Stock}, but its ledger adds up to {product.Ledger} and ends with {product.LedgerStock}";
            }

            var status = product.Stock > 0 ? "AVAILABLE" : "OUT_OF_STOCK";
            if (product.Status != "DISCONTINUED" && product.Status != status)
            {
                yield return $"product {product.Id}: {product.Status} with a stock of {product.Stock}";
            }
        }
    }

    /// <summary>Stock is taken by orders that exist and are not cancelled, by nobody else, and exactly what they hold.</summary>
    private static IEnumerable<string> Takes(ShopRecords shop)
    {
        var orders = shop.Orders.ToDictionary(order => order.OrderNumber, StringComparer.Ordinal);
        var takes = shop.Takes.ToDictionary(take => take.OrderNumber, StringComparer.Ordinal);
        var movements = shop.Movements.ToDictionary(entry => (entry.OrderNumber, entry.Kind), entry => entry.Lines);

        foreach (var take in shop.Takes)
        {
            var order = orders.GetValueOrDefault(take.OrderNumber);
            var open = order is not null && order.Status != "CANCELLED";
            if (open != (take.Status == "TAKEN"))
            {
                yield return $"order {take.OrderNumber}: its stock is {take.Status}, and the order is {order?.Status ?? "not there"}";
            }

            var taken = movements.GetValueOrDefault((take.OrderNumber, "TAKEN"), "");
            var returned = movements.GetValueOrDefault((take.OrderNumber, "RETURNED"), "");
            if (taken != take.Lines || returned != (take.Status == "RETURNED" ? take.Lines : ""))
            {
                yield return $"order {take.OrderNumber}: took '{take.Lines}' ({take.Status}), but the ledger says taken '{taken}', returned '{returned}'";
            }
        }

        foreach (var order in shop.Orders)
        {
            var lines = takes.GetValueOrDefault(order.OrderNumber)?.Lines;
            if (lines != order.Lines)
            {
                yield return $"order {order.OrderNumber}: {order.Status} with '{order.Lines}', but it took '{lines}'";
            }
        }
    }

    /// <summary>An order is paid if, and only if, it has a payment that says so.</summary>
    private static IEnumerable<string> Orders(ShopRecords shop)
    {
        var payments = shop.Payments.ToLookup(payment => payment.OrderId);
        foreach (var order in shop.Orders)
        {
            var own = payments[order.Id].ToList();
            var payment = own.FirstOrDefault();
            if (own.Count > 1)
            {
                yield return $"order {order.OrderNumber}: has {own.Count} payments";
            }

            if (order.PaymentHold is not null)
            {
                yield return $"order {order.OrderNumber}: is held for a payment that nobody makes";
            }

            var paid = s_paidStates.Contains(order.Status);
            if (paid && payment is not { Status: "COMPLETED" or "REFUNDED" })
            {
                yield return $"order {order.OrderNumber}: is {order.Status}, and its payment {payment?.Status ?? "missing"}";
            }

            if (!paid && payment is { Status: "COMPLETED" })
            {
                yield return $"order {order.OrderNumber}: is {order.Status}, and its payment COMPLETED ({payment.RefundedAmount} of {payment.Amount} refunded)";
            }

            if (order.Status == "CONFIRMED" && payment is { Status: "REFUNDED" })
            {
                yield return $"order {order.OrderNumber}: may be shipped, and all of its money went back";
            }

            if (order.Status == "CANCELLED" && payment is { Status: "PENDING" })
            {
                yield return $"order {order.OrderNumber}: is CANCELLED, and its payment still awaited";
            }

            if (payment is not null && (payment.Amount != order.TotalPrice || payment.Method != order.PaymentMethod))
            {
                yield return $"order {order.OrderNumber}: costs {order.TotalPrice} by {order.PaymentMethod}, its payment is {payment.Amount} by {payment.Method}";
            }

            if (paid && order.PaymentId is { } paymentId && paymentId != payment?.Id)
            {
                yield return $"order {order.OrderNumber}: names payment {paymentId}, but has {payment?.Id}";
            }
        }
    }

    /// <summary>A payment belongs to an order, and its refunds add up.</summary>
    private static IEnumerable<string> Payments(ShopRecords shop)
    {
        var orders = shop.Orders.Select(order => order.Id).ToHashSet();
        foreach (var payment in shop.Payments)
        {
            if (!orders.Contains(payment.OrderId))
            {
                yield return $"payment {payment.Id}: its order {payment.OrderId} is not there";
            }

            if (payment.RefundedAmount != payment.Refunds || payment.RefundedAmount > payment.Amount)
            {
                yield return $"payment {payment.Id}: {payment.RefundedAmount} of {payment.Amount} is refunded, but its refunds add up to {payment.Refunds}";
            }

            var refunded = payment.RefundedAmount == payment.Amount;
            if (payment.Status == "REFUNDED" != refunded && payment.Status is "REFUNDED" or "COMPLETED")
            {
                yield return $"payment {payment.Id}: {payment.Status} with {payment.RefundedAmount} of {payment.Amount} refunded";
            }
        }
    }

    /// <summary>What Toss charged and gave back is what the shop has written down, order by order and key by key.</summary>
    private static IEnumerable<string> Charges(ShopRecords shop, IReadOnlyList<TossPayment> toss)
    {
        var cards = shop
            .Payments.Where(payment => payment is { Method: "CARD", Status: "COMPLETED" or "REFUNDED" })
            .ToDictionary(payment => payment.OrderNumber, StringComparer.Ordinal);
        var attempts = shop.Attempts.ToDictionary(attempt => attempt.PaymentKey, StringComparer.Ordinal);

        foreach (var charge in toss.Where(payment => payment.IsCharged))
        {
            var payment = cards.GetValueOrDefault(charge.OrderId);
            if (payment is null || payment.PaymentKey != charge.PaymentKey)
            {
                if (charge.BalanceAmount != 0)
                {
                    yield return $"order {charge.OrderId}: Toss keeps {charge.BalanceAmount} ({charge.Status}, {charge.PaymentKey}), and the shop knows of no such charge";
                }
            }
            else if (payment.Amount != charge.TotalAmount || payment.RefundedAmount != charge.RefundedAmount)
            {
                yield return $"order {charge.OrderId}: Toss charged {charge.TotalAmount} and gave back {charge.RefundedAmount}, the shop says {payment.Amount} and {payment.RefundedAmount}";
            }

            // A second charge that went back at once is nobody's payment.
            if (charge.BalanceAmount != 0 && attempts.GetValueOrDefault(charge.PaymentKey)?.Status != "DONE")
            {
                yield return $"order {charge.OrderId}: Toss charged {charge.PaymentKey}, and the shop's attempt is {attempts.GetValueOrDefault(charge.PaymentKey)?.Status ?? "missing"}";
            }
        }

        var charged = toss.Where(payment => payment.IsCharged).Select(payment => payment.PaymentKey).ToHashSet();
        foreach (var payment in cards.Values.Where(payment => !charged.Contains(payment.PaymentKey ?? "")))
        {
            yield return $"order {payment.OrderNumber}: its payment is {payment.Status}, and Toss never charged it";
        }

        foreach (var attempt in shop.Attempts.Where(a => a.Status == "DONE" && !charged.Contains(a.PaymentKey)))
        {
            yield return $"order {attempt.OrderNumber}: its attempt {attempt.PaymentKey} is DONE, and Toss never charged it";
        }
    }
}
