using System.Net;
using MsaShop.Outbox;
using MsaShop.Testing;

namespace MsaShop.ServiceDefaults.Tests.Outbox;

public class AdministrationTests
{
    private const string Path = "/api/parcels/outbox";

    [Fact]
    public async Task Administrators_see_dead_messages_and_have_them_tried_again()
    {
        var answer = Delivery.Dead("No such address.");
        await using var host = await OutboxHost.CreateAsync(
            (_, _) => Task.FromResult(answer),
            settings: ("Outbox:Enabled", "false")
        );
        await host.StartAsync();
        using var admin = AdminOf(host);
        var message = await host.EnqueueAsync(4711, "order-1");
        await host.Dispatcher.DeliverDueAsync();

        var body = await admin.GetStringAsync($"{Path}?status=DEAD");
        Assert.DoesNotContain("4711", body, StringComparison.Ordinal);
        var list = await admin.GetAsync($"{Path}?status=DEAD").JsonAsync();
        var item = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal(message.Id, item.GetProperty("id").GetInt64());
        Assert.Equal("send-parcel", item.GetProperty("type").GetString());
        Assert.Equal("order-1", item.GetProperty("key").GetString());
        Assert.Equal("DEAD", item.GetProperty("status").GetString());
        Assert.Equal("No such address.", item.GetProperty("lastError").GetString());
        Assert.Equal(0, (await admin.GetAsync($"{Path}?status=PENDING").JsonAsync()).GetProperty("total").GetInt32());

        answer = Delivery.Done;
        var retry = await admin.PostAsync($"{Path}/{message.Id}/retry", null);
        Assert.Equal(HttpStatusCode.NoContent, retry.StatusCode);
        Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());
        Assert.Equal(OutboxStatus.Done, (await host.GetMessageAsync()).Status);
        await admin.PostAsync($"{Path}/{message.Id}/retry", null).ProblemAsync(HttpStatusCode.Conflict, "not_dead");
    }

    [Fact]
    public async Task A_dead_message_is_not_tried_again_beside_a_newer_one_about_the_same()
    {
        await using var host = await OutboxHost.CreateAsync(
            (_, _) => Task.FromResult(Delivery.Dead("No.")),
            settings: ("Outbox:Enabled", "false")
        );
        await host.StartAsync();
        using var admin = AdminOf(host);
        var message = await host.EnqueueAsync(1, "order-1");
        await host.Dispatcher.DeliverDueAsync();
        await host.EnqueueAsync(2, "order-1");

        await admin
            .PostAsync($"{Path}/{message.Id}/retry", null)
            .ProblemAsync(HttpStatusCode.Conflict, "already_pending");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("UPDATE `outbox_messages`")]
    public async Task A_message_is_tried_again_though_the_answer_is_lost_or_it_comes_late(string? until)
    {
        await using var host = await OutboxHost.CreateAsync(
            (_, _) => Task.FromResult(Delivery.Dead("No.")),
            settings: ("Outbox:Enabled", "false")
        );
        await host.StartAsync();
        var message = await host.EnqueueAsync(1, "order-1");
        await host.Dispatcher.DeliverDueAsync();
        await using var way = LossyDatabase.InFrontOf(await host.GetConnectionStringAsync());
        await using var replica = await OutboxHost.CreateAsync(
            (_, _) => Task.FromResult(Delivery.Done),
            way.ConnectionString,
            settings: ("Outbox:Enabled", "false")
        );
        await replica.StartAsync();
        using var admin = AdminOf(replica);
        if (until is null)
        {
            way.LoseAnswerTo("UPDATE `outbox_messages`");
        }
        else
        {
            way.DelayPast("UPDATE `outbox_messages`", until);
        }

        var retry = await admin.PostAsync($"{Path}/{message.Id}/retry", null);

        Assert.Equal(1, way.Lost);
        Assert.Equal(HttpStatusCode.NoContent, retry.StatusCode);
        Assert.Equal(OutboxStatus.Pending, (await host.GetMessageAsync()).Status);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        await using var host = await OutboxHost.CreateAsync((_, _) => Task.FromResult(Delivery.Done));
        await host.StartAsync();
        using var admin = AdminOf(host);

        await admin.GetAsync($"{Path}?status=LOST&page=0&size=101").InvalidAsync("status", "page", "size");
        await admin.PostAsync($"{Path}/1/retry", null).ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Nobody_else_sees_or_does_anything()
    {
        await using var host = await OutboxHost.CreateAsync((_, _) => Task.FromResult(Delivery.Done));
        await host.StartAsync();
        using var client = host.CreateClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(Path)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync($"{Path}/1/retry", null)).StatusCode);
        client.WithToken(TestTokens.AccessToken(1));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(Path)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync($"{Path}/1/retry", null)).StatusCode);
    }

    private static HttpClient AdminOf(OutboxHost host) =>
        host.CreateClient()
            .WithToken(TestTokens.AccessToken(1, admin: true))
            .WithAdminProof(TestTokens.AdminProof(OutboxHost.Name, 1));
}
