using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.Data;
using MsaShop.OrderService.Orders;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults.Http;
using MsaShop.Testing;

namespace MsaShop.Calls.Tests.Releases;

/// <summary>
/// All that the services say to each other while orders are placed, paid, refused, cancelled and refunded: as the first release
/// said it, which is recorded, and as this one does.
/// </summary>
/// <param name="Messages">The messages, each once.</param>
/// <param name="Words">The words of which each reader knows these and no others.</param>
public sealed record Conversation(IReadOnlyList<Message> Messages, IReadOnlyDictionary<string, string[]> Words)
{
    private static readonly JsonSerializerOptions s_json = new(ShopJson.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private static readonly string s_file = Repository.PathOf("tests", "Calls.Tests", "Releases", "first.json");

    /// <summary>The first release's.</summary>
    public static Conversation OfFirstRelease() =>
        JsonSerializer.Deserialize<Conversation>(File.ReadAllText(s_file), s_json)!;

    /// <summary>Keeps this as a release's.</summary>
    public void Write() => File.WriteAllText(s_file, JsonSerializer.Serialize(this, s_json) + "\n");

    /// <summary>The message of this name.</summary>
    public Message this[string name] => Messages.Single(message => message.Name == name);

    /// <summary>Has the services talk, and listens.</summary>
    public static async Task<Conversation> HoldAsync(CallShop shop)
    {
        var (user, product) = (CallShop.NewUserId(), await shop.AddProductAsync());
        var paid = await shop.PlaceAsync(user, product);
        await shop.PayAsync(paid);
        var refused = await shop.PlaceAsync(user, product);
        await shop.RefuseAsync(refused);
        await shop.PayAsync(refused);
        await shop.CancelAsync(paid).JsonAsync();
        await shop.WaitForPaymentAsync(paid, "REFUNDED");
        var transfer = await shop.PlaceAsync(user, product, "BANK_TRANSFER");
        await shop.WaitForPaymentAsync(transfer, "PENDING");
        await shop.Admin.PatchAsync($"/api/orders/{transfer.Id}/status?status=CONFIRMED", null).JsonAsync();
        await shop.WaitForPaymentAsync(transfer, "COMPLETED");
        // Whose outcome the request does not learn.
        var slow = await shop.PlaceAsync(user, product);
        var charge = shop.ToToss.HoldCalls("/v1/payments/confirm", count: 1);
        await using var hasty = shop.StartHastyReplica();
        var key = await shop.AuthorizeAsync(slow);
        await CallShop.AnswerAsync(() => shop.ConfirmAsync(slow, key, hasty));
        await shop.WaitForPaymentAsync(slow, "COMPLETED");
        await charge.LetGoAsync();
        var yesterday = DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var reconciliation = await CallShop.AnswerAsync(() =>
            shop.Payments.CreateAdminClient().GetAsync($"/api/payments/reconciliation?from={yesterday}")
        );
        await reconciliation.JsonAsync();
        await shop.Payments.Services.GetRequiredService<OwnerlessHolds>().RunOnceAsync(CancellationToken.None);
        await shop.SettleAsync();

        var messages = new List<Message>();
        messages.AddRange(shop.ToOrders.Seen.Select(call => Message.Of("order-svc", call)));
        messages.AddRange(shop.ToProducts.Seen.Select(call => Message.Of("product-svc", call)));
        messages.AddRange(
            shop.ToOrders.Seen.Where(call => call.Path.EndsWith("/events", StringComparison.Ordinal))
                .SelectMany(call => JsonNode.Parse(call.Answer)!["events"]!.AsArray())
                .Select(happened => new Message(NameOf(happened!), null, happened!.DeepClone(), null))
        );
        messages.AddRange(await shop.Orders.QueryAsync(database => ReadOutboxAsync("order-svc", database)));
        messages.AddRange(await shop.Payments.QueryAsync(database => ReadOutboxAsync("payment-svc", database)));
        return new Conversation(
            [
                .. messages
                    .GroupBy(message => message.Name)
                    // A page of the feed may be empty.
                    .Select(same => same.MaxBy(message => message.Answer?.ToJsonString().Length ?? 0)!)
                    .Select(Shorten)
                    .OrderBy(message => message.Name, StringComparer.Ordinal),
            ],
            new Dictionary<string, string[]>
            {
                ["status"] = WordsOf<OrderService.Orders.OrderStatus>(),
                ["paymentMethod"] = WordsOf<OrderService.Orders.PaymentMethod>(),
                ["actorOfOrders"] = WordsOf<OrderActor>(),
                ["actorOfPayments"] = WordsOf<PaymentActor>(),
            }
        );
    }

    private static string NameOf(JsonNode happened)
    {
        var data = happened["data"]!;
        return $"event {happened["type"]} {data["to"] ?? data["paymentMethod"]}";
    }

    private static async Task<List<Message>> ReadOutboxAsync(string service, DbContext database) =>
        [
            .. (
                await database
                    .Database.SqlQuery<string>($"SELECT CONCAT(type, ' ', payload) AS Value FROM outbox_messages")
                    .ToListAsync()
            )
                .Select(row => row.Split(' ', 2))
                .Select(row => new Message($"message {service} {row[0]}", null, JsonNode.Parse(row[1]), null)),
        ];

    /// <summary>One item of a page stands for all.</summary>
    private static Message Shorten(Message message)
    {
        foreach (var page in new[] { "events", "orders" })
        {
            if (message.Answer is JsonObject answer && answer[page] is JsonArray { Count: > 1 } items)
            {
                answer[page] = new JsonArray(items[0]!.DeepClone());
            }
        }

        if (message.Answer?["events"] is JsonArray { Count: > 0 } events)
        {
            // Each kind of event has data of its own, and is a message of its own here.
            events[0]!["data"] = new JsonObject();
        }

        return message;
    }

    private static string[] WordsOf<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Select(word => word.ToWord())];
}
