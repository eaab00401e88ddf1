namespace Aspirate;

/// <summary>A problem that the user can fix; the message says how, in one line.</summary>
internal sealed class AspirateException(string message) : Exception(message);
