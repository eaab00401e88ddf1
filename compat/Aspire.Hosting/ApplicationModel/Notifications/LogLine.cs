namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's console log. The content begins with the time it was written.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>Whether anyone reads a resource's log.</summary>
public readonly record struct LogSubscriber(string Name, bool AnySubscribers);
