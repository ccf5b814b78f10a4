namespace Duplex.Server.Proxies;

/// <summary>An answer of a backend cannot be used. The message names the member, and says what to send.</summary>
internal sealed class AnswerFault(string message) : Exception(message);
