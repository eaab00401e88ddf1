using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MsaShop.ServiceDefaults.Background;
using MsaShop.ServiceDefaults.Http;
using MsaShop.ServiceDefaults.Tests.Outbox;
using MsaShop.Testing;

namespace MsaShop.ServiceDefaults.Tests.Background;

/// <summary>Those whom one outage stopped together do not come back together.</summary>
public sealed class JitterTests
{
    [Theory]
    [InlineData(0, 0.9)]
    [InlineData(0.5, 1.0)]
    [InlineData(0.9999, 1.1)]
    public async Task Periodic_work_begins_a_little_earlier_or_later_in_each_replica(double share, double intervals)
    {
        var time = new AskedTime();
        using var work = new Work(time, new FixedRandom(share));

        await work.StartAsync(CancellationToken.None);

        var pause = await time.Pause.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(intervals, pause / TimeSpan.FromHours(1), 0.001);
        await work.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(0, 0.4)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.9999, 0.6)]
    public async Task A_message_that_failed_comes_again_a_little_earlier_or_later(double share, double seconds)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await OutboxHost.CreateAsync(
            (_, _) => throw new HttpRequestException("Away."),
            configure: builder =>
                builder.Services.AddSingleton<TimeProvider>(time).AddSingleton<Random>(new FixedRandom(share))
        );
        await host.EnqueueAsync(1);

        await host.Dispatcher.DeliverDueAsync();

        Assert.Equal(
            time.GetUtcNow().UtcDateTime.AddSeconds(seconds),
            (await host.GetMessageAsync()).NextAttemptAt,
            TimeSpan.FromMilliseconds(1)
        );
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 2)]
    [InlineData(0.9999, 3)]
    public async Task Not_everybody_is_told_to_come_back_in_the_same_second(double share, int seconds)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults("away-svc");
        builder.Services.AddSingleton<Random>(new FixedRandom(share));
        await using var app = builder.Build();
        app.UseServiceDefaults();
        app.MapGet("/thrown", string () => throw new HttpRequestException("Away."));
        app.MapGet("/said", () => Errors.Problems.Unavailable("service_unavailable", "Away."));
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        foreach (var path in new[] { "/thrown", "/said" })
        {
            var answer = await client.GetAsync(path);

            await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");
            Assert.Equal(TimeSpan.FromSeconds(seconds), answer.Headers.RetryAfter?.Delta);
        }
    }

    [Theory]
    [InlineData(1, 0, 0.5)]
    [InlineData(1, 0.5, 1)]
    [InlineData(3, 0.9999, 1.5)]
    public void A_service_comes_back_around_the_time_that_it_was_told(int told, double share, double seconds)
    {
        using var answer = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(told));

        var pause = HttpClientExtensions.GetPause(answer, new FixedRandom(share));

        Assert.Equal(seconds, pause!.Value.TotalSeconds, 0.001);
        answer.Headers.RetryAfter = null;
        Assert.Null(HttpClientExtensions.GetPause(answer, new FixedRandom(share)));
    }

    private sealed class Work(TimeProvider time, Random random)
        : PeriodicWork(TimeSpan.FromHours(1), time, NullLogger.Instance)
    {
        protected override Random Random => random;

        public override Task RunOnceAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>A clock that stands, and tells what it was asked for.</summary>
    private sealed class AskedTime : FakeTimeProvider
    {
        public TaskCompletionSource<TimeSpan> Pause { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pause.TrySetResult(dueTime);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
