using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Placing;

/// <summary>
/// Public order numbers, such as <c>261122-7K2M9QX4T8WNB3CD</c>: the day that it is at the shop, to find one's way, and 80 random
/// bits, so that nobody guesses another's. Toss Payments gets them as its <c>orderId</c>.
/// </summary>
public static partial class OrderNumber
{
    /// <summary>Digits and capitals without those that are misread: 32, so each is worth five bits.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly TimeZoneInfo s_zone = ShopTimeZone.Find(ShopTimeZone.Default);

    /// <summary>Makes a number that no order has.</summary>
    /// <param name="now">The time, in UTC.</param>
    public static string Create(DateTime now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{s_zone.DayAt(now):yyMMdd}-{RandomNumberGenerator.GetString(Alphabet, 16)}"
        );

    /// <summary>Whether the text is a whole number of an order, of today's form or of the older, longer one.</summary>
    public static bool IsWhole(string text) => WholeNumber.IsMatch(text);

    [GeneratedRegex(@"^([0-9]{6}-[0-9A-Z]{16}|[0-9]{8}-[0-9A-Z]{20})\z")]
    private static partial Regex WholeNumber { get; }
}
