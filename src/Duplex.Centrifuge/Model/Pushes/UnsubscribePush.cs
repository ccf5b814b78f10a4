namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>Reports that the server ended a subscription.</summary>
internal sealed class UnsubscribePush(uint code, string reason) : Push
{
    /// <summary>The unsubscribe code. The client resubscribes if it is 2500 or above.</summary>
    public uint Code { get; } = code;

    /// <summary>The reason, for people.</summary>
    public string Reason { get; } = reason;
}
