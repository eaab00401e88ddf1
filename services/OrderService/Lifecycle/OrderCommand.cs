using MsaShop.OrderService.Orders;

namespace MsaShop.OrderService.Lifecycle;

/// <summary>Who acts on an order, and why.</summary>
/// <param name="UserId">Null for the shop itself.</param>
internal sealed record Actor(OrderActor Role, long? UserId, string? Reason);

internal abstract record OrderCommand
{
    private OrderCommand() { }

    /// <summary>Recorded in the history; null for commands that never move the order.</summary>
    public virtual Actor? By => null;

    /// <summary>The refusal if no transition matches; null to leave the order as it is.</summary>
    public virtual OrderRefusal? RefusedOtherwise => null;

    /// <summary>Keeps the order unchanged while its card may be charged.</summary>
    /// <param name="Attempt">Null from a payment-svc of the first release.</param>
    public sealed record Hold(long? Attempt) : OrderCommand
    {
        public override OrderRefusal? RefusedOtherwise => OrderRefusal.NotPayable;
    }

    /// <summary>This attempt and those before it will charge nothing more.</summary>
    /// <param name="Attempt">Null, meaning any, from a payment-svc of the first release.</param>
    public sealed record Release(long? Attempt) : OrderCommand;

    /// <summary>The money has arrived.</summary>
    /// <param name="Amount">In won.</param>
    public sealed record Pay(long PaymentId, decimal Amount, Actor Payer) : OrderCommand
    {
        public override Actor? By => Payer;
        public override OrderRefusal? RefusedOtherwise => OrderRefusal.Closed;
    }

    /// <summary>All of the money goes back, or has gone back.</summary>
    public sealed record Refund(long PaymentId, Actor Refunder) : OrderCommand
    {
        public override Actor? By => Refunder;
    }

    /// <summary>A bank transfer was seen: the deadline waits until payment-svc reports the payment.</summary>
    /// <param name="SeenAt">By payment-svc's clock.</param>
    public sealed record SeeDeposit(DateTime SeenAt) : OrderCommand
    {
        public override OrderRefusal? RefusedOtherwise => OrderRefusal.NoTransfer;
    }

    /// <summary>The bank transfer was undone.</summary>
    /// <param name="SeenAt">Identifies it.</param>
    public sealed record ForgetDeposit(DateTime SeenAt) : OrderCommand;

    /// <summary>A shopper or an administrator changes the status.</summary>
    /// <param name="ByHand">Moves a card order without its payment, for the actor's reason.</param>
    /// <param name="Version">The version that the order must have (<see cref="IfMatch"/>); null for any.</param>
    public sealed record Move(OrderStatus To, Actor Actor, bool ByHand = false, string? Version = null) : OrderCommand
    {
        public override Actor? By => Actor;
        public override OrderRefusal? RefusedOtherwise => OrderRefusal.IllegalMove;
    }

    /// <summary>The order's deadline has passed.</summary>
    /// <param name="DepositGrace">How long past its deadline an order is kept whose bank transfer was seen.</param>
    public sealed record Expire(TimeSpan DepositGrace) : OrderCommand
    {
        private static readonly Actor s_shop = new(OrderActor.System, UserId: null, "not paid in time");

        public override Actor? By => s_shop;
    }
}

internal enum OrderRefusal
{
    IllegalMove,
    ChangedMeanwhile,
    PaymentInProgress,
    PaymentRequired,
    NotPayable,
    NoTransfer,
    Closed,
    AlreadyPaid,
    AmountMismatch,
}
