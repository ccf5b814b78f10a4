namespace Duplex.AspNetCore.Application;

/// <summary>A method that clients call, as it was mapped.</summary>
public sealed class RpcBuilder
{
    internal RpcBuilder(string method) => Method = method;

    /// <summary>The method's name.</summary>
    public string Method { get; }
}
