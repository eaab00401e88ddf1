using System.Globalization;
using System.Security.Cryptography;
using MsaShop.Testing;

namespace MsaShop.Bench.Running;

/// <summary>The services' settings: the cluster's, with the rate limits lifted.</summary>
internal static class ShopSettings
{
    public const string TossClientKey = "test_ck_bench";
    private const string TossSecretKey = "test_sk_bench";
    private const string Unlimited = "100000000";

    public static Dictionary<string, string> Of(Shop shop)
    {
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["AccessTokens__SigningKey"] = TestTokens.SigningKey,
            ["ConnectionStrings__userdb"] = shop.UserDatabase,
            ["ConnectionStrings__productdb"] = shop.ProductDatabase,
            ["ConnectionStrings__orderdb"] = shop.OrderDatabase,
            ["ConnectionStrings__paymentdb"] = shop.PaymentDatabase,
            ["ConnectionStrings__floor"] = shop.ProductDatabase,
            ["Administrator__Email"] = "admin@bench.example.com",
            ["Administrator__Password"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18)),
            ["BankAccount__Bank"] = "Bench",
            ["BankAccount__AccountNumber"] = "000-000",
            ["BankAccount__Holder"] = "MSA Shop",
            ["Toss__BaseAddress"] = Address(Ports.Simulator),
            ["Toss__ClientKey"] = TossClientKey,
            ["Toss__SecretKey"] = TossSecretKey,
            ["Toss__AllowTestKeyInProduction"] = "true",
            ["RateLimits__General__Permits"] = Unlimited,
            ["RateLimits__SignIn__Permits"] = Unlimited,
            ["RateLimits__SignInAddress__Permits"] = Unlimited,
            ["RateLimits__Confirm__Permits"] = Unlimited,
            ["Simulator__SecretKey"] = TossSecretKey,
            ["Simulator__ClientKey"] = TossClientKey,
            ["Simulator__DataFile"] = Path.Combine(shop.Folder, "toss"),
        };
        foreach (var (service, port) in Ports.Services)
        {
            settings[$"services__{service}__http__0"] = Address(port);
        }

        foreach (var (key, value) in TestTokens.Settings)
        {
            settings[key.Replace(":", "__", StringComparison.Ordinal)] = value!;
        }

        return settings;
    }

    public static string Address(int port) => $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>The benchmarks' ports: none of the shop's own, so that a shop may run beside them.</summary>
internal static class Ports
{
    public const int Gateway = 19090;
    public const int GatewayToFloor = 19092;
    public const int Nginx = 19091;
    public const int Simulator = 18090;
    public const int Floor = 18070;
    public const int MoreOrders = 18071;

    /// <summary>The ports of product-svc for catalogues that run alone.</summary>
    public static IReadOnlyList<int> Catalogues { get; } = [18082, 18085, 18086];

    public static IReadOnlyDictionary<string, int> Services { get; } =
        new Dictionary<string, int>
        {
            ["user-svc"] = 18081,
            ["product-svc"] = 18082,
            ["order-svc"] = 18083,
            ["payment-svc"] = 18084,
        };
}
