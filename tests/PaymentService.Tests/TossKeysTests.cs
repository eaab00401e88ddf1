using System.Diagnostics;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests;

public class TossKeysTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("Development", "", "test_ck_abc", "http://127.0.0.1:1", "Toss:SecretKey is missing")]
    [InlineData("Development", "test_ck_abc", "test_ck_abc", "http://127.0.0.1:1", "Toss:SecretKey is missing")]
    [InlineData("Development", "test_sk_abc", "", "http://127.0.0.1:1", "Toss:ClientKey is missing")]
    [InlineData("Development", "test_sk_abc", "test_gck_abc", "http://127.0.0.1:1", "are not of one kind")]
    [InlineData("Production", "live_sk_abc", "test_ck_abc", "https://api.tosspayments.com", "are not of one kind")]
    [InlineData("Production", "live_sk_abc", "live_ck_abc", "http://127.0.0.1:1", "is a live key")]
    [InlineData("Production", "test_sk_abc", "test_ck_abc", "https://api.tosspayments.com", "is a test key")]
    public async Task The_service_does_not_start_with_keys_that_cannot_be_right(
        string environment,
        string secretKey,
        string clientKey,
        string address,
        string complaint
    )
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "--urls=http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = environment,
                ["ConnectionStrings__paymentdb"] = "Server=127.0.0.1;Port=1;User ID=nobody;Database=paymentdb",
                ["Toss__SecretKey"] = secretKey,
                ["Toss__ClientKey"] = clientKey,
                ["Toss__BaseAddress"] = address,
            },
        };
        foreach (var (key, value) in TestTokens.Settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(s_patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        var said = await output + await errors;
        Assert.True(process.ExitCode == 1, said);
        Assert.Single(said.Split('\n'), line => line.Contains(complaint, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("sk_abc", said, StringComparison.Ordinal);
    }
}
