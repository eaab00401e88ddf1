using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;

namespace MsaShop.PaymentService.Toss;

public static class TossExtensions
{
    private const long MaxAnswerSize = 1024 * 1024;

    /// <summary>Does not let the service start with keys that cannot be right.</summary>
    public static IServiceCollection AddToss(this IServiceCollection services)
    {
        services
            .AddSingleton<IValidateOptions<TossOptions>, TossOptionsValidator>()
            .AddOptions<TossOptions>()
            .BindConfiguration(TossOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
#pragma warning disable EXTEXP0001 // The only way to keep the defaults' retries and short time-outs out of one client.
        services
            .AddHttpClient<TossClient>(
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
        return services;
    }
}
