namespace Duplex.Server.Proxies;

/// <summary>The exception for an invalid response of a backend. The message names the member and the expected value.</summary>
internal sealed class AnswerFault(string message) : Exception(message);
