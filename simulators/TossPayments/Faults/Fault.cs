using System.Text.Json.Serialization;

namespace MsaShop.TossPayments.Faults;

/// <summary>The kinds of faults that can be injected.</summary>
public enum FaultKind
{
    /// <summary>The request is delayed, then handled as usual.</summary>
    [JsonStringEnumMemberName("slow")]
    Slow,

    /// <summary>The request is handled at once, but its answer is delayed.</summary>
    [JsonStringEnumMemberName("slow-after-approve")]
    SlowAfterApprove,

    /// <summary>The connection is cut before anything is done.</summary>
    [JsonStringEnumMemberName("drop-response-before-approve")]
    DropResponseBeforeApprove,

    /// <summary>The request is handled, and the connection cut before the answer.</summary>
    [JsonStringEnumMemberName("drop-response-after-approve")]
    DropResponseAfterApprove,

    /// <summary>The request gets an error and is not handled.</summary>
    [JsonStringEnumMemberName("error-once")]
    ErrorOnce,

    /// <summary>The request is handled, but the answer is an error.</summary>
    [JsonStringEnumMemberName("error-after-approve")]
    ErrorAfterApprove,

    /// <summary>409, as if an earlier request with this idempotency key were running.</summary>
    [JsonStringEnumMemberName("conflict")]
    Conflict,

    /// <summary>The webhook arrives twice.</summary>
    [JsonStringEnumMemberName("duplicate")]
    Duplicate,

    /// <summary>The webhook arrives after the payment's next one, or after a delay if none follows.</summary>
    [JsonStringEnumMemberName("reorder")]
    Reorder,

    /// <summary>The webhook is held until it is released.</summary>
    [JsonStringEnumMemberName("hold")]
    Hold,

    /// <summary>The redirect to <c>failUrl</c> lacks <c>orderId</c>.</summary>
    [JsonStringEnumMemberName("fail-url-without-order-id")]
    FailUrlWithoutOrderId,
}

/// <summary>The operations of Toss's API.</summary>
public enum Operation
{
    /// <summary><c>POST /v1/payments/confirm</c></summary>
    [JsonStringEnumMemberName("confirm")]
    Confirm,

    /// <summary><c>POST /v1/payments/{paymentKey}/cancel</c></summary>
    [JsonStringEnumMemberName("cancel")]
    Cancel,

    /// <summary>Any <c>GET</c> under <c>/v1</c>.</summary>
    [JsonStringEnumMemberName("lookup")]
    Lookup,
}

/// <summary>A fault for the next <c>Remaining</c> matching requests; a null filter matches all.</summary>
internal sealed class Fault
{
    public long Id { get; init; }

    public required FaultKind Kind { get; init; }

    public required int Remaining { get; set; }

    public Operation? Operation { get; init; }

    public string? OrderId { get; init; }

    public string? PaymentKey { get; init; }

    public double Seconds { get; init; }

    public string? Code { get; init; }
}
