using System.Runtime.CompilerServices;
using MsaShop.OrderService.Orders;

namespace MsaShop.OrderService.Lifecycle;

/// <summary>A value that a decision writes.</summary>
/// <param name="Column">A column of <c>orders</c>.</param>
/// <param name="Value">As the database takes it.</param>
/// <param name="Apply">Writes it to an order in memory.</param>
/// <param name="IsSo">Whether an order has the value already.</param>
internal sealed record OrderWrite(string Column, object? Value, Action<Order> Apply, Func<Order, bool> IsSo);

/// <summary>A condition of a write.</summary>
/// <param name="Holds">The same for an order in memory.</param>
internal sealed record OrderCondition(FormattableString Sql, Func<Order, bool> Holds);

internal sealed class OrderColumn<T>(
    string name,
    Func<Order, T> read,
    Action<Order, T> write,
    Func<T, object?>? toSql = null
)
{
    public OrderWrite To(T value) => new(name, ToSql(value), order => write(order, value), Is(value).Holds);

    /// <summary>Equal to the value; null equals null.</summary>
    public OrderCondition Is(T value) =>
        new(Compare("<=>", value), order => EqualityComparer<T>.Default.Equals(read(order), value));

    public OrderCondition IsAfter(T value) =>
        new(Compare(">", value), order => Comparer<T>.Default.Compare(read(order), value) > 0);

    private FormattableString Compare(string comparison, T value) =>
        FormattableStringFactory.Create($"{name} {comparison} {{0}}", ToSql(value));

    private object? ToSql(T value) => toSql is null ? value : toSql(value);
}

/// <summary>The columns of <c>orders</c> that decisions read or write.</summary>
internal static class OrderColumns
{
    public static OrderColumn<OrderStatus> Status { get; } =
        new("status", o => o.Status, (o, v) => o.Status = v, status => status.ToWord());

    public static OrderColumn<PaymentMethod> Method { get; } =
        Fixed("payment_method", o => o.PaymentMethod, method => method.ToWord());

    public static OrderColumn<decimal> TotalPrice { get; } = Fixed("total_price", o => o.TotalPrice);
    public static OrderColumn<DateTime> PayBy { get; } = Fixed("pay_by", o => o.PayBy);

    public static OrderColumn<DateTime?> PaymentHold { get; } =
        new("payment_hold", o => o.PaymentHold, (o, v) => o.PaymentHold = v);

    public static OrderColumn<long?> HoldAttempt { get; } =
        new("hold_attempt", o => o.HoldAttempt, (o, v) => o.HoldAttempt = v);

    public static OrderColumn<long?> PaymentId { get; } =
        new("payment_id", o => o.PaymentId, (o, v) => o.PaymentId = v);

    public static OrderColumn<string?> ByHand { get; } = new("by_hand", o => o.ByHand, (o, v) => o.ByHand = v);

    public static OrderColumn<DateTime?> DepositSeenAt { get; } =
        new("deposit_seen_at", o => o.DepositSeenAt, (o, v) => o.DepositSeenAt = v);

    public static OrderColumn<DateTime> UpdatedAt { get; } =
        new("updated_at", o => o.UpdatedAt, (o, v) => o.UpdatedAt = v);

    private static OrderColumn<T> Fixed<T>(string name, Func<Order, T> read, Func<T, object?>? toSql = null) =>
        new(name, read, (_, _) => throw new InvalidOperationException($"{name} never changes."), toSql);
}
