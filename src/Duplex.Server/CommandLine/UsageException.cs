namespace Duplex.Server.CommandLine;

/// <summary>The command line or the configuration is wrong; the message says how, and what would be right.</summary>
internal sealed class UsageException(string message) : Exception(message);
