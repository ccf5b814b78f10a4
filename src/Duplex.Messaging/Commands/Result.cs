namespace Duplex.Messaging.Commands;

/// <summary>The result of a command that succeeded, with one sealed class for each method that has a reply.</summary>
internal abstract class Result
{
    private protected Result() { }
}
