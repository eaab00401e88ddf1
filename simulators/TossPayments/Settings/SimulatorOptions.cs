using System.ComponentModel.DataAnnotations;

namespace MsaShop.TossPayments.Settings;

/// <summary>The section <c>Simulator</c>.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The client key of the payment window. Only test keys: nothing here is real.</summary>
    [RegularExpression("^test_ck_[A-Za-z0-9_]+$")]
    public string ClientKey { get; set; } = "test_ck_local";

    /// <summary>The secret key that belongs to <see cref="ClientKey"/>.</summary>
    [RegularExpression("^test_sk_[A-Za-z0-9_]+$")]
    public string SecretKey { get; set; } = "test_sk_local";

    /// <summary>The client key of the payment widget, which pairs with another secret key.</summary>
    [RegularExpression("^test_gck_[A-Za-z0-9_]+$")]
    public string WidgetClientKey { get; set; } = "test_gck_local";

    /// <summary>The secret key that belongs to <see cref="WidgetClientKey"/>.</summary>
    [RegularExpression("^test_gsk_[A-Za-z0-9_]+$")]
    public string WidgetSecretKey { get; set; } = "test_gsk_local";

    /// <summary>The shop's id at Toss, at least five and at most fourteen characters.</summary>
    [RegularExpression("^[A-Za-z0-9_]{5,14}$")]
    public string MerchantId { get; set; } = "tmsashop01";

    /// <summary>Where webhooks go until <c>POST /sim/webhook-url</c> says otherwise; none are sent without it.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>The simulator's address in the links of webhooks, which no request tells it.</summary>
    public string PublicAddress { get; set; } = "http://localhost:8090";

    /// <summary>The SQLite file that holds everything.</summary>
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
    /// How long one minute of the webhooks' retry schedule (1, 4, 16, … minutes) takes; less than a minute compresses it.
    /// </summary>
    public TimeSpan RetryMinute { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a webhook's receiver may take to answer.</summary>
    public TimeSpan WebhookTimeout { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>Adds <see cref="SimulatorOptions"/>.</summary>
internal static class SimulatorOptionsExtensions
{
    public static void AddSimulatorOptions(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<SimulatorOptions>()
            .BindConfiguration("Simulator")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<KeyRing>();
    }
}
