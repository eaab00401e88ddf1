using System.Net.Http.Headers;
using System.Text;

namespace MsaShop.PaymentService.Toss;

internal static class TossExtensions
{
    private const long MaxAnswerSize = 1024 * 1024;

    /// <summary>Keys that cannot be right stop the service from starting.</summary>
    public static void AddToss(this IHostApplicationBuilder builder)
    {
        builder
            .Services.AddValidatedOptions<TossOptions>(TossOptions.Section)
            .AddSingleton<IValidateOptions<TossOptions>, TossOptionsValidator>();
#pragma warning disable EXTEXP0001 // The only way to keep the defaults' retries and short time-outs out of one client.
        builder
            .Services.AddHttpClient<TossClient>(
                (provider, client) =>
                {
                    var options = provider.GetRequiredService<IOptions<TossOptions>>().Value;
                    client.BaseAddress = options.BaseAddress;
                    client.Timeout = Timeout.InfiniteTimeSpan;
                    client.MaxResponseContentBufferSize = MaxAnswerSize;
                    // Toss's basic authentication: the key is the user name, the password is empty, and the colon must
                    // be there.
                    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                        "Basic",
                        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.SecretKey}:"))
                    );
                }
            )
            .RemoveAllResilienceHandlers()
            .RedactLoggedHeaders(["Authorization"]);
#pragma warning restore EXTEXP0001
    }
}
