namespace Duplex.Server.CommandLine;

/// <summary>The exception for an invalid command line or configuration. The message names the fault and a valid value.</summary>
internal sealed class UsageException(string message) : Exception(message);
