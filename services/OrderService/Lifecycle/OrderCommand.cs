using MsaShop.OrderService.Orders;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Lifecycle;

/// <summary>Who acts on an order, and why.</summary>
/// <param name="Role">In which role.</param>
/// <param name="UserId">The user; null for the shop itself.</param>
/// <param name="Reason">Why, in their words.</param>
internal sealed record Actor(OrderActor Role, long? UserId, string? Reason);

/// <summary>What can be asked of an order.</summary>
internal abstract record OrderCommand
{
    private OrderCommand() { }

    /// <summary>Who asks; null where nothing is written down about it.</summary>
    public virtual Actor? By => null;

    /// <summary>Why it is refused where no transition is for it; null where the order is then left as it is.</summary>
    public virtual OrderRefusal? RefusedOtherwise => null;

    /// <summary>Keep the order as it is while its card may be charged.</summary>
    /// <param name="Attempt">The attempt to charge it; null from a payment-svc of the first release.</param>
    public sealed record Hold(long? Attempt) : OrderCommand
    {
        public override OrderRefusal? RefusedOtherwise => OrderRefusal.NotPayable;
    }

    /// <summary>This attempt, and those before it, charge nothing any more.</summary>
    /// <param name="Attempt">The attempt; null from a payment-svc of the first release, for whichever it was.</param>
    public sealed record Release(long? Attempt) : OrderCommand;

    /// <summary>The money is there.</summary>
    /// <param name="PaymentId">The payment, in payment-svc.</param>
    /// <param name="Amount">How much, in won.</param>
    /// <param name="Payer">Who says so.</param>
    public sealed record Pay(long PaymentId, decimal Amount, Actor Payer) : OrderCommand
    {
        public override Actor? By => Payer;
        public override OrderRefusal? RefusedOtherwise => OrderRefusal.Closed;
    }

    /// <summary>All of the money is about to go back, or has gone.</summary>
    /// <param name="PaymentId">The payment, in payment-svc.</param>
    /// <param name="Refunder">Who gives it back.</param>
    public sealed record Refund(long PaymentId, Actor Refunder) : OrderCommand
    {
        public override Actor? By => Refunder;
    }

    /// <summary>A bank transfer has been seen: no deadline cancels the order before payment-svc has told of it.</summary>
    /// <param name="SeenAt">When, by payment-svc's clock.</param>
    public sealed record SeeDeposit(DateTime SeenAt) : OrderCommand
    {
        public override OrderRefusal? RefusedOtherwise => OrderRefusal.NoTransfer;
    }

    /// <summary>The bank transfer that was seen then has not come after all.</summary>
    /// <param name="SeenAt">When it was seen.</param>
    public sealed record ForgetDeposit(DateTime SeenAt) : OrderCommand;

    /// <summary>A shopper or an administrator moves the order.</summary>
    /// <param name="To">Where to.</param>
    /// <param name="Actor">Who, and why.</param>
    /// <param name="ByHand">Whether it goes on though its card has not paid for it, for the actor's reason.</param>
    /// <param name="Version">Which version the order has to have, as <see cref="IfMatch"/> has it; null for any.</param>
    public sealed record Move(OrderStatus To, Actor Actor, bool ByHand = false, string? Version = null) : OrderCommand
    {
        public override Actor? By => Actor;
        public override OrderRefusal? RefusedOtherwise => OrderRefusal.IllegalMove;
    }

    /// <summary>The order's deadline is over.</summary>
    /// <param name="DepositGrace">For how long beyond it an order is kept whose bank transfer has been seen.</param>
    public sealed record Expire(TimeSpan DepositGrace) : OrderCommand
    {
        private static readonly Actor s_shop = new(OrderActor.System, UserId: null, "not paid in time");

        public override Actor? By => s_shop;
    }
}

/// <summary>Why an order does not do what is asked of it.</summary>
internal enum OrderRefusal
{
    /// <summary>It cannot go there from where it is.</summary>
    IllegalMove,

    /// <summary>Somebody has changed it since its actor saw it.</summary>
    ChangedMeanwhile,

    /// <summary>Not while a card charge may be under way.</summary>
    PaymentInProgress,

    /// <summary>Not before its card has paid for it.</summary>
    PaymentRequired,

    /// <summary>It awaits no card payment.</summary>
    NotPayable,

    /// <summary>It awaits no bank transfer.</summary>
    NoTransfer,

    /// <summary>It has been cancelled.</summary>
    Closed,

    /// <summary>Another payment has paid for it.</summary>
    AlreadyPaid,

    /// <summary>It costs something else.</summary>
    AmountMismatch,
}
