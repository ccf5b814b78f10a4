namespace Duplex.Centrifuge.Model.Requests;

/// <summary>What a command asks for. One sealed class for each method.</summary>
public abstract class Request
{
    private protected Request() { }
}
