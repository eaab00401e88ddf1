using System.Net;
using System.Text.Json;

namespace MsaShop.EndToEnd.Tests.Endurance;

/// <summary>Somebody who uses the shop for a while, and does not despair of it.</summary>
/// <param name="client">The way in, signed in.</param>
/// <param name="password">What signs them in again.</param>
/// <param name="random">What they decide by.</param>
/// <param name="diary">Where they write down what happened.</param>
public abstract class Person(ShopClient client, string password, Random random, Diary diary)
{
    private const int Tries = 4;

    protected ShopClient Client { get; } = client;

    protected Diary Diary { get; } = diary;

    /// <summary>Does one thing after the other, until the shop closes.</summary>
    public async Task LiveAsync(CancellationToken closing)
    {
        while (!closing.IsCancellationRequested)
        {
            await ActAsync();
            await ThinkAsync();
        }
    }

    /// <summary>Does the next thing.</summary>
    protected abstract Task ActAsync();

    /// <summary>Whether something with this chance, in percent, happens.</summary>
    protected bool Happens(int percent) => random.Next(100) < percent;

    protected int Draw(int below) => random.Next(below);

    protected T Choose<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    protected Task ThinkAsync() => Task.Delay(random.Next(20, 300));

    /// <summary>Asks for something, and signs in again where that is what is missing.</summary>
    /// <returns>The answer; null if there was none.</returns>
    protected async Task<Answer?> AskAsync(string what, Func<Task<Answer>> send)
    {
        var answer = await TryAsync(what, send);
        if (answer?.Status != HttpStatusCode.Unauthorized)
        {
            return answer;
        }

        await SignInAgainAsync();
        return await TryAsync(what, send);
    }

    /// <summary>Asks until the answer is one that stays, a few times.</summary>
    protected async Task<Answer?> InsistAsync(string what, Func<Task<Answer>> send)
    {
        Answer? answer = null;
        for (var tries = 0; tries < Tries; tries++)
        {
            answer = await AskAsync(what, send);
            if (
                answer is not null
                && answer.Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.Accepted)
                && !(answer.Status == HttpStatusCode.Conflict && answer.Code is "request_in_progress")
            )
            {
                return answer;
            }

            await ThinkAsync();
        }

        return answer;
    }

    /// <summary>The items of a list; none if it cannot be had.</summary>
    protected async Task<IReadOnlyList<JsonElement>> ListAsync(string path) =>
        await AskAsync("list", () => Client.GetAsync(path)) is { Status: HttpStatusCode.OK } list
            ? [.. list.Body.GetProperty("items").EnumerateArray()]
            : [];

    private async Task SignInAgainAsync()
    {
        var refreshed = await TryAsync("refresh", Client.RefreshAsync);
        if (refreshed?.Status == HttpStatusCode.Unauthorized)
        {
            await TryAsync("login", () => Client.TryLogInAsync(Client.Email, password));
        }
    }

    private async Task<Answer?> TryAsync(string what, Func<Task<Answer>> send)
    {
        Answer? answer = null;
        try
        {
            answer = await send();
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // The gateway has died, or is silent for longer than anybody waits.
        }

        Diary.Note(what, answer);
        return answer;
    }
}
