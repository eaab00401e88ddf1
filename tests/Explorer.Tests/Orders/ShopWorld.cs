using MsaShop.OrderService.Orders;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.PaymentService.Toss;
using PaymentMethod = MsaShop.PaymentService.Payments.PaymentMethod;

namespace MsaShop.Explorer.Tests.Orders;

/// <summary>How far the explorer goes.</summary>
internal sealed record OrderLimits
{
    /// <summary>How many things may go wrong: answers and calls lost, late or twice, processes that die, commits whose answer is lost.</summary>
    public int Faults { get; init; } = 1;

    /// <summary>How many processes of payment-svc are at work at once, in whatever replicas.</summary>
    public int Processes { get; init; } = 2;

    /// <summary>How the order is paid.</summary>
    public PaymentMethod Method { get; init; } = PaymentMethod.Card;

    /// <summary>How many payment keys the shopper comes with, or deposits the administrator records.</summary>
    public int Payments { get; init; } = 2;

    /// <summary>Whether the order may be cancelled by its shopper.</summary>
    public bool Cancels { get; init; } = true;

    /// <summary>Whether the order's deadline may pass.</summary>
    public bool Expires { get; init; } = true;

    /// <summary>Whether an administrator may give all of the money back.</summary>
    public bool Refunds { get; init; } = true;

    /// <summary>Whether an administrator may ship the order.</summary>
    public bool Ships { get; init; } = true;

    /// <summary>Whether an administrator may confirm the order, which states that a bank transfer has arrived.</summary>
    public bool Confirms { get; init; } = true;

    /// <summary>How many of Toss's messages may come that nothing has caused.</summary>
    public int Webhooks { get; init; } = 1;
}

/// <summary>What has been taken out of the shop, to see that the explorer misses it.</summary>
internal enum TakenOut
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Holds and releases do not say for which attempt they are.</summary>
    AttemptsOfHolds,

    /// <summary>The order is not ended before all of its money goes back.</summary>
    EndingBeforeRefund,

    /// <summary>order-svc is not told of a deposit before it is recorded.</summary>
    SeeingDeposits,

    /// <summary>A deposit that looked recorded already is recorded anew without telling order-svc.</summary>
    SeeingAgain,

    /// <summary>A release lets go what an attempt holds that has paid, and of which order-svc is still to be told.</summary>
    HoldsOfPaid,
}

/// <summary>A call from payment-svc that is under way.</summary>
internal enum CallKind : byte
{
    Hold,
    Release,
    Pay,
    EndOrder,
    Find,
    Charge,
    Cancel,
    SeeDeposit,
    ForgetDeposit,
}

/// <summary>A call, to order-svc or to Toss.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Key">The payment key, by number; 0 where it is about none.</param>
/// <param name="Attempt">The attempt for which it is.</param>
/// <param name="Refund">The refund for which it is.</param>
/// <param name="Try">Which idempotency key it has.</param>
/// <param name="Left">What the caller thinks is left at Toss.</param>
/// <param name="SeenAt">Which deposit it is about.</param>
internal sealed record Call(
    CallKind Kind,
    int Key = 0,
    long Attempt = 0,
    long Refund = 0,
    int Try = 0,
    decimal Left = 0,
    DateTime? SeenAt = null
);

/// <summary>What a process of payment-svc does.</summary>
internal enum Role : byte
{
    /// <summary>The shopper's request to confirm a card.</summary>
    Confirm,

    /// <summary>The administrator's requests about a deposit.</summary>
    Deposit,
    Undo,

    /// <summary>The handlers of messages.</summary>
    SettleCard,
    OrderPaid,
    ReleaseHold,
    SendRefund,
    OrderRefunded,
    RefundRest,
    ForgetDeposit,
}

/// <summary>A message in payment-svc's outbox.</summary>
/// <param name="Role">Who handles it.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Claim">The process that has it; 0 if none.</param>
/// <param name="IsHastened">Whether it was asked for again since it was claimed.</param>
/// <param name="NotBefore">The earliest time for it.</param>
internal readonly record struct Message(
    Role Role,
    long Subject,
    int Claim = 0,
    bool IsHastened = false,
    DateTime NotBefore = default
);

/// <summary>A process of payment-svc, and what it knows.</summary>
internal sealed record Process
{
    public required int Id { get; init; }
    public required Role Role { get; init; }

    /// <summary>The payment key or the message's subject.</summary>
    public required long Subject { get; init; }

