namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>The server ended a subscription.</summary>
public sealed class UnsubscribePush(uint code, string reason) : Push
{
    /// <summary>Below 2500 the client stays away, from 2500 on it subscribes again.</summary>
    public uint Code { get; } = code;

    /// <summary>Plain words.</summary>
    public string Reason { get; } = reason;
}
