using System.ComponentModel.DataAnnotations;

namespace MsaShop.PaymentService.Deposits;

/// <summary>How deposits are recorded; the configuration section <c>Deposits</c>.</summary>
public sealed class DepositOptions
{
    /// <summary>How long a deposit can be undone, where that is asked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan UndoWindow { get; init; } = TimeSpan.FromSeconds(10);
}
