using System.Text.Json.Serialization;

namespace MsaShop.TossPayments.Faults;

/// <summary>What can go wrong.</summary>
public enum FaultKind
{
    /// <summary>Nothing happens for some seconds, then the request is done as usual.</summary>
    [JsonStringEnumMemberName("slow")]
    Slow,

    /// <summary>The request is done at once, and its answer takes some seconds.</summary>
    [JsonStringEnumMemberName("slow-after-approve")]
    SlowAfterApprove,

    /// <summary>The connection is cut and nothing has been done.</summary>
    [JsonStringEnumMemberName("drop-response-before-approve")]
    DropResponseBeforeApprove,

    /// <summary>The request is done, and the connection cut before the answer.</summary>
    [JsonStringEnumMemberName("drop-response-after-approve")]
    DropResponseAfterApprove,

    /// <summary>An error instead of doing it.</summary>
    [JsonStringEnumMemberName("error-once")]
    ErrorOnce,

    /// <summary>The request is done, and the answer is an error all the same.</summary>
    [JsonStringEnumMemberName("error-after-approve")]
    ErrorAfterApprove,

    /// <summary>409: an earlier request with this idempotency key is said to be running.</summary>
    [JsonStringEnumMemberName("conflict")]
    Conflict,

    /// <summary>The webhook arrives twice.</summary>
    [JsonStringEnumMemberName("duplicate")]
    Duplicate,

    /// <summary>The webhook arrives after the payment's next one, or after some seconds if none follows.</summary>
    [JsonStringEnumMemberName("reorder")]
    Reorder,

    /// <summary>The webhook is kept back until it is released.</summary>
    [JsonStringEnumMemberName("hold")]
    Hold,

    /// <summary>The window's way back to <c>failUrl</c> lacks <c>orderId</c>.</summary>
    [JsonStringEnumMemberName("fail-url-without-order-id")]
    FailUrlWithoutOrderId,
}

/// <summary>What a request asks of Toss.</summary>
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

/// <summary>Something that goes wrong the next few times; what it leaves open matches everything.</summary>
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
