namespace Aspirate;

/// <summary>What whoever runs the tool can put right; the message says how, in one line.</summary>
internal sealed class AspirateException(string message) : Exception(message);
