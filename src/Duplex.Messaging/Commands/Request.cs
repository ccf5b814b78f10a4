namespace Duplex.Messaging.Commands;

/// <summary>A command of a client, with one sealed class for each method. The codec that parses it sets its properties; after that it does not change.</summary>
internal abstract class Request
{
    private protected Request() { }
}
