namespace Aspire.Hosting.ApplicationModel;

/// <summary>How resources wait for each other when they do not say.</summary>
public sealed class ResourceNotificationServiceOptions
{
    public WaitBehavior DefaultWaitBehavior { get; set; } = WaitBehavior.StopOnResourceUnavailable;
}
