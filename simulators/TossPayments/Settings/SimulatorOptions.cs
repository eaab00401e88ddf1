using System.ComponentModel.DataAnnotations;

namespace MsaShop.TossPayments.Settings;

/// <summary>The configuration section <c>Simulator</c>.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The client key of the payment window. Only test keys are accepted: nothing here is real.</summary>
    [RegularExpression("^test_ck_[A-Za-z0-9_]+$")]
    public string ClientKey { get; set; } = "test_ck_local";

    /// <summary>The secret key that belongs to <see cref="ClientKey"/>.</summary>
    [RegularExpression("^test_sk_[A-Za-z0-9_]+$")]
    public string SecretKey { get; set; } = "test_sk_local";

    /// <summary>The client key of the payment widget.</summary>
    [RegularExpression("^test_gck_[A-Za-z0-9_]+$")]
    public string WidgetClientKey { get; set; } = "test_gck_local";

    /// <summary>The secret key that belongs to <see cref="WidgetClientKey"/>.</summary>
    [RegularExpression("^test_gsk_[A-Za-z0-9_]+$")]
    public string WidgetSecretKey { get; set; } = "test_gsk_local";

    /// <summary>The shop's id at Toss: 5 to 14 characters.</summary>
    [RegularExpression("^[A-Za-z0-9_]{5,14}$")]
    public string MerchantId { get; set; } = "tmsashop01";

    /// <summary>Where webhooks go until <c>POST /sim/webhook-url</c> changes it; without it, none are sent.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>The simulator's address for links in webhooks, which are not built from a request.</summary>
    public string PublicAddress { get; set; } = "http://localhost:8090";

    /// <summary>The ledger's SQLite file.</summary>
    [Required]
    public string DataFile { get; set; } =
        Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.Create
            ),
            "msa-shop",
            "toss-payments",
            "toss-payments.db"
        );

    /// <summary>
    /// The duration of one minute of the webhooks' retry schedule (1, 4, 16, … minutes); less than a minute speeds it
    /// up.
    /// </summary>
    public TimeSpan RetryMinute { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The timeout of a webhook's receiver.</summary>
    public TimeSpan WebhookTimeout { get; set; } = TimeSpan.FromSeconds(10);
}

internal static class SimulatorOptionsExtensions
{
    public static void AddSimulatorOptions(this IHostApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<SimulatorOptions>()
            .BindConfiguration("Simulator")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<KeyRing>();
    }
}
