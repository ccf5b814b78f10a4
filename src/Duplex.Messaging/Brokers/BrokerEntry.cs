namespace Duplex.Messaging.Brokers;

/// <summary>The state of one channel in an in-memory broker. The caller holds its lock.</summary>
internal abstract class BrokerEntry(string channel, string ns)
{
    public Lock Gate { get; } = new();

    public string Channel { get; } = channel;

    /// <summary>The namespace of the channel, whose entries are counted together.</summary>
    public string Namespace { get; } = ns;

    /// <summary>Whether the entry was dropped; the caller then takes a new one.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>The time of the last use on the broker's clock.</summary>
    public long UsedAt { get; set; }

    /// <summary>The time of the sweep's next visit; 0 when none is scheduled.</summary>
    public long NextVisit { get; set; }

    /// <summary>Whether the entry holds no more than a position.</summary>
    public abstract bool IsEmpty { get; }
}
