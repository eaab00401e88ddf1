using System.ComponentModel.DataAnnotations;

namespace MsaShop.PaymentService.Deposits;

/// <summary>The configuration section <c>Deposits</c>.</summary>
public sealed class DepositOptions
{
    /// <summary>How long an undoable deposit can be undone.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan UndoWindow { get; init; } = TimeSpan.FromSeconds(10);
}
