using MsaShop.OrderService.Lifecycle;
using MsaShop.OrderService.Orders;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.PaymentService.Toss;
using OrderActor = MsaShop.OrderService.Orders.OrderActor;
using OrderStatus = MsaShop.OrderService.Orders.OrderStatus;

namespace MsaShop.Explorer.Tests.Cards;

/// <summary>
/// An order that is paid by card, by up to two attempts, while it may be cancelled, run out, shipped and refunded. What is decided, the
/// shop's own decisions decide; here is what they are about: the stores, the outbox, the calls between the services and Toss.
/// </summary>
internal sealed partial class CardScenario(CardLimits limits, TakenOut takenOut = TakenOut.Nothing)
    : IScenario<CardWorld>
{
    private static readonly OrderService.Lifecycle.Actor s_shopper = new(OrderActor.Customer, 7, "changed my mind");
    private static readonly OrderService.Lifecycle.Actor s_clerk = new(OrderActor.Admin, 1, "sent");
    private static readonly OrderService.Lifecycle.Actor s_shop = new(OrderActor.System, UserId: null, "Paid by card.");
    private static readonly PaymentService.Payments.Actor s_admin = new(PaymentActor.Admin, 1, "complaint");
    private static readonly PaymentService.Payments.Actor s_canceller = new(PaymentActor.Customer, 7, "changed my mind");

    public CardWorld Start { get; } =
        new()
        {
            Order = new Order
            {
                Id = 1,
                OrderNumber = CardWorld.OrderNumber,
                UserId = 7,
                Email = "shopper@example.com",
                TotalPrice = TossEntry.Amount,
                PaymentMethod = OrderService.Orders.PaymentMethod.Card,
                PayBy = CardWorld.PayBy,
                CreatedAt = CardWorld.Began,
                UpdatedAt = CardWorld.Began,
            },
            Toss = [.. Enumerable.Range(0, limits.Keys).Select(_ => new TossEntry(TossStatus.InProgress, []))],
            Faults = limits.Faults,
            Hints = limits.Webhooks,
            MayCancel = limits.Cancels,
            MayShip = limits.Ships,
            MayRefund = limits.Refunds,
            MayExpire = limits.Expires,
        };

    public string? FindBroken(CardWorld world) => world.Broken;

    public string? FindUnsettled(CardWorld world)
    {
        var (order, payment) = (world.Order, world.Payment);
        var balance = world.Toss.Sum(entry => entry.Balance);
        var isSold = order.Status is OrderStatus.Confirmed or OrderStatus.Shipping or OrderStatus.Delivered;
        var refunded = payment?.Payment.RefundedAmount ?? 0;
        return
            world.Toss.Count(entry => entry.Balance > 0) > 1 ? "One order is paid twice."
            : !isSold && balance > 0 ? "A card is charged for an order that is not confirmed."
            : order.Status == OrderStatus.Confirmed && balance == 0 ? "An order is confirmed, and its money is gone."
            : isSold && balance + refunded != TossEntry.Amount ? "A sold order's money is not all there."
            : order.PaymentHold is not null ? "An order is held, and nobody is charging its card."
            : (order.Status == OrderStatus.Cancelled) != world.IsStockBack ? "Stock and order do not agree."
            : payment is not null && payment.Attempts.Any(a => a.Status == CardAttemptStatus.Confirming)
                ? "An attempt is left without an outcome."
            : payment?.Payment.Status == PaymentStatus.Completed && !isSold ? "A paid order is forgotten."
            : payment?.Payment.Status == PaymentStatus.Completed && balance != payment.Payment.Refundable
                ? "The shop's books and Toss's differ."
            : payment is not null && payment.Refunds.Any(r => r.Status == RefundStatus.Pending) ? "A refund is left undone."
            : world.Outbox.Count > 0 ? "A message is left undelivered."
            : null;
    }

    public IEnumerable<Happening<CardWorld>> Next(CardWorld world)
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
            foreach (var message in world.Outbox)
            {
                yield return new(
                    $"the outbox has {message.Role} {message.Subject} handled",
                    Handle(world, message)
                );
            }
        }
    }

    public Happening<CardWorld>? Calm(CardWorld world)
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

        if (world.IsCancelUnread)
        {
            return ReadCancel(world);
        }

        if (world.Webhooks is [var key, ..])
        {
            return TellOfCharge(world, key);
        }

        if (FindLease(world) is { } lease && lease >= world.Now)
        {
            return new("a minute passes", world with { Now = lease.AddSeconds(1) });
        }

        if (SweepAbandoned(world) is { } swept)
        {
            return new("the sweeper finds an abandoned attempt", swept);
        }

        return world.Outbox.Count == 0
            ? null
            : world.Outbox.OrderBy(m => m.Role == Role.RefundRest).First() is var message
                ? new($"the outbox has {message.Role} {message.Subject} handled", Handle(world, message))
                : null;
    }

    private IEnumerable<Happening<CardWorld>> FromOutside(CardWorld world)
    {
        if (world.Processes.Count < limits.Processes && world.Confirms < limits.Keys)
        {
            var key = world.Confirms + 1;
            yield return new(
                $"the shopper comes back with key {key}",
                Add(world with { Confirms = key }, Role.Confirm, key)
            );
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
                shipped.Order.Status == OrderStatus.Shipping && world.Toss.All(entry => entry.Balance == 0)
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
                    Now = CardWorld.PayBy.AddSeconds(1),
                }
            );
        }

        if (world.IsOverdue && Do(world, new OrderCommand.Expire(TimeSpan.FromDays(7))) is { HasChanged: true } expired)
        {
            yield return new("the sweeper cancels the order that was not paid", expired.World);
        }

        if (FindLease(world) is { } lease && lease >= world.Now)
        {
            yield return new("a minute passes", world with { Now = lease.AddSeconds(1) });
        }

        if (SweepAbandoned(world) is { } swept)
        {
            yield return new("the sweeper finds an abandoned attempt", swept);
        }

        if (world.IsCancelUnread)
        {
            yield return ReadCancel(world);
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

    private static Happening<CardWorld> TellOfCharge(CardWorld world, int key)
    {
        var told = world with { Webhooks = [.. world.Webhooks.Where(k => k != key)] };
        var attempt = world.Payment?.Attempts.FirstOrDefault(a => a.PaymentKey == CardWorld.KeyOf(key));
        return new(
            $"Toss tells that key {key} was charged",
            attempt is null ? told : Enqueue(told, Role.SettleCard, attempt.Id, hastens: true)
        );
    }

    private static Happening<CardWorld> ReadCancel(CardWorld world) =>
        new(
            "payment-svc reads that the order was cancelled",
            world.Payment is null
                ? world with
                {
                    IsCancelUnread = false,
                }
                : Decide(
                    world with
                    {
                        IsCancelUnread = false,
                    },
                    new PaymentCommand.OrderCancelled(s_canceller)
                ).World
        );

    private static DateTime? FindLease(CardWorld world) =>
        world
            .Payment?.Attempts.Where(attempt => attempt.Status == CardAttemptStatus.Confirming)
            .Max(attempt => attempt.LeaseUntil);

    private static CardWorld? SweepAbandoned(CardWorld world)
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
