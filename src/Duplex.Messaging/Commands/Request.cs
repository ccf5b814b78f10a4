namespace Duplex.Messaging.Commands;

/// <summary>A command of a client, one sealed class for each. The codec that reads it fills it; after that it does not change.</summary>
public abstract class Request
{
    private protected Request() { }
}
