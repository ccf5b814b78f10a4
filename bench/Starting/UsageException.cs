namespace Starting;

/// <summary>Thrown when the command line is invalid; the program prints the message.</summary>
internal sealed class UsageException(string message) : Exception(message);
