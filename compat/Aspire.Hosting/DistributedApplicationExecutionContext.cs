namespace Aspire.Hosting;

/// <summary>Whether the application is run or described.</summary>
public enum DistributedApplicationOperation
{
    Run,
    Publish,
}

/// <summary>What a context is made from.</summary>
public class DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation)
{
    public DistributedApplicationExecutionContextOptions(
        DistributedApplicationOperation operation,
        string publisherName
    )
        : this(operation)
    {
        PublisherName = publisherName;
    }

    public IServiceProvider? Services { get; set; }

    public DistributedApplicationOperation Operation { get; } = operation;

    public string? PublisherName { get; }
}

/// <summary>What the application is doing: running its resources, or writing them down.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationExecutionContextOptions options)
{
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
        : this(new DistributedApplicationExecutionContextOptions(operation)) { }

    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation, string publisherName)
        : this(new DistributedApplicationExecutionContextOptions(operation, publisherName)) { }

    public string PublisherName { get; set; } = options.PublisherName ?? "manifest";

    public DistributedApplicationOperation Operation { get; } = options.Operation;

    public IServiceProvider Services =>
        options.Services ?? throw new InvalidOperationException("The application is not built yet.");

    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;
}
