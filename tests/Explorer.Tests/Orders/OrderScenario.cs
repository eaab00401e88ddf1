using MsaShop.OrderService.Lifecycle;
using MsaShop.OrderService.Orders;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.PaymentService.Toss;
using OrderActor = MsaShop.OrderService.Orders.OrderActor;
using OrderStatus = MsaShop.OrderService.Orders.OrderStatus;
using PaymentMethod = MsaShop.PaymentService.Payments.PaymentMethod;

namespace MsaShop.Explorer.Tests.Orders;

/// <summary>
/// An order that is paid by card, by up to two attempts, or by bank transfer, while it may be cancelled, run out, shipped and refunded. What
/// is decided, the shop's own decisions decide; here is what they are about: the stores, the outbox, the calls between the services and Toss.
/// </summary>
internal sealed partial class OrderScenario(OrderLimits limits, TakenOut takenOut = TakenOut.Nothing)
    : IScenario<ShopWorld>
{
    private static readonly OrderService.Lifecycle.Actor s_shopper = new(OrderActor.Customer, 7, "changed my mind");
    private static readonly OrderService.Lifecycle.Actor s_clerk = new(OrderActor.Admin, 1, "sent");
    private static readonly OrderService.Lifecycle.Actor s_shop = new(OrderActor.System, UserId: null, "Paid by card.");
    private static readonly PaymentService.Payments.Actor s_admin = new(PaymentActor.Admin, 1, "complaint");
    private static readonly PaymentService.Payments.Actor s_canceller = new(
        PaymentActor.Customer,
        7,
        "changed my mind"
    );

    public ShopWorld Start { get; } =
        new()
        {
            Order = new Order
            {
                Id = 1,
                OrderNumber = ShopWorld.OrderNumber,
                UserId = 7,
                Email = "shopper@example.com",
                TotalPrice = TossEntry.Amount,
                PaymentMethod = (OrderService.Orders.PaymentMethod)limits.Method,
                PayBy = ShopWorld.PayBy,
                CreatedAt = ShopWorld.Began,
                UpdatedAt = ShopWorld.Began,
            },
            Unread = limits.Method == PaymentMethod.BankTransfer ? [News.Placed] : [],
            Toss =
            [
                .. Enumerable
                    .Range(0, limits.Method == PaymentMethod.Card ? limits.Payments : 0)
                    .Select(_ => new TossEntry(TossStatus.InProgress, [])),
            ],
            Faults = limits.Faults,
            Hints = limits.Webhooks,
            MayCancel = limits.Cancels,
            MayConfirm = limits.Confirms && limits.Method == PaymentMethod.BankTransfer,
            MayShip = limits.Ships,
            MayUndo = limits.Method == PaymentMethod.BankTransfer,
            MayRefund = limits.Refunds,
            MayExpire = limits.Expires,
        };

    public string? FindBroken(ShopWorld world) => world.Broken;

    public string? FindUnsettled(ShopWorld world)
    {
        var (order, payment) = (world.Order, world.Payment?.Payment);
        var refunded = payment?.RefundedAmount ?? 0;
        // Money received and not refunded: at Toss, or for a bank transfer by the shop's own books.
        var balance =
            limits.Method == PaymentMethod.Card ? world.Toss.Sum(entry => entry.Balance)
            : payment?.Status is PaymentStatus.Completed or PaymentStatus.Refunded ? payment.Refundable
            : 0;
        var isSold = order.Status is OrderStatus.Confirmed or OrderStatus.Shipping or OrderStatus.Delivered;
        var attempts = world.Payment?.Attempts ?? [];
        var refunds = world.Payment?.Refunds ?? [];
        return world.Toss.Count(entry => entry.Balance > 0) > 1 ? "One order is paid twice."
            : !isSold && balance > 0 ? "Money is kept for an order that is not confirmed."
            : order.Status == OrderStatus.Confirmed && balance == 0 ? "An order is confirmed, and its money is gone."
            : isSold && balance + refunded != TossEntry.Amount ? "A sold order's money is not all there."
            : order.PaymentHold is not null ? "An order is held, and nobody is charging its card."
            : (order.Status == OrderStatus.Cancelled) != world.IsStockBack ? "Stock and order do not agree."
            : attempts.Any(a => a.Status == CardAttemptStatus.Confirming) ? "An attempt is left without an outcome."
            : payment?.Status == PaymentStatus.Completed && !isSold ? "A paid order is forgotten."
            : payment?.Status == PaymentStatus.Completed && balance != payment.Refundable
                ? "The shop's books and Toss's differ."
            : payment is { Status: PaymentStatus.Pending, Method: PaymentMethod.BankTransfer }
            && order.Status != OrderStatus.Pending
                ? "The money of an order that has ended is awaited."
            : refunds.Any(r => r.Status == RefundStatus.Pending) ? "A refund is left undone."
            : world.Outbox.Count > 0 ? "A message is left undelivered."
            : null;
    }

    public IEnumerable<Happening<ShopWorld>> Next(ShopWorld world)
    {
        foreach (var process in world.Processes)
        {
            foreach (var happening in process.Waits is { } call ? Answers(world, process, call) : Steps(world, process))
            {
                yield return happening;
            }

            if (world.Faults > 0)
            {
                yield return new($"{NameOf(process)} dies", Die(world, process));
            }
        }

        foreach (var (index, call) in world.Late.Index())
        {
            var late = world with { Late = [.. world.Late.Where((_, i) => i != index)] };
            foreach (var (how, next, _) in Serve(late, call, isCalm: false))
            {
                yield return new($"late, {Describe(call)} arrives: {how}", next);
            }
        }

        foreach (var happening in FromOutside(world))
        {
            yield return happening;
        }

        if (world.Processes.Count < limits.Processes)
        {
            foreach (var message in world.Outbox.Where(message => message.NotBefore <= world.Now))
            {
                yield return HandleNext(world, message);
            }
        }
    }

    public Happening<ShopWorld>? Calm(ShopWorld world)
    {
        if (world.Late.Count > 0)
        {
            return new("what is late never comes", world with { Late = [] });
        }

        if (world.Processes is [var process, ..])
        {
            return process.Waits is { } call
                ? Answers(world with { Faults = 0 }, process, call, isCalm: true).First()
                : Steps(world with { Faults = 0 }, process).First();
        }

        if (world.Unread.Count > 0)
        {
            return ReadNews(world);
        }

        if (world.Webhooks is [var key, ..])
        {
            return TellOfCharge(world, key);
        }

        if (FindNextTime(world) is { } later)
        {
            return new("time passes", world with { Now = later });
        }

        if (SweepAbandoned(world) is { } swept)
        {
            return new("the sweeper finds an abandoned attempt", swept);
        }

        if (world.Outbox.Count == 0)
        {
            return null;
        }

        // What waits for a refund comes last.
        var message = world.Outbox.OrderBy(m => m.Role == Role.RefundRest).First();
        return HandleNext(world, message);
    }

    private IEnumerable<Happening<ShopWorld>> FromOutside(ShopWorld world)
    {
        if (world.Processes.Count < limits.Processes && world.Begun < limits.Payments)
        {
            var number = world.Begun + 1;
            yield return limits.Method == PaymentMethod.Card
                ? new(
                    $"the shopper comes back with key {number}",
                    Add(world with { Begun = number }, Role.Confirm, number)
                )
                : new(
                    $"the administrator has seen deposit {number}",
                    Add(world with { Begun = number }, Role.Deposit, number)
                );
        }

        if (world.Processes.Count < limits.Processes && world is { MayUndo: true, Begun: > 0, Payment: not null })
        {
            yield return new("the administrator undoes it", Add(world with { MayUndo = false }, Role.Undo, 1));
        }

        if (world.MayConfirm)
        {
            var confirm = new OrderCommand.Move(OrderStatus.Confirmed, s_clerk);
            yield return new("the clerk confirms", Do(world with { MayConfirm = false }, confirm).World);
        }

        if (world.MayCancel)
        {
            var cancel = new OrderCommand.Move(OrderStatus.Cancelled, s_shopper);
            yield return new("the shopper cancels", Do(world with { MayCancel = false }, cancel).World);
        }

        if (world.MayShip && world.Order.Status == OrderStatus.Confirmed)
        {
            var ship = new OrderCommand.Move(OrderStatus.Shipping, s_clerk);
            var shipped = Do(world with { MayShip = false }, ship).World;
            yield return new(
                "the clerk ships",
                shipped.Order.Status == OrderStatus.Shipping
                && limits.Method == PaymentMethod.Card
                && world.Toss.All(entry => entry.Balance == 0)
                    ? shipped with
                    {
                        Broken = "An order is shipped whose money has gone back.",
                    }
                    : shipped
            );
        }

        if (world.MayRefund && world.Payment?.Payment.Status == PaymentStatus.Completed)
        {
            var refund = new PaymentCommand.RequestRefund(Amount: null, s_admin, "refund-1");
            yield return new("the admin gives all back", Decide(world with { MayRefund = false }, refund).World);
        }

        if (world.MayExpire && !world.IsOverdue)
        {
            yield return new(
                "the deadline passes",
                world with
                {
                    MayExpire = false,
                    Now = ShopWorld.PayBy.AddSeconds(1),
                }
            );
        }

        if (world.IsOverdue && Do(world, new OrderCommand.Expire(TimeSpan.FromDays(7))) is { HasChanged: true } expired)
        {
            yield return new(
                "the sweeper cancels the order that was not paid",
                world.Payment?.Payment.Status == PaymentStatus.Completed
                    ? expired.World with
                    {
                        Broken = "Money that was recorded in time is lost to the deadline.",
                    }
                    : expired.World
            );
        }

        if (FindNextTime(world) is { } later)
        {
            yield return new("time passes", world with { Now = later });
        }

        if (SweepAbandoned(world) is { } swept)
        {
            yield return new("the sweeper finds an abandoned attempt", swept);
        }

        if (world.Unread.Count > 0)
        {
            yield return ReadNews(world);
        }

        foreach (var key in world.Webhooks)
        {
            yield return TellOfCharge(world, key);
        }

        if (world.Hints > 0 && world.Payment is not null)
        {
            foreach (var attempt in world.Payment.Attempts)
            {
                yield return new(
                    $"a webhook hints at attempt {attempt.Id}",
                    Enqueue(world with { Hints = world.Hints - 1 }, Role.SettleCard, attempt.Id, hastens: true)
                );
            }
        }
    }

    private Happening<ShopWorld> HandleNext(ShopWorld world, Message message) =>
        new($"the outbox has {message.Role} {message.Subject} handled", Handle(world, message));

    private static Happening<ShopWorld> TellOfCharge(ShopWorld world, int key)
    {
        var told = world with { Webhooks = [.. world.Webhooks.Where(k => k != key)] };
        var attempt = world.Payment?.Attempts.FirstOrDefault(a => a.PaymentKey == ShopWorld.KeyOf(key));
        return new(
            $"Toss tells that key {key} was charged",
            attempt is null ? told : Enqueue(told, Role.SettleCard, attempt.Id, hastens: true)
        );
    }

    private static Happening<ShopWorld> ReadNews(ShopWorld world)
    {
        var (news, next) = (world.Unread[0], world with { Unread = [.. world.Unread.Skip(1)] });
        var story = $"payment-svc reads that the order was {news.ToString().ToLowerInvariant()}";
        return (news, next.Payment) switch
        {
            (News.Placed, null) => new(story, next with { Payment = NewPayment(next, next.Now) }),
            (News.Confirmed, not null) => new(story, Decide(next, new PaymentCommand.OrderConfirmed(s_admin)).World),
            (News.Cancelled, not null) => new(
                story,
                Decide(next, new PaymentCommand.OrderCancelled(s_canceller)).World
            ),
            _ => new(story, next),
        };
    }

    /// <summary>When the time of a request, or the time to undo a deposit, is over.</summary>
    private static DateTime? FindNextTime(ShopWorld world)
    {
        var leases = (world.Payment?.Attempts ?? [])
            .Where(attempt => attempt.Status == CardAttemptStatus.Confirming)
            .Select(attempt => attempt.LeaseUntil);
        var next = leases.Append(world.Payment?.Payment.UndoUntil).Where(time => time >= world.Now).Min();
        return next?.AddSeconds(1);
    }

    private static ShopWorld? SweepAbandoned(ShopWorld world)
    {
        var abandoned = world.Payment?.Attempts.FirstOrDefault(attempt =>
            attempt.Status == CardAttemptStatus.Confirming && attempt.LeaseUntil < world.Now
        );
        if (abandoned is null)
        {
            return null;
        }

        var freed = abandoned.Copy();
        freed.LeaseUntil = null;
        var payment = world.Payment! with
        {
            Attempts = [.. world.Payment.Attempts.Select(a => a.Id == freed.Id ? freed : a)],
        };
        return Enqueue(world with { Payment = payment }, Role.SettleCard, freed.Id, hastens: true);
    }
}