    /// <summary>Where the order stood when it was asked for.</summary>
    public PaymentService.Orders.OrderStatus OrderStatus { get; init; }

    /// <summary>Where in its work it is.</summary>
    public int Step { get; init; }

    /// <summary>The call whose answer it waits for.</summary>
    public Call? Waits { get; init; }

    /// <summary>What it has read.</summary>
    public Payment? Payment { get; init; }
    public CardAttempt? Attempt { get; init; }
    public Refund? Refund { get; init; }

    /// <summary>What it has heard.</summary>
    public TossAnswer? Answer { get; init; }
    public TossPayment? Charged { get; init; }
    public CardOutcome? Outcome { get; init; }
    public string? Refusal { get; init; }

    public DateTime SeenAt { get; init; }
    public DateTime? SeenSince { get; init; }

    /// <summary>Whether it has nothing to wait for after its next step: the message stays for later.</summary>
    public bool IsUndecided { get; init; }
}

/// <summary>What order-svc's feed tells.</summary>
internal enum News : byte
{
    Placed,
    Confirmed,
    Cancelled,
}

/// <summary>A payment at Toss.</summary>
/// <param name="Status">Where it stands, in Toss's word.</param>
/// <param name="Cancelled">What has gone back, each with the reason that Toss was given.</param>
internal sealed record TossEntry(string Status, IReadOnlyList<TossCancel> Cancelled)
{
    public const decimal Amount = 10_000;

    public decimal Balance =>
        Status is TossStatus.Ready or TossStatus.InProgress or TossStatus.Aborted
            ? 0
            : Amount - Cancelled.Sum(cancel => cancel.CancelAmount);

    public TossPayment ToPayment(int key) =>
        new()
        {
            PaymentKey = ShopWorld.KeyOf(key),
            OrderId = ShopWorld.OrderNumber,
            Status = Status,
            TotalAmount = Amount,
            BalanceAmount = Balance,
            Cancels = Cancelled,
        };
}

/// <summary>What Toss answers again under the same idempotency key.</summary>
internal sealed record RememberedAnswer(Call Call, TossAnswer Answer);

/// <summary>How one order, its payment and Toss stand.</summary>
internal sealed record ShopWorld
{
    public const string OrderNumber = "261122-7K2M9QX4T8WNB3CD";

    public static readonly DateTime Began = new(2026, 11, 22, 3, 0, 0, DateTimeKind.Utc);
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan UndoWindow = TimeSpan.FromSeconds(10);
    public static readonly DateTime PayBy = Began + TimeSpan.FromMinutes(30);

    public DateTime Now { get; init; } = Began;

    /// <summary>The order. Nobody changes it: a move makes another.</summary>
    public required Order Order { get; init; }

    /// <summary>Whether its stock is back.</summary>
    public bool IsStockBack { get; init; }

    /// <summary>What payment-svc still has to read of the order, oldest first.</summary>
    public IReadOnlyList<News> Unread { get; init; } = [];

    public PaymentState? Payment { get; init; }
    public IReadOnlyList<Message> Outbox { get; init; } = [];
    public IReadOnlyList<Process> Processes { get; init; } = [];

    /// <summary>Calls that nobody waits for any more, and that may arrive all the same.</summary>
    public IReadOnlyList<Call> Late { get; init; } = [];

    /// <summary>Toss's payments, by key.</summary>
    public IReadOnlyList<TossEntry> Toss { get; init; } = [];
    public IReadOnlyList<RememberedAnswer> Remembered { get; init; } = [];

    /// <summary>The keys of which Toss still has to tell that they have been charged.</summary>
    public IReadOnlyList<int> Webhooks { get; init; } = [];

    /// <summary>The deposits that order-svc still has to forget.</summary>
    public IReadOnlyList<DateTime> Forgotten { get; init; } = [];

    /// <summary>What may still happen once.</summary>
    public int Faults { get; init; }
    public int Begun { get; init; }
    public int Hints { get; init; }
    public bool MayCancel { get; init; }
    public bool MayConfirm { get; init; }
    public bool MayShip { get; init; }
    public bool MayUndo { get; init; }
    public bool MayRefund { get; init; }
    public bool MayExpire { get; init; }

    /// <summary>The promise that was broken on the way here.</summary>
    public string? Broken { get; init; }

    public bool IsOverdue => Now > PayBy;

    public static string KeyOf(int key) => $"key-{key}";

    public static int NumberOf(string? paymentKey) => paymentKey is null ? 0 : paymentKey[^1] - '0';
}
