namespace Starting;

/// <summary>The command line is wrong; the message is the sentence that the program prints.</summary>
internal sealed class UsageException(string message) : Exception(message);
